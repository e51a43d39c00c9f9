"""Reads and writes pickles, and tells their opcodes.

On stdin a JSON object with lists, each of which may be empty: "read": pickles in base64, which are
loaded; "write": values, each of which is pickled in all protocols; "share": values, each of which is
pickled in all protocols as a dictionary in which it stands several times, once as it is and once with
what pickletools.optimize leaves of the memo; "ops": pickles in base64, which are never loaded. On
stdout the answers: "read": values; "written", "shared": lists of pickles for each value; "ops": the
names of the opcodes of each, up to what is none. Values are in the form of dictionaries.py.
"""

import base64
import json
import pickle
import pickletools
import sys

from dictionaries import build, tell

PROTOCOLS = range(6)


def encoded(data):
    """Bytes as JSON carries them."""
    return base64.b64encode(data).decode()


def share(value):
    """A dictionary in which the value stands at several places, in lists and in tuples."""
    pair = [value, "twice", value]
    return {"list": pair, "tuple": (value, pair, "twice", ()), "one": (value,), "again": pair, "twice": {}}


def opcodes(data):
    """The names of the opcodes, and of the last one too when what stands behind it is cut off."""
    names = []
    at = 0
    try:
        for opcode, _, position in pickletools.genops(data):
            names.append(opcode.name)
            at = position
        return names
    except ValueError:
        # The opcode whose argument is wrong was not told: it is one of the next bytes.
        rest = data[at : at + 16].decode("latin-1")
        return names + [pickletools.code2op[code].name for code in rest if code in pickletools.code2op]


def main():
    asked = json.load(sys.stdin)
    shared = [share(build(told)) for told in asked["share"]]
    answer = {
        "read": [tell(pickle.loads(base64.b64decode(data))) for data in asked["read"]],
        "written": [
            [encoded(pickle.dumps(value, number)) for number in PROTOCOLS]
            for value in map(build, asked["write"])
        ],
        "shared": [
            [encoded(form(pickle.dumps(value, number))) for number in PROTOCOLS]
            for value in shared
            for form in (bytes, pickletools.optimize)
        ],
        "ops": [opcodes(base64.b64decode(data)) for data in asked["ops"]],
    }
    json.dump(answer, sys.stdout)


main()
