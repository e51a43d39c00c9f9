"""A server as system B's is over Flask: POST /message takes a token and answers with one.

    b_http_server.py HOST PORT KEY_FILE [--name NAME] [--quiet]

Prints where it listens, and each message that comes. `handshake` is answered, every other command
is unknown; what does not open is answered with status 400.

With `--quiet` it prints no messages, and Flask logs no requests: for measuring. Gunicorn and the
like find the app with `b_http_server:make_app("KEY_FILE")`.
"""

import argparse
import logging

from b_message import Codec, print_event, print_message
from flask import Flask, Response, request
from werkzeug.serving import make_server

TYPE = "application/octet-stream"


def make_app(key_file, name="server1", quiet=True):
    app = Flask(__name__)
    codec = Codec(key_file)

    def answer(status=200, **values):
        return Response(codec.seal(userID=name, **values), status=status, content_type=TYPE)

    @app.route("/message", methods=["POST"])
    def message():
        came = codec.open(request.data)
        if came is None:
            return answer(400, cmd="error", text="This is no message of ours")
        if not quiet:
            print_message("message", came, type=request.content_type)
        if came.cmd == "handshake":
            return answer(cmd="handshake", text="Welcome to the server")
        return answer(cmd="error", text="This command is unknown")

    return app


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host", nargs="?", default="0.0.0.0")
    parser.add_argument("port", nargs="?", type=int, default=5000)
    parser.add_argument("key_file", nargs="?", default="key")
    parser.add_argument("--name", default="server1")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    if options.quiet:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = make_app(options.key_file, options.name, options.quiet)
    # What app.run does, and tells the port that it has.
    server = make_server(options.host, options.port, app, threaded=True)
    print_event("listening", url=f"http://{options.host}:{server.port}")
    server.serve_forever()


if __name__ == "__main__":
    main()
