"""Reading a document into a plan: what it proposes waits, and only what a person confirms goes in."""

from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.data.reading import Head, Proposed, blocks_of, read_in_context
from lienthong.documents.public import MediaType, Retention, StoredFile, keep_data, keep_file
from lienthong.identity.public import Actor, require
from lienthong.indicators.public import Tier, enter_observation
from lienthong.kit.names import tidy
from lienthong.kit.words import format_date
from lienthong.organisations.public import Organisation, organisations_on
from lienthong.steering.actions.plans import note_document
from lienthong.steering.actions.targets import set_target
from lienthong.steering.actions.tasks import assign_task
from lienthong.steering.events import DocumentRead, ProposalConfirmed, ProposalDropped
from lienthong.steering.models import Plan, Reading, SourceDocument
from lienthong.steering.rules.readings import (
    BASIS_WORDS,
    MOST,
    Confirmed,
    ObservationFacts,
    TargetFacts,
    TaskFacts,
    proposal,
    tier_words,
)
from lienthong.steering.rules.refusals import (
    AlreadyJudged,
    DocumentNotDescribed,
    NoSuchProposal,
    NothingToRead,
    UnknownAgency,
)
from lienthong.steering.states import Judgement, Priority, Proposal

PASTED: Final = "van-ban-da-dan.txt"
KINDS: Final = {
    Proposal.TARGET: TargetFacts,
    Proposal.TASK: TaskFacts,
    Proposal.OBSERVATION: ObservationFacts,
}
INDICATOR_TIERS: Final = {"ministry": Tier.MINISTRY, "locality": Tier.LOCALITY, "province": Tier.LOCALITY}


@transaction.atomic
def begin_reading(
    *,
    plan: Plan,
    content: BinaryIO | None = None,
    name: str = "",
    text: str = "",
    dated: date | None = None,
    by: Actor,
) -> Reading:
    """Read a file (.docx, .pdf, .txt) or a pasted text; keep it, and what it proposes, all or nothing.

    The same content given again while somebody is still judging it is that same reading. Raises NothingToRead,
    and what lienthong.data.reading and documents raise.
    """
    require(by, "steering.judge_reading", plan)
    if (content is None) == (not text.strip()):
        raise NothingToRead
    name = name if content is not None else PASTED
    source = content if content is not None else BytesIO(text.encode())
    Plan.objects.select_for_update().get(pk=plan.pk)
    head, found = _read(source, name, dated)
    file = _kept(source, name, by)
    same = Reading.objects.filter(plan=plan, file__sha256=file.sha256, begun_by=by.reference)
    open_one = next((each for each in same.order_by("pk") if each.waiting), None)
    if open_one is not None:
        return open_one
    reading = Reading.objects.create(
        plan=plan, file=file, number=head.number, signed_on=head.signed_on, kind=head.kind, title=head.title,
        proposals=[proposal(each) for each in found], begun_by=by.reference, begun_name=by.name,
    )  # fmt: skip
    record(DocumentRead(reading=reading.pk, plan=plan.code, proposals=len(found)), by=by)
    return reading


def _read(source: BinaryIO, name: str, dated: date | None) -> tuple[Head, tuple[Proposed, ...]]:
    with NamedTemporaryFile(suffix=Path(name).suffix[:8]) as file:
        source.seek(0)
        while piece := source.read(1024 * 1024):
            file.write(piece)
        file.flush()
        return read_in_context(blocks_of(Path(file.name), name=name), name=name, most=MOST, dated=dated)


def _kept(source: BinaryIO, name: str, by: Actor) -> StoredFile:
    """By its first bytes, like the reading itself: a PDF is inspected as every paper is."""
    source.seek(0)
    head = source.read(1024)
    source.seek(0)
    if b"%PDF-" in head:
        return keep_file(content=source, name=name, by=by, retention=Retention.SOURCE)
    kind = MediaType.DOCX if head.startswith(b"PK\x03\x04") else MediaType.TEXT
    return keep_data(
        content=source, name=name, kind=kind, limit_bytes=settings.MAX_UPLOAD_BYTES, by=by,
        retention=Retention.SOURCE,
    )  # fmt: skip


@transaction.atomic
def describe_document(
    *, reading: Reading, number: str, signed_on: date, kind: str, title: str, by: Actor
) -> None:
    """What the document is: the source of everything confirmed from it."""
    require(by, "steering.judge_reading", reading.plan)
    facts = {"number": tidy(number), "signed_on": signed_on, "kind": tidy(kind), "title": tidy(title)}
    Reading.objects.filter(pk=reading.pk).update(**facts)


@transaction.atomic
def keep_proposal(
    *, reading: Reading, number: int, kind: Proposal, values: dict[str, str], by: Actor
) -> None:
    """What a person corrected so far, kept without being confirmed. Raises NoSuchProposal, AlreadyJudged."""
    held, one = _hold(reading, number, by)
    if one["judged"] == Judgement.CONFIRMED:
        raise AlreadyJudged(number=number)
    one |= {"kind": kind.value, "values": one["values"] | values, "judged": Judgement.WAITING.value}
    held.save(update_fields=["proposals"])


@transaction.atomic
def drop_proposal(*, reading: Reading, number: int, by: Actor) -> None:
    """It is none. Dropped twice is dropped. Raises NoSuchProposal, AlreadyJudged."""
    held, one = _hold(reading, number, by)
    if one["judged"] == Judgement.CONFIRMED:
        raise AlreadyJudged(number=number)
    if one["judged"] == Judgement.DROPPED:
        return
    one["judged"] = Judgement.DROPPED.value
    held.save(update_fields=["proposals"])
    record(ProposalDropped(reading=reading.pk, number=number), by=by)


@transaction.atomic
def confirm_proposal(
    *, reading: Reading, number: int, facts: Confirmed, values: dict[str, str], by: Actor
) -> dict[str, Any]:
    """Set the target, assign the task or enter the figure; gives {"kind", "key", "new"}. Pressed twice, once.

    `values`: the facts as they were typed, kept beside what was read. Raises NoSuchProposal,
    DocumentNotDescribed, UnknownAgency, and what the action itself raises; then nothing is saved.
    """
    held, one = _hold(reading, number, by)
    if one["judged"] == Judgement.CONFIRMED:
        return {**one["result"], "new": False}
    if not held.is_described:
        raise DocumentNotDescribed
    kind = next(kind for kind, made in KINDS.items() if isinstance(facts, made))
    key = _enter(held, one, facts, by)
    one |= {
        "kind": kind.value, "values": one["values"] | values, "judged": Judgement.CONFIRMED.value,
        "result": {"kind": kind.value, "key": key},
    }  # fmt: skip
    held.save(update_fields=["proposals"])
    record(ProposalConfirmed(reading=reading.pk, number=number, into=kind.value), by=by)
    return {**one["result"], "new": True}


def _hold(reading: Reading, number: int, by: Actor) -> tuple[Reading, dict[str, Any]]:
    """The reading as nobody else changes it now, and one of its proposals."""
    require(by, "steering.judge_reading", reading.plan)
    held = (
        Reading.objects.select_for_update(of=("self",)).select_related("plan__body__host").get(pk=reading.pk)
    )
    one = next((each for each in held.proposals if each["number"] == number), None)
    if one is None:
        raise NoSuchProposal
    return held, one


def _enter(held: Reading, one: dict[str, Any], facts: Confirmed, by: Actor) -> str:
    if isinstance(facts, ObservationFacts):
        return _observe(held, one, facts, by)
    document = note_document(
        number=held.number, signed_on=held.signed_on or timezone.localdate(), title=held.title, kind=held.kind,
        body=held.plan.body, by=by,
    )  # fmt: skip
    if isinstance(facts, TargetFacts):
        return _set(held, one, facts, document, by)
    return _assign(held, facts, document, by)


def _set(held: Reading, one: dict[str, Any], facts: TargetFacts, document: SourceDocument, by: Actor) -> str:
    target = set_target(
        plan=held.plan, subject=facts.subject, value=facts.value, unit=facts.unit, compare=facts.compare,
        due_on=facts.due_on, document=document, whole=facts.whole, indicator=facts.indicator,
        tier=INDICATOR_TIERS.get(facts.tier), tier_words=tier_words(facts.tier),
        note=f"Đọc từ văn bản: “{one['words']}”",
        priority=Priority.URGENT if facts.urgent else Priority.NORMAL, by=by,
    )  # fmt: skip
    return str(target.pk)


def _assign(held: Reading, facts: TaskFacts, document: SourceDocument, by: Actor) -> str:
    task = assign_task(
        plan=held.plan, content=facts.content, leads=_agencies(facts.leads), partners=_agencies(facts.partners),
        documents=[document], product=facts.product, deadline=facts.deadline, assigned_on=document.signed_on, by=by,
    )  # fmt: skip
    return task.code


def _observe(held: Reading, one: dict[str, Any], facts: ObservationFacts, by: Actor) -> str:
    basis = next((words for basis, words in BASIS_WORDS.items() if basis.value == one["date_basis"]), "")
    observation = enter_observation(
        subject=facts.subject, source=f"{held.kind} {held.number}",
        source_date=held.signed_on.isoformat() if held.signed_on else "", told=facts.told, value=facts.value,
        out_of=facts.out_of, unit=facts.unit, comparator=one["comparator"], tier=tier_words(facts.tier),
        as_of=facts.as_of, inferred=basis, series=facts.series, note=one["words"], by=by,
    )  # fmt: skip
    return str(observation.pk)


def _agencies(codes: tuple[str, ...]) -> list[Organisation]:
    """By code, as of today, in the order given. Raises UnknownAgency."""
    today = timezone.localdate()
    known = {agency.code: agency for agency in organisations_on(today).filter(code__in=codes)}
    missing = [code for code in codes if code not in known]
    if missing:
        raise UnknownAgency(code=missing[0], day=format_date(today))
    return [known[code] for code in codes]
