"""Dictionaries as XML by the convention of the README, over xml.etree.ElementTree."""

import re
import xml.etree.ElementTree as ET

WHOLE = re.compile("0|-?[1-9][0-9]*")
TAG = re.compile("(?!xml)[A-Za-zА-Яа-я_][A-Za-zА-Яа-я0-9_.-]*", re.IGNORECASE)
# What XML cannot say, and a line break that ElementTree does not write as a reference.
UNSAID = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]")
LEAVES = {
    "int": int,
    "float": float,
    "bool": lambda text: {"true": True, "false": False}[text.strip().lower()],
    "null": lambda text: None,
    "dict": lambda text: {},
    "list": lambda text: [],
}


def escape(text):
    return UNSAID.sub(lambda m: f"\\u{ord(m[0]):04x}", text.replace("\\", "\\\\"))


def unescape(text):
    code = r"\\(?:u([0-9A-Fa-f]{4})|\\)"
    return re.sub(code, lambda m: chr(int(m[1], 16)) if m[1] else "\\", text)


def value_of(element):
    kind = element.get("type")
    if len(element):
        if kind == "list" or kind is None and all(child.tag == "item" for child in element):
            return [value_of(child) for child in element]
        return {name_of(child): value_of(child) for child in element}
    text = element.text or ""
    if kind is None and WHOLE.fullmatch(text):
        return int(text)
    if kind in (None, "str"):
        return unescape(text) if element.get("escaped") else text
    return LEAVES[kind](text)


def name_of(element):
    name = element.get("name", element.tag)
    return unescape(name) if element.get("escaped") else name


def read(data):
    root = ET.fromstring(data)
    return value_of(root) if len(root) else {}


def fill(element, value):
    name = element.get("name", "")
    text = value if type(value) is str else ""
    if UNSAID.search(name + text):
        element.set("escaped", "true")
        text = escape(text)
        if "name" in element.attrib:
            element.set("name", escape(name))
    if type(value) in (dict, list):
        element.set("type", type(value).__name__)
        members = value.items() if type(value) is dict else (("item", item) for item in value)
        for name, member in members:
            is_tag = type(value) is list or TAG.fullmatch(name)
            attributes = {} if is_tag else {"name": name}
            fill(ET.SubElement(element, name if is_tag else "key", attributes), member)
    elif type(value) is str:
        element.text = text
        if WHOLE.fullmatch(text):
            element.set("type", "str")
    elif value is None:
        element.set("type", "null")
    else:
        element.set("type", type(value).__name__)
        element.text = str(value).lower()


def write(value):
    root = ET.Element("data")
    fill(root, value)
    return ET.tostring(root, encoding="utf-8")
