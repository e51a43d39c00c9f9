"""A server as system C's are: what one client says, all others get, with its name and the time.

    c_server.py [--reads once|loop] [--header N] [--encoding NAME] [--cut BYTES]

Listens on a free port of 127.0.0.1, prints {"port": N}, and then what happens as lines of JSON:
{"came": name}, {"said": text, "user": name}, {"file": name, "user": name, "size": bytes, "sha256":
hex} and {"left": name}.

Like the programs of system C it has a thread for each client and reads a header with one `recv`,
whatever has arrived. With `--reads once`, as their first version, it reads a part's bytes with one
`recv` too, and passes on what that has brought under the header that came; with `--reads loop` it
goes on until it has all of them. With `--cut` it sends at most so many bytes at a time, as a slow
network would.
"""

import argparse
import datetime
import hashlib
import json
import re
import socket
import threading

FILE_NAME = r"^[a-zA-Z0-9_.+-]+.\w*%$"


class Server:
    def __init__(self, options):
        self.options = options
        self.clients = {}
        self.lock = threading.Lock()

    def part(self, data):
        return f"{len(data):<{self.options.header}}".encode(self.options.encoding) + data

    def read_part(self, sock):
        """The header and the bytes that it was followed by, or None at the end."""
        header = sock.recv(self.options.header)
        if not header:
            return None
        length = int(header.decode(self.options.encoding))
        data = sock.recv(length)
        while self.options.reads == "loop" and len(data) < length:
            more = sock.recv(length - len(data))
            if not more:
                return None
            data += more
        return header, data

    def send_to_others(self, sender, data):
        step = self.options.cut or len(data)
        for sock in list(self.clients):
            if sock is sender:
                continue
            for at in range(0, len(data), step):
                sock.send(data[at:at + step])

    def serve(self, sock):
        with self.lock:
            name = self.clients[sock]
        user = name.decode(self.options.encoding)
        while True:
            try:
                message = self.read_part(sock)
            except (OSError, ValueError) as error:
                show({"broken": str(error), "user": user})
                message = None
            if message is None:
                break
            event = self.part(name) + message[0] + message[1]
            text = message[1].decode(self.options.encoding)
            if re.match(FILE_NAME, text):
                file = self.read_part(sock)
                if file is None:
                    break
                event += file[0] + file[1]
                digest = hashlib.sha256(file[1]).hexdigest()
                name_of_file = text.rstrip("%")
                show({"file": name_of_file, "user": user, "size": len(file[1]), "sha256": digest})
            else:
                show({"said": text, "user": user})
            now = datetime.datetime.now(datetime.timezone.utc).strftime("%d-%m-%Y %H:%M:%S")
            with self.lock:
                self.send_to_others(sock, event + self.part(now.encode(self.options.encoding)))
        with self.lock:
            del self.clients[sock]
        sock.close()
        show({"left": user})

    def run(self):
        listener = socket.create_server(("127.0.0.1", 0))
        show({"port": listener.getsockname()[1]})
        while True:
            sock, _ = listener.accept()
            # In the loop that accepts, as theirs: who does not say a name keeps the others waiting.
            user = self.read_part(sock)
            if user is None:
                sock.close()
                continue
            with self.lock:
                self.clients[sock] = user[1]
            show({"came": user[1].decode(self.options.encoding)})
            threading.Thread(target=self.serve, args=(sock,), daemon=True).start()


def show(event):
    print(json.dumps(event), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reads", choices=["once", "loop"], default="once")
    parser.add_argument("--header", type=int, default=10)
    parser.add_argument("--encoding", default="utf-8")
    parser.add_argument("--cut", type=int, default=0)
    Server(parser.parse_args()).run()


main()
