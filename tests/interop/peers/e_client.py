"""A client as system E's are: a dictionary, then a text file as a Fernet token, in one connection.

    e_client.py HOST PORT KEY_FILE FILE [--dictionary JSON] [--format binary|json|xml] [--protocol N]
                [--framed] [--reads] [--print]

Sends the dictionary of that JSON in the format, by Python's own modules: `binary` is a pickle, of
Python's usual protocol or of --protocol; `xml` is an element `data` with a child for each name. Then
sends the file's token and closes, without a look at what the server says, as the programs of system
E do; with --reads it ends its side only, and tells what was answered. With --framed, as a later
version of theirs, each part has five bytes before it: its length, big-endian in four, and the number
of its format. With --print it connects to nobody, and prints the bytes of both parts as hex.

Prints {"event": "sent"}, {"event": "answer", "text": ...} or {"event": "bytes", "dictionary": ...,
"token": ...}.
"""

import argparse
import json
import pickle
import socket
import xml.etree.ElementTree as ElementTree

from cryptography.fernet import Fernet

SAMPLE = '{"station": "Aarhus", "Kiel": "Ada", "yard": "North"}'
NUMBERS = {"plaintext": 0, "binary": 1, "json": 2, "xml": 3}


def dictionary_bytes(dictionary, options):
    if options.format == "binary":
        return pickle.dumps(dictionary, protocol=options.protocol)
    if options.format == "json":
        return json.dumps(dictionary).encode("utf-8")
    root = ElementTree.Element("data")
    for name, value in dictionary.items():
        ElementTree.SubElement(root, name).text = value
    return ElementTree.tostring(root)


def framed(kind, data):
    return len(data).to_bytes(4, "big") + bytes([NUMBERS[kind]]) + data


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("key_file")
    parser.add_argument("file")
    parser.add_argument("--dictionary", default=SAMPLE)
    parser.add_argument("--format", choices=["binary", "json", "xml"], default="binary")
    parser.add_argument("--protocol", type=int)
    parser.add_argument("--framed", action="store_true")
    parser.add_argument("--reads", action="store_true")
    parser.add_argument("--print", action="store_true")
    options = parser.parse_args()

    with open(options.key_file, "rb") as file:
        cipher = Fernet(file.read().strip())
    with open(options.file, "rb") as file:
        token = cipher.encrypt(file.read())
    data = dictionary_bytes(json.loads(options.dictionary), options)
    if options.framed:
        data, token = framed(options.format, data), framed("plaintext", token)
    if options.print:
        return show({"event": "bytes", "dictionary": data.hex(), "token": token.hex()})

    client = socket.create_connection((options.host, options.port))
    client.sendall(data)
    client.sendall(token)
    if options.reads:
        client.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: client.recv(4096), b""))
        show({"event": "answer", "text": answer.decode("utf-8")})
    else:
        show({"event": "sent"})
    client.close()


def show(event):
    print(json.dumps(event), flush=True)


main()
