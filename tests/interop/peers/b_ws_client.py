"""A member of a WebSocket room over websocket-client, the library of system B's own.

    b_ws_client.py HOST PORT KEY_FILE [--name NAME] [--path PATH] [--frames text|binary]

Each line of stdin is a message: a JSON object with some of text, cmd and args, or {"raw": what to
send as it is}. It goes as a frame of that kind. Prints {"event": "message", "frame", "message",
"ageS"} for each token that comes, the welcome first, and {"event": "closed"}.
"""

import argparse
import json
import sys
import threading

from b_message import Codec, print_event, print_message
from websocket import ABNF, create_connection


def receive(ws, codec):
    try:
        while True:
            token = ws.recv()
            if token == "":
                break  # So this library tells that the other side has closed.
            message = codec.open(token)
            if message is not None:
                frame = "text" if isinstance(token, str) else "binary"
                print_message("message", message, frame=frame)
    except Exception as error:
        print_event("broken", why=f"{type(error).__name__}: {error}")
    print_event("closed")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("key_file")
    parser.add_argument("--name", default="user")
    parser.add_argument("--path", default="")
    parser.add_argument("--frames", choices=["text", "binary"], default="text")
    options = parser.parse_args()
    codec = Codec(options.key_file)
    ws = create_connection(f"ws://{options.host}:{options.port}{options.path}")
    receiving = threading.Thread(target=receive, args=(ws, codec), daemon=True)
    receiving.start()
    opcode = ABNF.OPCODE_TEXT if options.frames == "text" else ABNF.OPCODE_BINARY
    for line in sys.stdin:
        values = json.loads(line)
        raw = values.get("raw")
        ws.send(codec.seal(**{"userID": options.name, **values}) if raw is None else raw, opcode)
    ws.close()


main()
