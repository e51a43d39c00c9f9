"""A client as system C's are: it joins a chat, says what stdin says, and prints what comes.

    c_client.py HOST PORT NAME FOLDER [--reads once|loop] [--header N] [--encoding NAME]

Lines of stdin are messages; `!upload PATH` sends a file and `!exit` ends. Files that come are saved
in FOLDER under the name that came. What comes is printed as lines of JSON: {"user", "text", "time"}
or {"user", "file", "time"}, and {"lost": why} when the client cannot go on.

Like the programs of system C it sends a part with one `send`, and reads a header with one `recv`,
whatever has arrived. With `--reads once`, as their first version, it reads a part's bytes with one
`recv` too; with `--reads loop`, as their second, it goes on until it has all of them.
"""

import argparse
import json
import os
import re
import socket
import sys
import threading

FILE_NAME = r"^[a-zA-Z0-9_.+-]+.\w*%$"
READ_BYTES = 10000


class Lost(Exception):
    """The server has closed, or what it sent is not understood."""


class Client:
    def __init__(self, options):
        self.options = options
        self.sock = socket.create_connection((options.host, options.port))

    def send_part(self, data):
        header = f"{len(data):<{self.options.header}}".encode(self.options.encoding)
        self.sock.send(header + data)

    def say(self, text):
        self.send_part(text.encode(self.options.encoding))

    def upload(self, path):
        self.say(path.split("/")[-1] + "%")
        with open(path, "rb") as file:
            self.send_part(file.read())

    def read_part(self):
        header = self.sock.recv(self.options.header)
        if not header:
            raise Lost("closed")
        length = int(header.decode(self.options.encoding))
        if self.options.reads == "once":
            return self.sock.recv(length)
        parts = []
        while length > 0:
            part = self.sock.recv(min(READ_BYTES, length))
            if not part:
                raise Lost("closed in the middle of a part")
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def read_text(self):
        return self.read_part().decode(self.options.encoding)

    def receive(self):
        try:
            while True:
                user = self.read_text()
                message = self.read_text()
                what = {"text": message}
                if re.match(FILE_NAME, message):
                    name = message.rstrip("%")
                    with open(os.path.join(self.options.folder, name), "wb") as file:
                        file.write(self.read_part())
                    what = {"file": name}
                show({"user": user, **what, "time": self.read_text()})
        except (Lost, OSError, ValueError) as error:
            show({"lost": str(error)})


def show(event):
    print(json.dumps(event), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("name")
    parser.add_argument("folder")
    parser.add_argument("--reads", choices=["once", "loop"], default="once")
    parser.add_argument("--header", type=int, default=10)
    parser.add_argument("--encoding", default="utf-8")
    client = Client(parser.parse_args())
    client.say(client.options.name)
    receiving = threading.Thread(target=client.receive)
    receiving.start()
    for line in sys.stdin:
        line = line.rstrip("\n")
        if line == "!exit":
            break
        if line.startswith("!upload"):
            client.upload(line.split(" ")[1])
        elif line:
            client.say(line)
    try:
        client.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # The server was first.
    receiving.join()


main()
