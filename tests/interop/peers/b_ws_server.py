"""A WebSocket room as system B's is over websockets: what one member sends, all get as it came.

    b_ws_server.py HOST PORT KEY_FILE [--frames text|binary]

Who comes gets a welcome whose userID is the member's address, as Python shows one, in a frame of
that kind; any path will do. What does not open is passed over. Prints where it listens, and what
happens.
"""

import argparse
import asyncio

import websockets
from b_message import Codec, print_event, print_message


async def serve(options):
    codec = Codec(options.key_file)
    members = []

    async def handle(member):
        members.append(member)
        print_event("came", path=member.path)
        welcome = codec.seal(userID=str(member.remote_address))
        await member.send(welcome.decode() if options.frames == "text" else welcome)
        try:
            async for token in member:
                came = codec.open(token)
                if came is None:
                    continue
                print_message("message", came, frame="text" if isinstance(token, str) else "binary")
                for other in list(members):
                    await other.send(token)
        except websockets.ConnectionClosed:
            pass
        finally:
            members.remove(member)
            print_event("left")

    async with websockets.serve(handle, options.host, options.port) as server:
        port = server.sockets[0].getsockname()[1]
        print_event("listening", url=f"ws://{options.host}:{port}")
        await asyncio.Future()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host", nargs="?", default="0.0.0.0")
    parser.add_argument("port", nargs="?", type=int, default=8000)
    parser.add_argument("key_file", nargs="?", default="key")
    parser.add_argument("--frames", choices=["text", "binary"], default="text")
    asyncio.run(serve(parser.parse_args()))


main()
