"""Sends datagrams, broadcasts too, and prints the answers, as system B's sender does.

    b_udp_sender.py HOST PORT KEY_FILE [--name NAME]

Each line of stdin is a message: a JSON object with some of text, cmd and args, or {"raw": what to
send as it is}, or {"again": true} for the last datagram once more. Prints {"event": "bound",
"port"} first, then {"event": "answer", "message", "ageS"} for each answer, or "broken" and {"event":
"answer", "raw"} where it is no token.

As theirs, it takes 1024 bytes of an answer and no more.
"""

import argparse
import json
import socket
import sys
import threading

from b_message import Codec, print_event, print_message

ANSWER_BYTES = 1024


def receive(sock, codec):
    while True:
        data = sock.recv(ANSWER_BYTES)
        message = codec.open(data)
        if message is None:
            print_event("answer", raw=data.decode())
        else:
            print_message("answer", message)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host", nargs="?", default="255.255.255.255")
    parser.add_argument("port", nargs="?", type=int, default=1234)
    parser.add_argument("key_file", nargs="?", default="key")
    parser.add_argument("--name", default="user")
    options = parser.parse_args()
    codec = Codec(options.key_file)
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    sock.bind(("", 0))
    print_event("bound", port=sock.getsockname()[1])
    threading.Thread(target=receive, args=(sock, codec), daemon=True).start()
    data = b""
    for line in sys.stdin:
        values = json.loads(line)
        if "raw" in values:
            data = values["raw"].encode()
        elif "again" not in values:
            data = codec.seal(**{"userID": options.name, **values})
        sock.sendto(data, (options.host, options.port))


main()
