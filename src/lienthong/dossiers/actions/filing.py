"""Filing: one dossier from a draft, however often it is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.documents.public import StoredFile
from lienthong.dossiers.actions.entry import enter
from lienthong.dossiers.events import DossierFiled
from lienthong.dossiers.models import Dossier, Draft, Paper
from lienthong.dossiers.queries import find_place
from lienthong.dossiers.routing import Route, commune, route
from lienthong.dossiers.rules import CHANNEL_NAMES, Filing, begin
from lienthong.identity.public import Actor, require
from lienthong.kit.calendar import Calendar, OutsideCalendar
from lienthong.kit.errors import Refused, said
from lienthong.kit.names import fold
from lienthong.population.public import Facts, Purpose, known_facts
from lienthong.procedures.public import (
    AnswerProblem,
    Content,
    PaperDemand,
    check_answers,
    duty_last_day,
    fee_for,
    force_of,
    papers_for,
    published_content,
    tidy_answers,
)


class AnswersRefused(Refused):
    """Some answers cannot be taken; `problems` names each field and says what to type."""

    sentence = said("Có {count} chỗ cần sửa trong tờ khai.")

    def __init__(self, problems: list[AnswerProblem]) -> None:
        self.problems = problems
        super().__init__(count=len(problems))


class PapersMissing(Refused):
    sentence = said("Còn thiếu giấy tờ bắt buộc: {names}.")

    def __init__(self, demands: list[PaperDemand]) -> None:
        self.demands = demands
        super().__init__(names=", ".join(d.paper.name for d in demands))


class VersionClosed(Refused):
    sentence = said(
        "Thủ tục này đã có quy định mới từ ngày {day}. Xin mở lại trang thủ tục để khai theo mẫu mới."
    )


class VersionNotOpen(Refused):
    """A version not published, or published for a day to come."""

    sentence = said("Bản quy định này của thủ tục chưa có hiệu lực nên chưa nhận hồ sơ.")


class DraftGone(Refused):
    """The same for a draft that was thrown away and one of somebody else."""

    sentence = said("Bản khai này không còn. Xin mở lại trang thủ tục để khai.")
    status = 404


class ChannelClosed(Refused):
    sentence = said("Thủ tục này không nhận hồ sơ {channel}.")


class PaperNeverAsked(Refused):
    sentence = said("Thủ tục không yêu cầu giấy tờ “{key}”.")


class FileNotOurs(Refused):
    """A file id that this account did not put into this draft."""

    sentence = said("Không tìm thấy tệp đã chọn. Xin chọn lại tệp.")


REGISTERS_OF: Final = {"population_db": "requester_name", "residence_db": "requester_residence"}
"""Which register counts as answering for this person, by a fact it gave."""


@dataclass(frozen=True)
class Checked:
    """A filing that the law's rules let through, with what the registers add."""

    content: Content
    answers: dict[str, Any]
    sources: dict[str, Any]
    demands: list[PaperDemand]
    route: Route
    fee: int | None


@transaction.atomic
def submit_dossier(*, filing: Filing, by: Actor, draft: UUID | None = None) -> Dossier:
    """File a dossier: everything is checked, then all is written, or nothing is.

    A draft is filed once: whoever sends it again gets the dossier that came of it. Raises
    VersionClosed, ChannelClosed, AnswersRefused, PapersMissing, PaperNeverAsked, FileNotOurs,
    NoAuthorityThere, NotAllowed.
    """
    require(by, "dossiers.file", filing)
    held = _hold(draft, by) if draft else None
    if held and held.dossier_id:
        return Dossier.objects.get(pk=held.dossier_id)
    checked = check_filing(filing, by=by, on=timezone.localdate())
    dossier = _write(filing, checked, by)
    if held:
        Draft.objects.filter(pk=held.pk).update(dossier=dossier, answers={}, choices={})
    return dossier


def _hold(draft: UUID, by: Actor) -> Draft:
    """Whoever sends the same draft meanwhile waits for this one. Raises DraftGone."""
    held = Draft.objects.select_for_update().filter(pk=draft, account_id=by.account_id or 0).first()
    if held is None:
        raise DraftGone
    return held


def check_filing(filing: Filing, *, by: Actor, on: date) -> Checked:
    """All that could refuse a filing. Writes nothing but the note of the look-up itself."""
    force = force_of(filing.version)
    if force.valid_to and force.valid_to <= on:
        raise VersionClosed(day=f"{force.valid_to:%d/%m/%Y}")
    if not force.is_published or (force.valid_from and force.valid_from > on):
        raise VersionNotOpen
    content = published_content(filing.version)
    if filing.channel.value not in (*content.channels.items, *content.channels.fallback):
        raise ChannelClosed(channel=CHANNEL_NAMES[filing.channel])
    facts = look_up(content, filing.applicant.number, by=by, answers=filing.answers)
    answers = tidy_answers(content, {**filing.answers, **{key: fact.value for key, fact in facts.items()}})
    if problems := check_answers(content, answers, on=on):
        raise AnswersRefused(problems)
    demands = demands_for(content, filing, answers, facts)
    _check_papers(demands, filing)
    quote = fee_for(
        content,
        on=on,
        channel=filing.channel.value,
        variant=filing.variant or None,
        facts=fee_facts(content, {**answers, **filing.circumstances}, on=on, by=by),
    )
    sources = {
        key: {"source": fact.source, "read_at": fact.read_at.isoformat()} for key, fact in facts.items()
    }
    way = route(content, commune(filing.unit), on)
    return Checked(content, answers, sources, demands, way, quote.total)


PARENT_FIELDS: Final = ("mother_", "father_")
PARENTS: Final = ("Cha", "Mẹ")


def answerable(keys: Iterable[str], answers: Mapping[str, Any]) -> list[str]:
    """The fields that registers may answer for this requester.

    The parents in a form are the requester and the spouse only while nobody says that the requester
    is a grandparent, a relative or a guardian of the child (NĐ 123/2015/NĐ-CP lets them register it).
    """
    relation = answers.get("relation_to_child")
    is_parent = not relation or relation in PARENTS
    return [key for key in keys if is_parent or not key.startswith(PARENT_FIELDS)]


def look_up(content: Content, number: str, *, by: Actor, answers: Mapping[str, Any] | None = None) -> Facts:
    """What the registers answer to this form, so that nobody types it again."""
    keys = answerable([f.key for f in content.form.fields], answers or {})
    basis = (
        f"{content.legal_bases.items[0]}, thủ tục {content.code}"
        if content.legal_bases.items
        else content.code
    )
    purpose = Purpose.COUNTER if by.is_officer else Purpose.PREFILL
    return known_facts(number, keys=keys, basis=basis, by=by, purpose=purpose)


EVENTS: Final = ("child_birth_date", "death_time")
"""Fields that date the event a person has a legal duty to register in time."""


def fee_facts(content: Content, answers: dict[str, Any], *, on: date, by: Actor) -> dict[str, Any]:
    """What the fee depends on, as far as it is known: whether a duty is late, the account's level."""
    facts: dict[str, Any] = {**answers, "account_level": (by.level or None) if by.is_citizen else None}
    if answers.get("copies_count") is not None and answers.get("copies_wanted") is not False:
        facts["copies"] = int(answers["copies_count"])
    event = next((str(answers[key])[:10] for key in EVENTS if answers.get(key)), "")
    if len(event) == len("2026-11-21"):
        day = date.fromisoformat(event)
        try:
            last = duty_last_day(content, day, Calendar.official())
        except OutsideCalendar:  # an event before our calendar begins: any duty's time is long over
            last = day if content.limits.duty else None
        facts["late"] = last is not None and on > last
    return facts


def known_circumstances(facts: Facts) -> dict[str, bool]:
    """What the registers' answers say about the case: they give both parents only as each other's spouses."""
    return {"parents_married": True} if {"mother_personal_id", "father_personal_id"} <= set(facts) else {}


def demands_for(content: Content, filing: Filing, answers: dict[str, Any], facts: Facts) -> list[PaperDemand]:
    known = {register for register, key in REGISTERS_OF.items() if key in facts}
    return papers_for(
        content,
        channel=filing.channel.value,
        variant=filing.variant or None,
        answers={**answers, **filing.circumstances, **known_circumstances(facts)},
        known=known,
    )


def _check_papers(demands: list[PaperDemand], filing: Filing) -> None:
    given = {key for key, _ in filing.papers}
    asked = {d.paper.key for d in demands}
    for key in given - asked:
        raise PaperNeverAsked(key=key)
    missing = [d for d in demands if d.must_be_attached and d.paper.key not in given | set(filing.shown)]
    if missing:
        raise PapersMissing(missing)


def _write(filing: Filing, checked: Checked, by: Actor) -> Dossier:
    now = timezone.now()
    life = begin(now)
    files = _files(filing, by)
    dossier = Dossier(
        version_id=filing.version,
        procedure_code=checked.content.code,
        variant=filing.variant,
        channel=filing.channel.value,
        helped_at_id=find_place(filing.helped_at, on=timezone.localdate(now)) if filing.helped_at else None,
        reception_id=checked.route.reception,
        authority_id=checked.route.authority,
        applicant_number=filing.applicant.number,
        applicant_name=filing.applicant.name,
        applicant_key=fold(filing.applicant.name),
        contact=filing.contact,
        filed_by=by.reference,
        device=by.device or None if by.is_citizen else None,
        answers=checked.answers,
        sources=checked.sources,
        delivery=filing.delivery.value,
        fee=checked.fee,
        state=life.state,
        filed_at=now,
        last_at=now,
        step="receipt",
        acts=1,
    )
    papers = _papers(dossier, filing, checked, files)
    enter(dossier, papers, reception_code=checked.route.reception_code, by=by)
    record(DossierFiled(dossier=dossier.pk, number=1, before=None, after=life.state), by=by, at=now)
    return dossier


def _files(filing: Filing, by: Actor) -> dict[str, StoredFile]:
    """The kept files by paper key; each must have been put in by this actor. Raises FileNotOurs."""
    try:
        wanted = {key: UUID(file) for key, file in filing.papers}
    except ValueError:
        raise FileNotOurs from None
    found = StoredFile.objects.filter(kept_by=by.reference).in_bulk(list(wanted.values()))
    if len(found) != len(set(wanted.values())):
        raise FileNotOurs
    return {key: found[file] for key, file in wanted.items()}


def _papers(dossier: Dossier, filing: Filing, checked: Checked, files: dict[str, StoredFile]) -> list[Paper]:
    """One row a component that was handed in, shown, or is looked up; what merely depends and was not given is none."""
    rows: list[Paper] = []
    for demand in checked.demands:
        key = demand.paper.key
        given = key in files or key in filing.shown
        if demand.is_form or not (given or demand.action == "looked_up"):
            continue
        action = "submit" if key in files else "present" if given else "looked_up"
        source = "" if given else demand.reason.format(**demand.facts)
        rows.append(
            Paper(
                dossier=dossier,
                number=len(rows) + 1,
                key=key,
                name=demand.paper.name,
                action=action,
                file=files.get(key),
                source=source,
                given_at=dossier.filed_at,
            )
        )
    return rows
