"""A server as system B's small one is, over Python's own http.server alone.

    b_http_minimal.py HOST PORT KEY_FILE [--name NAME]

Prints where it listens, and each message that comes. It speaks HTTP/1.0, serves one request at a
time, and answers everything with status 200: what went wrong is in the token alone.
"""

import argparse
from http.server import BaseHTTPRequestHandler, HTTPServer

from b_message import Codec, print_event, print_message


class Handler(BaseHTTPRequestHandler):
    def answer(self, **values):
        token = self.server.codec.seal(userID=self.server.name, **values)
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(token)))
        self.end_headers()
        self.wfile.write(token)

    def do_POST(self):
        length = self.headers.get("Content-Length")
        body = b"" if length is None else self.rfile.read(int(length))
        if self.path != "/message":
            return self.answer(cmd="error", text="Nothing is here")
        came = self.server.codec.open(body)
        if came is None:
            return self.answer(cmd="error", text="This is no message of ours")
        print_message("message", came, type=self.headers.get("Content-Type"))
        if came.cmd == "handshake":
            return self.answer(cmd="handshake")
        return self.answer(cmd="error", text="This command is unknown")

    def log_message(self, *_):
        pass  # The events tell it.


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("key_file")
    parser.add_argument("--name", default="server2")
    options = parser.parse_args()
    server = HTTPServer((options.host, options.port), Handler)
    server.codec = Codec(options.key_file)
    server.name = options.name
    print_event("listening", url=f"http://{options.host}:{server.server_port}")
    server.serve_forever()


main()
