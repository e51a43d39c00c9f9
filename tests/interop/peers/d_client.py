"""A client of system D over plain sockets and Google's protobuf, for servers to be tested with.

    d_client.py tcp://HOST:PORT SCENARIO

It prints one JSON object with what came and ends with 0; where the server does what it must not,
or nothing, it says so on stderr and ends with 1. What each scenario does stands at its function.
"""

import argparse
import datetime
import json
import re
import select
import socket
import sys
import time
import urllib.parse

from google.protobuf.message import DecodeError

from system_d import WrapperMessage, fast_request, frame, slow_request, take_frames

# No read waits longer, so that a server that does not answer fails the scenario.
TIMEOUT_SECONDS = 20
READ_BYTES = 64 * 1024
TIME = re.compile(r"\d{8}T\d{6}\.\d{3}")
MAX_TIME_DIFFERENCE_SECONDS = 60


class Broken(Exception):
    """The server did what it must not."""


class Connection:
    """One connection, over which the frames come one by one."""

    def __init__(self, address):
        self._socket = socket.create_connection(address, TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = bytearray()
        self._bodies = []

    def send(self, data):
        self._socket.sendall(data)

    def read(self):
        """The next message; None when the server has closed the connection."""
        while not self._bodies:
            data = self._socket.recv(READ_BYTES)
            if not data:
                if self._received:
                    raise Broken(f"closed in a frame, after {bytes(self._received)!r}")
                return None
            self._received += data
            self._bodies = take_frames(self._received)
        return WrapperMessage.FromString(self._bodies.pop(0))

    def has_more(self):
        """Whether there is something to read now."""
        return bool(self._bodies or self._received or select.select([self._socket], [], [], 0)[0])

    def ask_fast(self):
        """Sends a fast request and waits for its answer."""
        self.send(fast_request())
        check_fast(self.read())

    def ask_slow(self, seconds):
        """Sends a slow request and waits for its answer, the count of the clients."""
        self.send(slow_request(seconds))
        return check_slow(self.read())

    def close(self):
        self._socket.close()


# What `describe` gives when there is no message any more.
CLOSED = {"closed": True}


def describe(message):
    """What a message is: the names of its fields, and how many bytes of it are unknown."""
    if message is None:
        return CLOSED
    known = WrapperMessage()
    known.CopyFrom(message)
    known.DiscardUnknownFields()
    return {
        "fields": [field.name for field, _ in message.ListFields()],
        "unknownBytes": message.ByteSize() - known.ByteSize(),
    }


def just(field):
    """What `describe` gives for a message that has this field and nothing else."""
    return {"fields": [field], "unknownBytes": 0}


def check_only(message, field):
    """Raises unless the message has this field and nothing else."""
    what = describe(message)
    if what != just(field):
        raise Broken(f"{json.dumps(what)} came instead of a {field}")


def check_fast(message):
    """Raises unless it is a FastResponse with the local time; gives the time's text."""
    check_only(message, "fast_response")
    text = message.fast_response.current_date_time
    if not TIME.fullmatch(text):
        raise Broken(f"{text!r} came as the time, which is not YYYYMMDDThhmmss.fff")
    then = datetime.datetime.strptime(text[:15], "%Y%m%dT%H%M%S")
    difference = abs((datetime.datetime.now() - then).total_seconds())
    if difference > MAX_TIME_DIFFERENCE_SECONDS:
        raise Broken(f"{text!r} came as the time, {difference} s from the local time here")
    return text


def check_slow(message):
    """Raises unless it is a SlowResponse; gives its count."""
    check_only(message, "slow_response")
    return message.slow_response.connected_client_count


def wait_for_clients(connection, count):
    """Asks until the server counts no more clients than this: it sees in its own time that some
    have left. Gives the last count, after TIMEOUT_SECONDS whatever it is.
    """
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while (clients := connection.ask_slow(0)) > count and time.monotonic() < deadline:
        pass
    return clients


def bytewise(address, count):
    """Requests sent byte by byte, fast and slow in turn, each answer awaited.

    Between two bytes a request on another connection is answered, so that the server has most
    likely read each byte for itself.
    """
    dribbling, other = Connection(address), Connection(address)
    sent = 0
    for i in range(count):
        is_fast = i % 2 == 0
        for byte in fast_request() if is_fast else slow_request(0):
            dribbling.send(bytes([byte]))
            sent += 1
            other.ask_fast()
        if is_fast:
            check_fast(dribbling.read())
        else:
            check_slow(dribbling.read())
    return {"requests": count, "bytes": sent, "more": dribbling.has_more()}


def burst(address, count):
    """Fast requests in one write, then their answers."""
    connection = Connection(address)
    connection.send(fast_request() * count)
    times = [check_fast(connection.read()) for _ in range(count)]
    return {"answers": len(times), "last": times[-1], "more": connection.has_more()}


def slow(address, count):
    """A slow request of 1 s and fast ones behind it, then fast ones on another connection."""
    same = Connection(address)
    wait_for_clients(same, 1)
    other = Connection(address)
    other.ask_fast()
    begun = time.monotonic()
    same.send(slow_request(1) + fast_request() * count)
    for _ in range(count):
        check_fast(same.read())
    for _ in range(count):
        other.ask_fast()
    fast_done = time.monotonic()
    came_before = same.has_more()
    clients = check_slow(same.read())
    return {
        "fastOnSame": count,
        "fastOnOther": count,
        "fastMs": round((fast_done - begun) * 1000),
        "slowCameBefore": came_before,
        "slowMs": round((time.monotonic() - begun) * 1000),
        "connectedClientCount": clients,
    }


def counts(address, count):
    """Opens connections one after the other and asks each for the number of clients, once at once
    and once for an answer in 1 s, which comes when all are open. Then closes every second one.
    """
    connections, at_once = [], []
    for _ in range(count):
        connection = Connection(address)
        if not connections:
            wait_for_clients(connection, 1)
        at_once.append(connection.ask_slow(0))
        connection.send(slow_request(1))
        connection.ask_fast()  # So the slow request has arrived before the next one connects.
        connections.append(connection)
    after_1_s = [check_slow(connection.read()) for connection in connections]

    staying, leaving = connections[::2], connections[1::2]
    for connection in leaving:
        connection.close()
    rest = wait_for_clients(staying[0], len(staying))
    return {"atOnce": at_once, "after1s": after_1_s, "closed": len(leaving), "rest": rest}


def unknown(address, _count):
    """A frame with nothing but a field 50, and on another connection one with a field 50 and a
    fast request. What comes is reported up to the answer to a slow request of 0 s, which is sent
    behind them and is the last to be answered.
    """
    field_50 = b"\x92\x03\x03abc"  # number 50, wire type 2, 3 bytes
    mixed = WrapperMessage.FromString(field_50)
    mixed.request_for_fast_response.SetInParent()
    result = {}
    for name, body in [("alone", field_50), ("mixed", mixed.SerializeToString())]:
        connection = Connection(address)
        connection.send(frame(body) + slow_request(0))
        came = []
        while not came or came[-1] not in (CLOSED, just("slow_response")):
            came.append(describe(connection.read()))
        result[name] = came
    return result


# Each scenario's function and how many requests or connections it takes when none are asked for.
SCENARIOS = {
    "bytewise": (bytewise, 20),
    "burst": (burst, 5000),
    "slow": (slow, 100),
    "counts": (counts, 5),
    "unknown": (unknown, 1),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("scenario", choices=SCENARIOS)
    parser.add_argument("--count", type=int)
    options = parser.parse_args()
    url = urllib.parse.urlsplit(options.url)
    run, usual_count = SCENARIOS[options.scenario]
    try:
        result = run((url.hostname, url.port), options.count or usual_count)
    except (Broken, DecodeError, OSError, ValueError) as error:
        print(f"{options.scenario}: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(json.dumps(result))
    return 0


sys.exit(main())
