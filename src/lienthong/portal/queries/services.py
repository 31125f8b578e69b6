"""What the pages of services show: one line in a list, and everything about one service."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.fields.public import told
from lienthong.identity.public import Actor
from lienthong.kit.errors import said
from lienthong.kit.money import format_dong
from lienthong.kit.names import fold
from lienthong.portal.queries.words import limit_in_words
from lienthong.portal.rules import CHANNELS, DELIVERY_LEVELS, DELIVERY_SHORT, begin_large
from lienthong.procedures.public import (
    Content,
    Fee,
    FeeQuote,
    Found,
    Need,
    PaperDemand,
    ProcedureVersion,
    TimeLimit,
    fee_for,
    papers_for,
    reason_in_words,
)


@dataclass(frozen=True)
class ServiceLine:
    """One service in a list: its name leads to it, the detail says whether it is the one."""

    title: str
    url: str
    detail: str
    replaced_code: str = ""


def service_lines(found: Iterable[Found], *, on: date) -> list[ServiceLine]:
    return [service_line(f.version, on=on, replaced_code=f.replaced_code or "") for f in found]


def service_line(version: ProcedureVersion, *, on: date, replaced_code: str = "") -> ServiceLine:
    content = version.typed
    parts = [begin_large(", ".join(content.applicants.who[:2])), first_limit(content)]
    parts += [fee_in_short(fee_for(content, on=on, channel="online"), content)]
    parts += [told(DELIVERY_SHORT[content.delivery.value])]
    return ServiceLine(
        title=content.short_name,
        url=reverse("portal:service", args=[content.code]),
        detail=" · ".join(filter(None, parts)),
        replaced_code=replaced_code,
    )


def first_limit(content: Content) -> str:
    return limit_in_words(content.variants[0] if content.variants else None)


def fee_in_short(quote: FeeQuote, content: Content) -> str:
    """ "không thu", "75.000 đồng", or that it depends; what nobody knows is not called free."""
    if quote.total is not None:
        return format_dong(quote.total) if quote.total else _("không thu phí, lệ phí")
    if any(fee.amount == 0 for fee in content.fees.items):
        free = next(fee.case for fee in content.fees.items if fee.amount == 0)
        return _("không thu: {case}").format(case=free)
    return _("lệ phí: xem chi tiết") if content.fees.items else _("nguồn không nêu lệ phí")


@dataclass(frozen=True)
class FeeRow:
    case: str
    amount: str
    note: str = ""


@dataclass(frozen=True)
class CaseRow:
    title: str
    limit: str
    rule: str


@dataclass(frozen=True)
class PaperRow:
    name: str
    reason: str
    depends: bool
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class ServicePage:
    """Everything about one version of a service, in words."""

    version: ProcedureVersion
    content: Content
    closed_since: date | None
    not_yet: date | None
    newer: ProcedureVersion | None
    limit: str
    limit_rule: str
    cases: tuple[CaseRow, ...]
    fees: tuple[FeeRow, ...]
    fee_total: str
    fee_note: str
    offers: tuple[str, ...]
    submit: tuple[PaperRow, ...]
    present: tuple[PaperRow, ...]
    looked_up: tuple[PaperRow, ...]
    delivery: str
    channels: str
    fallback: str
    is_online: bool
    others: tuple[ProcedureVersion, ...] = field(default=())

    @property
    def is_open(self) -> bool:
        return self.closed_since is None and self.not_yet is None

    @property
    def official_name(self) -> str:
        """The full name, where it says more than the short one."""
        official = self.content.official_name
        return "" if fold(official).removeprefix("thu tuc ") == fold(self.content.short_name) else official

    @property
    def duty(self) -> str:
        return (self.content.limits.duty and self.content.limits.duty.rule) or ""


def service_page(
    versions: Sequence[ProcedureVersion], version: ProcedureVersion, *, by: Actor
) -> ServicePage:
    """`versions`: all published ones of the procedure, newest first."""
    content = version.typed
    today = timezone.localdate()
    demands = papers_for(content, channel=_channel(content), variant=None)
    quote = fee_for(content, on=today, channel=_channel(content), facts={"account_level": by.level or None})
    first = content.variants[0] if content.variants else None
    in_force = next((v for v in versions if _is_on(v, today)), None)
    return ServicePage(
        version=version,
        content=content,
        closed_since=version.valid_to if version.valid_to and version.valid_to <= today else None,
        not_yet=version.valid_from if version.valid_from and version.valid_from > today else None,
        newer=in_force if in_force != version else None,
        limit=limit_in_words(first),
        limit_rule=(first.rule or "") if first else "",
        cases=tuple(_case(c) for c in content.variants) if len(content.variants) > 1 else (),
        fees=fees_as_printed(content, today),
        fee_total=fee_total(quote),
        fee_note=quote.note or "",
        offers=offers_in_words(quote),
        submit=_papers(demands, "submit"),
        present=_papers(demands, "present"),
        looked_up=_papers(demands, "looked_up"),
        delivery=told(DELIVERY_LEVELS[content.delivery.value]),
        channels="; ".join(told(CHANNELS[c]) for c in content.channels.items),
        fallback="; ".join(told(CHANNELS[c]) for c in content.channels.fallback),
        is_online="online" in content.channels.items,
        others=tuple(v for v in versions if v != version),
    )


def _is_on(version: ProcedureVersion, day: date) -> bool:
    begun = version.valid_from is None or version.valid_from <= day
    return begun and (version.valid_to is None or version.valid_to > day)


def _channel(content: Content) -> Literal["online", "direct", "post"]:
    return "online" if "online" in content.channels.items else content.channels.items[0]


def _case(case: TimeLimit) -> CaseRow:
    return CaseRow(case_title(case), limit_in_words(case), case.rule or "")


def case_title(case: TimeLimit) -> str:
    return begin_large(case.title or _("Trường hợp chung"))


def _papers(demands: Iterable[PaperDemand], action: str) -> tuple[PaperRow, ...]:
    return tuple(
        PaperRow(
            name=demand.paper.name,
            reason=(action != "looked_up" and demand.question) or reason_in_words(demand),
            depends=demand.need is Need.DEPENDS,
            alternatives=demand.paper.alternatives,
        )
        for demand in demands
        if demand.action == action and not demand.is_form
    )


def fees_as_printed(content: Content, on: date) -> tuple[FeeRow, ...]:
    """Every fee of the record that may be charged on a day, before anything is known of the case."""
    return tuple(
        FeeRow(
            case=begin_large(fee.case),
            amount=_("không có mức chung cả nước") if fee.amount is None else _amount(fee.amount) + _per(fee),
            note=_fee_note(fee.note if fee.amount is None else None, fee.set_by, None),
        )
        for fee in content.fees.items
        if (fee.reading.first_day is None or fee.reading.first_day <= on)
        and (fee.reading.last_day is None or on <= fee.reading.last_day)
    )


PER: Final = {"copy": said(" mỗi bản"), "page": said(" mỗi trang"), "person": said(" mỗi người")}


def _per(fee: Fee) -> str:
    return _(PER[fee.per]) if fee.per and fee.amount else ""


def fee_rows(quote: FeeQuote) -> tuple[FeeRow, ...]:
    """Each charge; an amount that nobody states stays unstated."""
    return tuple(
        FeeRow(
            case=begin_large(line.case),
            amount=_("nguồn không nêu") if line.amount is None else _amount(line.amount),
            note=_fee_note(line.reason, line.set_by, line.base),
        )
        for line in quote.lines
    )


def _amount(amount: int) -> str:
    return format_dong(amount) if amount else _("không thu")


def _fee_note(reason: str | None, set_by: str | None, base: int | None) -> str:
    if set_by:
        return _("{agency} quy định mức thu").format(agency=set_by)
    if base:
        return _("trước khi giảm: {amount}").format(amount=format_dong(base))
    return told(reason) if reason else ""


def fee_total(quote: FeeQuote) -> str:
    if quote.total is None:
        return told(quote.sentence, quote.facts)
    return format_dong(quote.total) if quote.total else _("Không thu")


def offers_in_words(quote: FeeQuote) -> tuple[str, ...]:
    """Policies that would take the fee down, and until when."""
    return tuple(
        _("{effect}: {conditions} (đến {day}, {bases})").format(
            effect=begin_large(offer.waiver.effect),
            conditions="; ".join(offer.waiver.conditions),
            day=f"{offer.waiver.last_day:%d/%m/%Y}",
            bases="; ".join(offer.waiver.bases),
        )
        for offer in quote.offers
    )
