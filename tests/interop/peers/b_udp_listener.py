"""Answers datagrams as system B's listener does.

    b_udp_listener.py HOST PORT KEY_FILE

Prints where it listens, and what comes. A message is answered with `decode ok` in a token whose
userID is the sender's address; anything else with the bytes `decode error`, which are no token.
"""

import argparse
import asyncio

from b_message import Codec, print_event, print_message


class Listener(asyncio.DatagramProtocol):
    def __init__(self, codec):
        self.codec = codec

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        came = self.codec.open(data)
        if came is None:
            self.transport.sendto(b"decode error", address)
            return
        print_message("message", came)
        token = self.codec.seal(userID=f"{address[0]}:{address[1]}", text="decode ok")
        self.transport.sendto(token, address)


async def serve(host, port, codec):
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: Listener(codec), local_addr=(host, port)
    )
    bound = transport.get_extra_info("sockname")
    print_event("listening", url=f"udp://{bound[0]}:{bound[1]}")
    await asyncio.Future()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host", nargs="?", default="0.0.0.0")
    parser.add_argument("port", nargs="?", type=int, default=1234)
    parser.add_argument("key_file", nargs="?", default="key")
    options = parser.parse_args()
    asyncio.run(serve(options.host, options.port, Codec(options.key_file)))


main()
