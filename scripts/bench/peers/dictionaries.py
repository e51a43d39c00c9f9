"""Reads and writes dictionaries with Python's own modules, and says how long each takes.

Answers each line on stdin with one on stdout, both in JSON: {"what": "read" or "write", "format",
"file"} with {"ms", "members"}. The first line, before any is asked for: {"missing": {format: reason}}.
"""

import json
import pickle
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "tests/interop/peers"))
import csv_dictionaries
import xml_dictionaries

FORMATS = {
    "json": (json.loads, lambda value: json.dumps(value, ensure_ascii=False).encode()),
    "pickle": (pickle.loads, lambda value: pickle.dumps(value, protocol=4)),
    "xml": (xml_dictionaries.read, xml_dictionaries.write),
    "csv": (csv_dictionaries.read, csv_dictionaries.write),
}
missing = {"text": "Python has no module for it"}
try:
    import msgpack

    FORMATS["msgpack"] = (msgpack.unpackb, msgpack.packb)
except ImportError:
    missing["msgpack"] = "apt-get install python3-msgpack"


def timed(function, argument):
    start = time.perf_counter()
    result = function(argument)
    return result, (time.perf_counter() - start) * 1000


def main():
    print(json.dumps({"missing": missing}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        read, write = FORMATS[asked["format"]]
        value, ms = timed(read, Path(asked["file"]).read_bytes())
        if asked["what"] == "write":
            _, ms = timed(write, value)
        print(json.dumps({"ms": ms, "members": len(value)}), flush=True)


main()
