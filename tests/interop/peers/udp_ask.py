"""Sends datagrams and waits for an answer to each, with a plain socket.

    udp_ask.py HOST PORT KEY_FILE

Stdin has a JSON list. Each element is sent as a token: a message as system B has it, or {"raw": what to
send as it is}. With "silent" nothing is waited for; with "source": [host, port] it is sent as if it
came from there, which takes root. Prints a JSON list of {"token", "answer", "answerBytes"}.
"""

import json
import socket
import struct
import sys
from datetime import datetime

from cryptography.fernet import Fernet

TIMEOUT_S = 30


def send_from(source, to, data):
    """An IPv4 packet whose source is made up (RFC 791, RFC 768). The system adds the checksums."""
    length = 8 + len(data)
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + length, 0, 0, 64, socket.IPPROTO_UDP, 0,
                       socket.inet_aton(source[0]), socket.inet_aton(to[0]))
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        raw.sendto(head + struct.pack("!HHHH", source[1], to[1], length, 0) + data, to)


def main():
    to = (sys.argv[1], int(sys.argv[2]))
    with open(sys.argv[3], "rb") as file:
        fernet = Fernet(file.read().strip())
    sock = socket.socket(socket.AF_INET6 if ":" in to[0] else socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    sock.settimeout(TIMEOUT_S)
    results = []
    for step in json.load(sys.stdin):
        silent, source = step.pop("silent", False), step.pop("source", None)
        if "raw" in step:
            data = step["raw"].encode()
        else:
            message = {"userID": "ann", "timestamp": datetime.now().isoformat(), "text": "",
                       "cmd": "", "args": "", **step}
            data = fernet.encrypt(json.dumps(message).encode())
        result = {"token": data.decode()}
        if source is not None:
            send_from(source, to, data)
        else:
            sock.sendto(data, to)
        if not silent:
            answer = sock.recv(65536)
            result["answerBytes"] = len(answer)
            if answer == b"decode error":
                result["refused"] = True
            else:
                result["answer"] = json.loads(fernet.decrypt(answer))
                result["answer"]["timestamp"] = str(datetime.fromisoformat(
                    result["answer"]["timestamp"]))
        results.append(result)
    print(json.dumps(results))


main()
