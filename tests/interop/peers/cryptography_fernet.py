"""Fernet by Python's cryptography, for many tokens at once.

stdin: a list of {key, timeS, plaintext} to seal, and of {key, nowS, ttlS, token} to open: keys in
urlsafe base64, plaintexts in hexadecimal, a ttlS of null for none. stdout: a list of tokens, and of
[plaintext, timeS]; null for what does not open.
"""

import json
import sys

from cryptography.fernet import Fernet, InvalidToken


def answer(case):
    fernet = Fernet(case["key"])
    if "plaintext" in case:
        return fernet.encrypt_at_time(bytes.fromhex(case["plaintext"]), case["timeS"]).decode()
    token = case["token"].encode()
    try:
        if case["ttlS"] is None:
            plaintext = fernet.decrypt(token)
        else:
            plaintext = fernet.decrypt_at_time(token, case["ttlS"], case["nowS"])
        return [plaintext.hex(), fernet.extract_timestamp(token)]
    except InvalidToken:
        return None


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
