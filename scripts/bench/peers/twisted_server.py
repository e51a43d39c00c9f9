"""Fast and slow responses over Twisted and Google's protobuf: what `wagons serve` is measured
beside. Whatever one read brought is answered by one write. The time is put into text for each
answer, or, with `cache-time`, once per millisecond as `wagons serve` does.

    twisted_server.py PORT FOLDER [cache-time]

PORT 0 is any free port. FOLDER holds system_d_pb2.py, made by protoc from system_d.proto.
"""

import json
import sys
import time

from twisted.internet import epollreactor

epollreactor.install()

from twisted.internet import protocol, reactor  # noqa: E402 (the reactor comes first)

from google.protobuf.message import DecodeError  # noqa: E402

sys.path.insert(0, sys.argv[2])

from system_d_pb2 import WrapperMessage  # noqa: E402 (the folder is an argument)

MAX_BODY_BYTES = 64 * 1024
MAX_LENGTH_BYTES = 5


class BrokenFrame(Exception):
    """What came is no frame."""


def read_length(data, at):
    """The frame's length at `at` and the place behind it; None when it is not whole yet."""
    length = 0
    for i in range(MAX_LENGTH_BYTES):
        if at + i == len(data):
            return None
        byte = data[at + i]
        length |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            if length > MAX_BODY_BYTES:
                raise BrokenFrame
            return length, at + i + 1
    raise BrokenFrame


def to_frame(message):
    """The message as it goes over the wire."""
    body = message.SerializeToString()
    length = len(body)
    head = bytearray()
    while length > 0x7F:
        head.append(length & 0x7F | 0x80)
        length >>= 7
    head.append(length)
    return bytes(head) + body


class Clock:
    """Local time as YYYYMMDDThhmmss.fff"""

    def __init__(self, cached):
        self._cached = cached
        self._ms = -1
        self._text = ""

    def now(self):
        ms = time.time_ns() // 1_000_000
        if not self._cached or ms != self._ms:
            self._ms = ms
            seconds, rest = divmod(ms, 1000)
            self._text = time.strftime("%Y%m%dT%H%M%S", time.localtime(seconds)) + f".{rest:03d}"
        return self._text


class Session(protocol.Protocol):
    """One client."""

    def __init__(self):
        self._rest = b""
        self._timers = set()

    def connectionMade(self):
        self.factory.clients += 1
        self.transport.setTcpNoDelay(True)
        # While the client takes its answers too slowly, its requests are not read.
        self.transport.registerProducer(self.transport, True)

    def connectionLost(self, reason=protocol.connectionDone):
        self.factory.clients -= 1
        for timer in self._timers:
            timer.cancel()

    def dataReceived(self, data):
        if self._rest:
            data = self._rest + data
        request, answer = self.factory.request, self.factory.answer
        answers = []
        at = 0
        try:
            while (head := read_length(data, at)) is not None:
                length, body = head
                if len(data) - body < length:
                    break
                at = body + length
                request.ParseFromString(data[body:at])
                if request.HasField("request_for_fast_response"):
                    answer.fast_response.current_date_time = self.factory.clock.now()
                    answers.append(to_frame(answer))
                elif request.HasField("request_for_slow_response"):
                    self._sleep(request.request_for_slow_response.time_in_seconds_to_sleep)
        except (BrokenFrame, DecodeError):
            self.transport.loseConnection()
            return
        self._rest = data[at:]
        if answers:
            self.transport.write(b"".join(answers))

    def _sleep(self, seconds):
        clients = self.factory.clients

        def wake():
            self._timers.discard(timer)
            answer = WrapperMessage()
            answer.slow_response.connected_client_count = clients
            self.transport.write(to_frame(answer))

        timer = reactor.callLater(seconds, wake)
        self._timers.add(timer)


class Server(protocol.ServerFactory):
    """What the sessions share."""

    protocol = Session
    noisy = False

    def __init__(self, cached):
        self.clients = 0
        self.clock = Clock(cached)
        self.request = WrapperMessage()
        self.answer = WrapperMessage()


def main():
    server = Server(cached=sys.argv[3:] == ["cache-time"])
    port = reactor.listenTCP(int(sys.argv[1]), server, backlog=1024, interface="127.0.0.1")
    url = f"tcp://127.0.0.1:{port.getHost().port}"
    print(json.dumps({"event": "listening", "url": url}, separators=(",", ":")), flush=True)
    reactor.run()


main()
