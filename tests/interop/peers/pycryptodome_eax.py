"""AES-EAX by pycryptodome, for many messages at once.

stdin: a list of {key, nonce, associatedData, tagBytes, plaintext} to seal, and with `sealed` in the
place of `plaintext` to open, bytes in hexadecimal. stdout: a list of what came of each, in
hexadecimal; null for what does not open.
"""

import json
import sys

try:
    from Cryptodome.Cipher import AES
except ImportError:  # as PyPI has it
    from Crypto.Cipher import AES


def answer(case):
    key, nonce, data = (
        bytes.fromhex(case[name]) for name in ("key", "nonce", "associatedData")
    )
    tag_bytes = case["tagBytes"]
    cipher = AES.new(key, AES.MODE_EAX, nonce=nonce, mac_len=tag_bytes)
    cipher.update(data)
    if "plaintext" in case:
        ciphertext, tag = cipher.encrypt_and_digest(bytes.fromhex(case["plaintext"]))
        return (ciphertext + tag).hex()
    sealed = bytes.fromhex(case["sealed"])
    try:
        return cipher.decrypt_and_verify(sealed[:-tag_bytes], sealed[-tag_bytes:]).hex()
    except ValueError:
        return None


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
