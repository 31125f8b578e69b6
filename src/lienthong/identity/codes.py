"""One-time codes by time, RFC 6238 (SHA-1, 6 digits, 30 seconds). Plain Python."""

import base64
import hmac
import struct

PERIOD = 30
DIGITS = 6
TOLERANCE = 1
"""Periods a phone's clock may be wrong by, either way."""


def code_at(secret: str, counter: int) -> str:
    """The code of one 30-second period; `secret` in base 32."""
    key = base64.b32decode(secret, casefold=True)
    digest = hmac.digest(key, struct.pack(">Q", counter), "sha1")
    start = digest[-1] & 0x0F
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}}"


def counter_of(secret: str, code: str, *, now: float, after: int) -> int | None:
    """The period whose code this is, later than `after`; None if there is none (RFC 6238, 5.2).

    Remembering the answer and passing it as `after` is what makes a code good only once.
    """
    current = int(now) // PERIOD
    found = None
    for counter in range(current - TOLERANCE, current + TOLERANCE + 1):
        same = hmac.compare_digest(code_at(secret, counter).encode(), code.encode())
        if same and counter > after:
            found = counter
    return found
