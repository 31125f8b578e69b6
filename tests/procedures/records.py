"""Records as the portal prints them, made from a good one by spoiling a part."""

from typing import Any

import msgspec

from lienthong.procedures.content import Certainty, Content, Fee, FeeReading, LimitReading, TimeLimit

SEEN = Certainty(level="seen")


def limit(value: float | None, unit: str | None, title: str | None = None, **more: Any) -> TimeLimit:
    raw = {
        "id": "v1",
        "title": title,
        "value": value,
        "unit": unit,
        "reading": {"certainty": {"level": "seen"}},
    }
    return msgspec.convert(raw | more, TimeLimit)


def fee(amount: int | None, case: str = "lệ phí", charge: str = "fee", **more: Any) -> Fee:
    reading = FeeReading(charge=charge, channels=more.pop("channels", ()), certainty=SEEN)
    return Fee(case=case, amount=amount, reading=reading, **more)


def with_limits(content: Content, *limits: TimeLimit) -> Content:
    return msgspec.structs.replace(content, limits=msgspec.structs.replace(content.limits, items=limits))


def with_fees(content: Content, *fees: Fee) -> Content:
    return msgspec.structs.replace(
        content, fees=msgspec.structs.replace(content.fees, items=fees, waivers=())
    )


READ = LimitReading(certainty=SEEN)
