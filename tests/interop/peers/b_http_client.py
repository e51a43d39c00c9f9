"""A client as system B's is over requests: each line of stdin is a message to POST.

    b_http_client.py HOST PORT KEY_FILE [--name NAME] [--type CONTENT_TYPE] [--keep-alive]

A line is a JSON object with some of text, cmd and args, or {"raw": what to post as it is}. Prints
{"event": "answer", "status", "type", "message", "ageS"} for each, or "broken" and {"event":
"answer", "status", "type"} where the answer is no token.

Without `--type` the request has no Content-Type, as theirs; without `--keep-alive` each one has a
connection of its own, as theirs.
"""

import argparse
import json
import sys

import requests
from b_message import Codec, print_event, print_message


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("key_file")
    parser.add_argument("--name", default="client_user")
    parser.add_argument("--type")
    parser.add_argument("--keep-alive", action="store_true")
    options = parser.parse_args()
    codec = Codec(options.key_file)
    url = f"http://{options.host}:{options.port}/message"
    headers = {"Content-Type": options.type} if options.type else {}
    post = requests.Session().post if options.keep_alive else requests.post
    for line in sys.stdin:
        values = json.loads(line)
        raw = values.get("raw")
        data = codec.seal(**{"userID": options.name, **values}) if raw is None else raw.encode()
        response = post(url, data=data, headers=headers)
        seen = {"status": response.status_code, "type": response.headers.get("Content-Type")}
        message = codec.open(response.content)
        if message is None:
            print_event("answer", **seen)
        else:
            print_message("answer", message, **seen)


main()
