"""Reads and writes dictionaries in the formats of Python's libraries.

    dictionaries.py FORMAT [OPTION]

On stdin a JSON object {"read": [base64...], "write": [value...]}; on stdout {"read": [value...],
"written": [base64...]}: what was read of each, and what each was written as. Values are in the form
that tests/helpers/dictionaries.ts tells them in, so that nothing of them is lost: ["i", digits],
["f", hexadecimal digits of the bits], ["l", values...], ["d", [name, value]...].
"""

import base64
import json
import math
import struct
import sys


def tell(value):
    """A value in the form that JSON carries without loss."""
    if value is None or value is True or value is False or type(value) is str:
        return value
    if type(value) is int:
        return ["i", str(value)]
    if type(value) is float:
        return ["f", "nan" if math.isnan(value) else struct.pack(">d", value).hex()]
    if type(value) in (list, tuple):
        return ["l", *map(tell, value)]
    if type(value) is dict:
        return ["d", *([name, tell(member)] for name, member in value.items())]
    raise TypeError(f"{type(value)} is not of a dictionary")


def build(told):
    """The value that was told."""
    if type(told) is not list:
        return told
    kind, *rest = told
    if kind == "i":
        return int(rest[0])
    if kind == "f":
        return math.nan if rest[0] == "nan" else struct.unpack(">d", bytes.fromhex(rest[0]))[0]
    if kind == "l":
        return [build(item) for item in rest]
    return {name: build(member) for name, member in rest}


def json_format(option):
    ascii_only = option == "ascii"

    def write(value):
        return json.dumps(value, ensure_ascii=ascii_only).encode()

    return json.loads, write


def msgpack_format(_option):
    import msgpack

    return msgpack.unpackb, msgpack.packb


def pickle_format(option):
    import pickle

    return pickle.loads, lambda value: pickle.dumps(value, protocol=int(option))


def xml_format(option):
    from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

    from xml_dictionaries import read, write

    def write_plain(value):
        """As system E does it."""
        root = Element("data")
        for name, text in value.items():
            SubElement(root, name).text = text
        return tostring(root)

    def write_wrapped(value):
        from dict2xml import dict2xml

        return dict2xml(value, wrap="data").encode()

    def read_or_none(data):
        """Nothing for what is refused."""
        try:
            return read(data)
        except (ParseError, LookupError, ValueError):
            return None

    if option == "plain":
        return lambda data: {child.tag: child.text for child in read_root(data)}, write_plain
    if option == "dict2xml":
        return read, write_wrapped
    return read_or_none if option == "refusing" else read, write


def read_root(data):
    from xml.etree.ElementTree import fromstring

    return fromstring(data)


def csv_format(option):
    from csv_dictionaries import read, write

    return read, write


FORMATS = {
    "json": json_format,
    "msgpack": msgpack_format,
    "pickle": pickle_format,
    "xml": xml_format,
    "csv": csv_format,
}


def main():
    name, option = (sys.argv[1:] + [None])[:2]
    read, write = FORMATS[name](option)
    asked = json.load(sys.stdin)
    answer = {
        "read": [tell(read(base64.b64decode(case))) for case in asked["read"]],
        "written": [base64.b64encode(write(build(case))).decode() for case in asked["write"]],
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
