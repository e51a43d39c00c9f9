"""A server of system D in a few lines of asyncio, for clients to be tested with.

    d_server.py PORT [--dribble]

PORT 0 is any free port. With --dribble each answer goes out byte by byte.
"""

import argparse
import asyncio
import datetime
import json
import signal
import socket

from google.protobuf.message import DecodeError

from system_d import WrapperMessage, frame, take_frames

READ_BYTES = 64 * 1024


class Server:
    """What the clients share."""

    def __init__(self, dribble):
        self._dribble = dribble
        self._clients = 0

    async def serve_client(self, reader, writer):
        """Answers one client until it leaves."""
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._clients += 1
        answers = asyncio.Queue()
        sleeping = set()
        writing = asyncio.ensure_future(self._write(writer, answers))
        try:
            received = bytearray()
            while data := await reader.read(READ_BYTES):
                received += data
                for body in take_frames(received):
                    request = WrapperMessage.FromString(body)
                    if request.HasField("request_for_fast_response"):
                        answers.put_nowait(fast_answer())
                    elif request.HasField("request_for_slow_response"):
                        seconds = request.request_for_slow_response.time_in_seconds_to_sleep
                        answer = slow_answer(self._clients)
                        loop = asyncio.get_running_loop()
                        sleeping.add(loop.call_later(seconds, answers.put_nowait, answer))
        except (ConnectionError, DecodeError, ValueError):
            pass  # Gone, or it speaks something else: the connection ends below.
        finally:
            self._clients -= 1
            for timer in sleeping:
                timer.cancel()
            writing.cancel()
            writer.close()

    async def _write(self, writer, answers):
        while True:
            answer = await answers.get()
            if not self._dribble:
                writer.write(answer)
                await writer.drain()
                continue
            for i in range(len(answer)):
                writer.write(answer[i : i + 1])
                await writer.drain()
                # Lets others have a turn, so that the bytes go out one by one.
                await asyncio.sleep(0)


def fast_answer():
    """The frame of a FastResponse."""
    now = datetime.datetime.now()
    answer = WrapperMessage()
    answer.fast_response.current_date_time = (
        f"{now:%Y%m%dT%H%M%S}.{now.microsecond // 1000:03d}"
    )
    return frame(answer.SerializeToString())


def slow_answer(clients):
    """The frame of a SlowResponse."""
    answer = WrapperMessage()
    answer.slow_response.connected_client_count = clients
    return frame(answer.SerializeToString())


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--dribble", action="store_true")
    options = parser.parse_args()

    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    shared = Server(options.dribble)
    server = await asyncio.start_server(shared.serve_client, "127.0.0.1", options.port)
    port = server.sockets[0].getsockname()[1]
    url = f"tcp://127.0.0.1:{port}"
    print(json.dumps({"event": "listening", "url": url}), flush=True)
    await stopped.wait()
    server.close()


asyncio.run(main())
