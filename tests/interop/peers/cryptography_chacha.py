"""ChaCha20-Poly1305 by Python's cryptography, for many messages at once.

stdin: a list of {key, nonce, associatedData, plaintext} to seal, and with `sealed` in the place of
`plaintext` to open, bytes in hexadecimal. stdout: a list of what came of each, in hexadecimal; null
for what does not open.
"""

import json
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305


def answer(case):
    key, nonce, data = (
        bytes.fromhex(case[name]) for name in ("key", "nonce", "associatedData")
    )
    cipher = ChaCha20Poly1305(key)
    if "plaintext" in case:
        return cipher.encrypt(nonce, bytes.fromhex(case["plaintext"]), data).hex()
    try:
        return cipher.decrypt(nonce, bytes.fromhex(case["sealed"]), data).hex()
    except InvalidTag:
        return None


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
