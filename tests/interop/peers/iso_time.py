"""Times by Python's datetime, many at once.

stdin: a list of {text} to read, and of {year, month, day, micros, offsetMicros, sep, timespec} to
write: micros since midnight, an offset of null for none, timespec as in isoformat(). stdout: a list
of [days since 1970-01-01, micros since midnight, offset in micros or null] of what was read, null
for what is no time, and of what was written.
"""

import json
import sys
from datetime import datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1).toordinal()
MICRO = timedelta(microseconds=1)


def read(text):
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    midnight = time.replace(hour=0, minute=0, second=0, microsecond=0)
    offset = time.utcoffset()
    return [
        time.toordinal() - EPOCH,
        (time - midnight) // MICRO,
        None if offset is None else offset // MICRO,
    ]


def write(case):
    time = datetime(case["year"], case["month"], case["day"]) + case["micros"] * MICRO
    if case["offsetMicros"] is not None:
        time = time.replace(tzinfo=timezone(case["offsetMicros"] * MICRO))
    return time.isoformat(case["sep"], case["timespec"])


cases = json.load(sys.stdin)
json.dump([read(case["text"]) if "text" in case else write(case) for case in cases], sys.stdout)
