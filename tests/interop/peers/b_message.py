"""The messages of system B's programs: five texts in JSON, as a Fernet token.

As there, a token is good for ever, what is no message is junk whatever is wrong with it, and fields
that are not known are passed over. Beyond that the time is read, as a program would that shows how
old a message is: one that Python does not read, or that names a zone, makes the message junk.
"""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from cryptography.fernet import Fernet


@dataclass
class Message:
    userID: str = ""
    timestamp: str = ""
    text: str = ""
    cmd: str = ""
    args: str = ""

    @property
    def age_s(self):
        return (datetime.now() - datetime.fromisoformat(self.timestamp)).total_seconds()


class Codec:
    def __init__(self, key_file):
        with open(key_file, "rb") as file:
            self.fernet = Fernet(file.read().strip())

    def seal(self, **values):
        """The token of a message that is made now, as bytes."""
        message = Message(**values, timestamp=datetime.now().isoformat())
        return self.fernet.encrypt(json.dumps(asdict(message)).encode())

    def open(self, token):
        """The message in a token, a text or bytes, or None."""
        try:
            values = json.loads(self.fernet.decrypt(token).decode())
            known = [field.name for field in fields(Message)]
            message = Message(**{name: values[name] for name in values if name in known})
            message.age_s
            return message
        except Exception as error:
            print_event("broken", why=f"{type(error).__name__}: {error}")
            return None


def print_event(event, **values):
    """A line of JSON on stdout, for the tests to follow."""
    print(json.dumps({"event": event, **values}), flush=True)


def print_message(event, message, **values):
    print_event(event, message=asdict(message), ageS=message.age_s, **values)
