"""Says what Python makes of names of files, of encodings and of times, as system C's programs use it.

Reads one object of JSON from stdin: {"messages": [text], "encodings": [name], "times": [text]}.
Prints one: {"matches": [bool], "names": [text], "decoded": {name: [code point or -1 for each byte]},
"seconds": [since 1970, or null]}.
"""

import datetime
import json
import re
import sys

FILE_NAME = r"^[a-zA-Z0-9_.+-]+.\w*%$"


def code_point(byte, encoding):
    try:
        return ord(bytes([byte]).decode(encoding))
    except UnicodeDecodeError:
        return -1


def seconds(text):
    try:
        time = datetime.datetime.strptime(text, "%d-%m-%Y %H:%M:%S")
    except ValueError:
        return None
    return time.replace(tzinfo=datetime.timezone.utc).timestamp()


asked = json.load(sys.stdin)
json.dump({
    "matches": [re.match(FILE_NAME, text) is not None for text in asked["messages"]],
    "names": [text.rstrip("%") for text in asked["messages"]],
    "decoded": {
        name: [code_point(byte, name) for byte in range(256)] for name in asked["encodings"]
    },
    "seconds": [seconds(text) for text in asked["times"]],
}, sys.stdout)
