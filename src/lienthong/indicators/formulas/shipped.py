"""QĐ 766 as it comes with the platform, read once a process. That its counters exist is tested."""

from functools import cache

from lienthong.indicators.formulas.definitions import Index, load


@cache
def shipped() -> Index:
    return load(None)
