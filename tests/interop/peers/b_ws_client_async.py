"""The same member of a WebSocket room as b_ws_client.py, over websockets.

    b_ws_client_async.py HOST PORT KEY_FILE [--name NAME] [--path PATH] [--frames text|binary]
"""

import argparse
import asyncio
import json
import sys

import websockets
from b_message import Codec, print_event, print_message


async def receive(ws, codec):
    try:
        async for token in ws:
            message = codec.open(token)
            if message is not None:
                frame = "text" if isinstance(token, str) else "binary"
                print_message("message", message, frame=frame)
    except websockets.ConnectionClosed:
        pass
    print_event("closed")


async def run(options):
    codec = Codec(options.key_file)
    async with websockets.connect(f"ws://{options.host}:{options.port}{options.path}") as ws:
        receiving = asyncio.ensure_future(receive(ws, codec))
        loop = asyncio.get_running_loop()
        while True:
            line = await loop.run_in_executor(None, sys.stdin.readline)
            if not line:
                break
            values = json.loads(line)
            token = values.get("raw")
            if token is None:
                token = codec.seal(**{"userID": options.name, **values}).decode()
            await ws.send(token if options.frames == "text" else token.encode())
    await receiving


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("key_file")
    parser.add_argument("--name", default="user")
    parser.add_argument("--path", default="")
    parser.add_argument("--frames", choices=["text", "binary"], default="text")
    asyncio.run(run(parser.parse_args()))


main()
