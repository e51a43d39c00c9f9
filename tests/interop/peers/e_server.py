"""A server as system E's are: takes a dictionary and, behind it, a text file as a Fernet token.

    e_server.py HOST PORT KEY_FILE [--format binary|json|xml] [--reads once|all|framed] [--answers]

Prints {"event": "listening", "url": ...}, and for each connection, one after the other, {"event":
"received", "dictionary": ..., "file": ...} or {"event": "failed", "why": ...}.

How it reads is what the versions of theirs differ in. `once`, the first one: what one `recv` of 4096
bytes brings is the dictionary, and all that follows the token; it fails where the two come together,
or the dictionary in pieces. `all`: reads to the end, takes all of it for the dictionary, and finds
nothing left for the token, so it never gets a file. `framed`: each part has its length, big-endian in
four bytes, and the number of its format before it, and there may be any number of parts. With
--answers it sends, as one of them does, a text without an end of line when it has both parts.
"""

import argparse
import json
import pickle
import socket
import xml.etree.ElementTree as ElementTree

from cryptography.fernet import Fernet

DONE = b"Data and file received successfully."
FORMATS = {1: "binary", 2: "json", 3: "xml"}


def loaded(data, format):
    if format == "binary":
        return pickle.loads(data)
    if format == "json":
        return json.loads(data.decode("utf-8"))
    return {child.tag: child.text for child in ElementTree.fromstring(data)}


def to_the_end(sock):
    return b"".join(iter(lambda: sock.recv(4096), b""))


def exactly(sock, count):
    data = b""
    while len(data) < count:
        more = sock.recv(min(4096, count - len(data)))
        if not more:
            raise EOFError(f"{len(data)} bytes of {count} came")
        data += more
    return data


def read_framed(sock, cipher):
    dictionary, file = None, None
    while True:
        first = sock.recv(1)
        if not first:
            return dictionary, file
        length = int.from_bytes(first + exactly(sock, 3), "big")
        number = exactly(sock, 1)[0]
        data = exactly(sock, length)
        if number == 0:
            file = cipher.decrypt(data)
        else:
            dictionary = loaded(data, FORMATS[number])


def read_parts(sock, options, cipher):
    if options.reads == "framed":
        return read_framed(sock, cipher)
    data = sock.recv(4096) if options.reads == "once" else to_the_end(sock)
    dictionary = loaded(data, options.format)
    return dictionary, cipher.decrypt(to_the_end(sock))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("key_file")
    parser.add_argument("--format", choices=["binary", "json", "xml"], default="binary")
    parser.add_argument("--reads", choices=["once", "all", "framed"], default="once")
    parser.add_argument("--answers", action="store_true")
    options = parser.parse_args()
    with open(options.key_file, "rb") as file:
        cipher = Fernet(file.read().strip())

    listener = socket.create_server((options.host, options.port))
    show({"event": "listening", "url": f"dict://{options.host}:{listener.getsockname()[1]}"})
    while True:
        sock, _ = listener.accept()
        try:
            dictionary, file = read_parts(sock, options, cipher)
            text = None if file is None else file.decode("utf-8")
            show({"event": "received", "dictionary": dictionary, "file": text})
            if options.answers:
                sock.sendall(DONE)
        except Exception as error:
            # Theirs end here; this one goes on, so that a test can see why.
            show({"event": "failed", "why": f"{type(error).__name__}: {error}"})
        sock.close()


def show(event):
    print(json.dumps(event, default=repr), flush=True)


main()
