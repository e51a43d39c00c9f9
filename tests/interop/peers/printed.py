"""Reads what a server has printed with the modules that Python comes with.

    printed.py FOLDER

FOLDER has received.json, received.xml and received.csv. On stdout a JSON object: of each line of JSON
[event, id, source, told dictionary], of each element [tag, id, source, [name or null...]], and of each
row [kind, id, name, told value]. Values are told as dictionaries.py does it; a name is null where it is
escaped.
"""

import csv
import json
import sys
from xml.etree import ElementTree

from dictionaries import tell


def lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return list(file)


def from_json(line):
    record = json.loads(line)
    said = record["entries" if record["event"] == "manifest" else "dictionary"]
    return [record["event"], record["id"], record["source"], tell(said)]


def from_xml(line):
    element = ElementTree.fromstring(line)
    (data,) = element
    names = [
        None if child.get("escaped") else child.get("name") if child.tag == "key" else child.tag
        for child in data
    ]
    return [element.tag, element.get("id"), element.get("source"), names]


def from_row(row):
    said = None if row["value"] == "" else tell(json.loads(row["value"]))
    return [row["kind"], row["id"], row["name"], said]


def main():
    (folder,) = sys.argv[1:]
    csv.field_size_limit(2**31 - 1)
    with open(f"{folder}/received.csv", encoding="utf-8", newline="") as table:
        rows = [from_row(row) for row in csv.DictReader(table, strict=True)]
    answer = {
        "json": [from_json(line) for line in lines(f"{folder}/received.json")],
        "xml": [from_xml(line) for line in lines(f"{folder}/received.xml")],
        "csv": rows,
    }
    json.dump(answer, sys.stdout)


main()
