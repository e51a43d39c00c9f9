"""Looks for servers as system B's client does: a handshake to each address of a /24.

    b_scan.py PREFIX PORT KEY_FILE [--timeout SECONDS]

PREFIX is an address without its last number, like `192.168.1.`. Prints {"event": "scanned",
"found": [[address, name], ...]}. A server is one that answers with status 200 and a token that
opens; its name is the userID.
"""

import argparse
from concurrent.futures import ThreadPoolExecutor

import requests
from b_message import Codec, print_event


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("prefix")
    parser.add_argument("port", type=int)
    parser.add_argument("key_file")
    parser.add_argument("--timeout", type=float, default=0.5)
    options = parser.parse_args()
    codec = Codec(options.key_file)

    def look(address):
        url = f"http://{address}:{options.port}/message"
        try:
            token = codec.seal(userID="client_user", cmd="handshake")
            response = requests.post(url, data=token, timeout=options.timeout)
        except requests.RequestException:
            return None
        message = codec.open(response.content) if response.status_code == 200 else None
        return message and (address, message.userID)

    addresses = [f"{options.prefix}{i}" for i in range(1, 255)]
    with ThreadPoolExecutor(max_workers=50) as pool:
        found = [server for server in pool.map(look, addresses) if server]
    print_event("scanned", found=found)


main()
