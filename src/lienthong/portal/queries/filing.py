"""A filing in the making: its draft, what the State knows, what is still asked, what is wrong."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from lienthong.dossiers.public import (
    Applicant,
    Channel,
    Draft,
    DraftGone,
    DraftPaper,
    Filing,
    NoAuthorityThere,
    Route,
    answerable,
    demands_for,
    fee_facts,
    known_circumstances,
    look_up,
    route,
)
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, NotAllowed, require
from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import Counting, due_at
from lienthong.kit.errors import Refused
from lienthong.population.public import Fact, Facts, Purpose, read_person
from lienthong.procedures.public import (
    AnswerProblem,
    Content,
    FeeQuote,
    FieldHint,
    PaperDemand,
    ProcedureVersion,
    agency_limit,
    answer_in_words,
    check_answers,
    circumstances,
    fee_for,
    form_hints,
    is_shown,
    section_of,
    tidy_answers,
)
from lienthong.territory.public import Level, Unit, find_units, units_on

MOST_PLACES = 8


def draft_of(key: UUID, *, by: Actor) -> Draft:
    """One's own draft. Raises DraftGone, and NotAllowed (404) for another's."""
    found = Draft.objects.select_related("version__procedure", "dossier").filter(pk=key).first()
    if found is None:
        raise DraftGone
    require(by, "dossiers.draft", found.account_id)
    return found


def drafts_of(by: Actor) -> list[Draft]:
    """Unfiled drafts, newest first, that hold anything."""
    mine = Draft.objects.filter(account_id=by.account_id or 0, dossier__isnull=True)
    return list(mine.select_related("version__procedure").order_by("-saved_at"))


def draft_for(version: ProcedureVersion, *, by: Actor) -> Draft | None:
    """The unfiled draft of this version, if one was begun."""
    return next((draft for draft in drafts_of(by) if draft.version_id == version.pk), None)


# ---- what the State knows

READ: Final = "portal.read"
READ_SECONDS: Final = 15 * 60


@dataclass(frozen=True)
class Known:
    """What the registers answered, or the sentence why they could not."""

    facts: Facts
    refused: str = ""

    @property
    def values(self) -> dict[str, Any]:
        return {key: fact.value for key, fact in self.facts.items()}


def known_to_state(
    content: Content, *, by: Actor, memory: SessionBase, answers: Mapping[str, Any] | None = None
) -> Known:
    """What the registers answer to this form for the person who is signed in, as far as `answers` let them.

    `memory` is the session: while a form is being filled in, one reading serves all its pages, so
    that the people read see one line for one filing and not one for each page.
    """
    read = _read(content, by=by, memory=memory)
    fitting = answerable(read.facts, answers or {})
    return Known({key: read.facts[key] for key in fitting}, read.refused)


def _read(content: Content, *, by: Actor, memory: SessionBase) -> Known:
    if not content.form.fields:
        return Known({})
    if remembered := _remembered(content, by, memory):
        return remembered
    try:
        facts = look_up(content, by.personal_number or "", by=by)
    except NotAllowed:
        raise
    except Refused as refused:
        return Known({}, sentence_of(refused))
    kept = {key: {**asdict(fact), "read_at": fact.read_at.isoformat()} for key, fact in facts.items()}
    memory[READ] = {"of": _mark(content, by), "at": time.time(), "facts": kept}
    return Known(facts)


def _remembered(content: Content, by: Actor, memory: SessionBase) -> Known | None:
    kept = memory.get(READ)
    if not kept or kept["of"] != _mark(content, by) or time.time() - kept["at"] > READ_SECONDS:
        return None
    moments = {key: datetime.fromisoformat(fact["read_at"]) for key, fact in kept["facts"].items()}
    return Known({key: Fact(**{**fact, "read_at": moments[key]}) for key, fact in kept["facts"].items()})


def _mark(content: Content, by: Actor) -> list[object]:
    return [content.code, by.account_id, by.level]


@dataclass(frozen=True)
class KnownRow:
    term: str
    value: str
    secret: bool


@dataclass(frozen=True)
class KnownBlock:
    """Facts of one section, all of one source and reading."""

    title: str
    rows: tuple[KnownRow, ...]
    source: str
    read_at: datetime


def known_blocks(content: Content, facts: Facts) -> list[KnownBlock]:
    blocks: dict[str, list[tuple[FieldHint, Fact]]] = {}
    for hint in form_hints(content.form):
        if hint.key in facts:
            blocks.setdefault(section_of(hint.key), []).append((hint, facts[hint.key]))
    return [
        KnownBlock(
            title=title,
            rows=tuple(
                KnownRow(hint.label, _fact_in_words(hint, fact), hint.widget == "personal_id")
                for hint, fact in found
            ),
            source=found[0][1].source,
            read_at=found[0][1].read_at,
        )
        for title, found in blocks.items()
    ]


def known_case(content: Content, *, by: Actor, memory: SessionBase) -> dict[str, bool]:
    """What the registers say about the case, so that it is not asked; they are read only where it matters."""
    if "parents_married" not in circumstances(content, channel="online"):
        return {}
    return known_circumstances(known_to_state(content, by=by, memory=memory).facts)


def _fact_in_words(hint: FieldHint, fact: Fact) -> str:
    """Dates in the reader's language now; the register's text was set when it was read."""
    return answer_in_words(hint, fact.value) if hint.widget in {"date", "date_or_year"} else fact.text


# ---- the place


def home_commune(*, by: Actor) -> Unit | None:
    """The commune of one's registered residence, read from the register (one's own reading)."""
    try:
        person = read_person(
            by.personal_number or "", purpose=Purpose.OWN, basis="Chọn nơi giải quyết hồ sơ của mình", by=by
        )
    except Refused:
        return None
    return person.residence_unit


def communes(ids: Iterable[int]) -> list[Unit]:
    """Communes in force today with these ids, in alphabetical order."""
    wanted = [i for i in ids if i]
    return list(units_on(timezone.localdate(), level=Level.COMMUNE).filter(pk__in=wanted)) if wanted else []


def route_of(content: Content, unit: Unit) -> Route | None:
    try:
        return route(content, unit, timezone.localdate())
    except NoAuthorityThere:
        return None


# ---- the filing


def answers_of(draft: Draft) -> dict[str, Any]:
    """The draft's answers as they would be stored; fields no longer shown are left out."""
    content = draft.version.typed
    answers = tidy_answers(content, draft.answers)
    hidden = {field.key for field in content.form.fields if not is_shown(field, answers)}
    return {key: value for key, value in answers.items() if key not in hidden}


def filing_of(draft: Draft, *, by: Actor, papers: Mapping[str, str] | None = None) -> Filing:
    """What would be filed from this draft now; `papers` pairs paper keys with file ids."""
    choices = draft.choices
    return Filing(
        version=draft.version_id,
        applicant=Applicant(by.personal_number or "", by.name),
        unit=int(choices.get("unit") or 0),
        channel=Channel.ONLINE,
        answers=answers_of(draft),
        papers=tuple((papers or {}).items()),
        variant=draft.variant,
        delivery=Channel(choices.get("delivery") or Channel.ONLINE),
        circumstances=choices.get("circumstances", {}),
        contact={key: choices[key] for key in ("phone", "email", "address") if choices.get(key)},
    )


def files_of(draft: Draft) -> dict[str, DraftPaper]:
    return {paper.key: paper for paper in draft.papers.select_related("file")}


@dataclass(frozen=True)
class Check:
    """A draft looked over: what would be filed, what it costs, when it is due, what is still wrong."""

    draft: Draft
    content: Content
    known: Known
    filing: Filing
    demands: list[PaperDemand]
    files: dict[str, DraftPaper]
    problems: list[AnswerProblem]
    missing: list[PaperDemand]
    quote: FeeQuote
    unit: Unit | None
    route: Route | None

    @property
    def is_ready(self) -> bool:
        return not self.problems and not self.missing and self.route is not None


def look_over(draft: Draft, *, by: Actor, memory: SessionBase) -> Check:
    """The draft as the review page shows it; the action checks again when it is sent."""
    content = draft.version.typed
    filing = filing_of(draft, by=by)
    known = known_to_state(content, by=by, memory=memory, answers=filing.answers)
    answers = {**filing.answers, **known.values}
    demands = demands_for(content, filing, answers, known.facts)
    asked = {d.paper.key for d in demands if d.action == "submit" and not d.is_form}
    files = {key: paper for key, paper in files_of(draft).items() if key in asked}
    unit = next(iter(communes([filing.unit])), None)
    problems = check_answers(content, answers, on=timezone.localdate()) if content.form.fields else []
    return Check(
        draft=draft,
        content=content,
        known=known,
        filing=replace(filing, papers=tuple((key, str(p.file_id)) for key, p in files.items())),
        demands=demands,
        files=files,
        problems=problems,
        missing=[d for d in demands if d.must_be_attached and d.paper.key not in files],
        quote=quote_of(content, filing, answers, {problem.field for problem in problems}, by=by),
        unit=unit,
        route=route_of(content, unit) if unit else None,
    )


def quote_of(
    content: Content, filing: Filing, answers: Mapping[str, Any], wrong: set[str], *, by: Actor
) -> FeeQuote:
    """The fee as the action will count it; answers that are wrong say nothing about it."""
    today = timezone.localdate()
    right = {key: value for key, value in answers.items() if key not in wrong}
    facts = fee_facts(content, {**right, **filing.circumstances}, on=today, by=by)
    return fee_for(content, on=today, channel="online", variant=filing.variant or None, facts=facts)


def due_if_received_now(content: Content, variant: str) -> datetime | None:
    """When the result would be due; None where the source states no limit."""
    limit, cut_off = agency_limit(content, variant or None)
    if limit is None:
        return None
    return due_at(timezone.now(), limit, calendar=Calendar.official(), counting=Counting(cut_off=cut_off))


@dataclass(frozen=True)
class AnswerRow:
    key: str
    label: str
    value: str
    source: str
    known: bool
    secret: bool


@dataclass(frozen=True)
class AnswerSection:
    title: str
    rows: tuple[AnswerRow, ...]


def answer_sections(
    content: Content, answers: Mapping[str, Any], sources: Mapping[str, str]
) -> list[AnswerSection]:
    """Answers under their headings, in the form's order; `sources` names the register of each known one."""
    sections: dict[str, list[AnswerRow]] = {}
    for hint in form_hints(content.form):
        if hint.key not in answers:
            continue
        row = AnswerRow(
            key=hint.key,
            label=hint.label,
            value=answer_in_words(hint, answers[hint.key]),
            source=sources.get(hint.key, ""),
            known=hint.key in sources or hint.computed,
            secret=hint.widget == "personal_id" and hint.key in sources,
        )
        sections.setdefault(section_of(hint.key), []).append(row)
    return [AnswerSection(title, tuple(rows)) for title, rows in sections.items()]


def places_found(text: str) -> list[Unit]:
    """Communes of today by name, for the person to choose from."""
    return find_units(text[:100], timezone.localdate(), level=Level.COMMUNE, limit=MOST_PLACES)


def uploads_of(
    draft: Draft, *, by: Actor, memory: SessionBase
) -> tuple[list[PaperDemand], list[PaperDemand]]:
    """Papers to upload, and those that are shown at the counter or looked up by the agency."""
    content = draft.version.typed
    filing = filing_of(draft, by=by)
    known = known_to_state(content, by=by, memory=memory, answers=filing.answers)
    demands = demands_for(content, filing, {**filing.answers, **known.values}, known.facts)
    uploads = [d for d in demands if d.action == "submit" and not d.is_form]
    return uploads, [d for d in demands if d not in uploads and not d.is_form]


def ways_home(content: Content) -> list[str]:
    """How the result may come: as the record says; all ways where it says nothing."""
    return list(content.result.delivery or ("online", "direct", "post"))
