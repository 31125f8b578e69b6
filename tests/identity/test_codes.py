"""One-time codes against the vectors of RFC 6238, appendix B (SHA-1, last 6 of 8 digits)."""

import base64

import pytest

from lienthong.identity.codes import code_at, counter_of

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_of_rfc_6238(moment: int, code: str) -> None:
    assert code_at(SECRET, moment // 30) == code
    assert counter_of(SECRET, code, now=moment, after=-1) == moment // 30


def test_a_clock_may_be_one_period_off_and_no_more() -> None:
    moment = 1111111109
    code = code_at(SECRET, moment // 30)
    assert counter_of(SECRET, code, now=moment + 30, after=-1)
    assert counter_of(SECRET, code, now=moment - 30, after=-1)
    assert counter_of(SECRET, code, now=moment + 60, after=-1) is None
    assert counter_of(SECRET, code, now=moment - 60, after=-1) is None


def test_a_code_is_good_once_and_no_older_one_after_it() -> None:
    """RFC 6238, 5.2: the verifier must not accept a second attempt of the code."""
    moment = 1111111109
    used = counter_of(SECRET, "081804", now=moment, after=-1)
    assert used == 37037036
    assert counter_of(SECRET, "081804", now=moment, after=used) is None
    earlier = code_at(SECRET, used - 1)
    assert counter_of(SECRET, earlier, now=moment, after=used) is None
    assert counter_of(SECRET, code_at(SECRET, used + 1), now=moment, after=used) == used + 1


@pytest.mark.parametrize("typed", ["", "0", "08180", "0818040", "mã số", "٠٨١٨٠٤"])
def test_anything_else_is_no_code(typed: str) -> None:
    assert counter_of(SECRET, typed, now=1111111109, after=-1) is None
