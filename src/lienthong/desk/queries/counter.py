"""At the counter: the card beside the register, the person's dossiers, what a filing still needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.desk.queries.frame import workplace
from lienthong.desk.queries.queue import Row, rows_of
from lienthong.desk.queries.words import masked
from lienthong.dossiers.public import (
    OPEN,
    Applicant,
    Channel,
    Dossier,
    Draft,
    DraftGone,
    DraftPaper,
    Filing,
    NoAuthorityThere,
    demands_for,
    fee_facts,
    known_circumstances,
    look_up,
    route,
)
from lienthong.fields.public import told
from lienthong.identity.public import Actor, require
from lienthong.kit.calendar import Calendar
from lienthong.kit.card import CardReading, read_card
from lienthong.kit.deadlines import Counting, due_at
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.names import match_key
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import SEX_NAMES, Facts, Person, Purpose, read_person
from lienthong.procedures.public import (
    Content,
    FactQuestion,
    FeeQuote,
    PaperDemand,
    ProcedureVersion,
    agency_limit,
    case_questions,
    fee_for,
    form_hints,
    is_shown,
    tidy_answers,
    versions_in_force,
)
from lienthong.territory.public import Level, Unit, find_units, units_on

AT_COUNTER: Final = "NĐ 118/2025/NĐ-CP: tiếp nhận hồ sơ tại bộ phận một cửa"


# ---- the card and the register


@dataclass(frozen=True)
class Compared:
    """One item on the card and in the register. `verdict`: same, near, differs, or unread (no card)."""

    term: str
    card: str
    register: str
    verdict: str
    words: str


@dataclass(frozen=True)
class Visitor:
    """Who stands at the counter, as far as card and register tell."""

    person: Person
    card: CardReading | None
    rows: list[Compared]
    read_at: datetime

    @property
    def differs(self) -> bool:
        return any(row.verdict == "differs" for row in self.rows)


def meet(scanned: str, *, by: Actor) -> Visitor:
    """Read what was scanned or typed, then the register; the reading is noted and the person sees it.

    Raises NotACard, CardLettersBroken, PersonalNumberMalformed, UnknownPerson, NotAllowed.
    """
    card = read_card(scanned) if "|" in scanned else None
    number = card.personal_number if card else PersonalNumber.parse(scanned)
    person = read_person(number.digits, purpose=Purpose.COUNTER, basis=AT_COUNTER, by=by)
    return Visitor(person, card, _compare(card, person), timezone.now())


def _compare(card: CardReading | None, person: Person) -> list[Compared]:
    pairs = [
        (_("Số định danh"), card.personal_number.digits if card else "", person.personal_number),
        (_("Họ tên"), card.name if card else "", person.full_name),
        (_("Ngày sinh"), _day(card.birth) if card else "", _day(person.birth)),
        (_("Giới tính"), _card_sex(card), told(SEX_NAMES[person.sex])),
        (_("Nơi thường trú"), card.residence if card else "", person.residence),
    ]
    return [Compared(term, ours, theirs, *_verdict(term, ours, theirs)) for term, ours, theirs in pairs]


def _day(birth: PartialDate) -> str:
    return told(birth.template, birth.facts)


def _card_sex(card: CardReading | None) -> str:
    return told(SEX_NAMES[card.sex.value]) if card and card.sex else ""


def _verdict(term: str, card: str, register: str) -> tuple[str, str]:
    if not card:
        return "unread", _("Xem trên thẻ")
    if card == register:
        return "same", _("Khớp")
    if match_key(card) == match_key(register):
        return "same", _("Khớp (khác chữ hoa hoặc cách đặt dấu)")
    if term == _("Nơi thường trú"):
        return "near", _("Khác: có thể là địa danh cũ hoặc đã chuyển nơi ở")
    return "differs", _("Khác: xem lại thẻ")


def dossiers_of_person(number: str, *, by: Actor) -> list[Row]:
    """What of this person's is open at this officer's agencies: settle it while he is here."""
    mine = Dossier.objects.visible_to(by).filter(applicant_number=number)
    waiting = mine.filter(state__in=[*OPEN]) | mine.filter(returned_at__isnull=True, result__isnull=False)
    names = ("authority", "reception", "handler", "version__procedure")
    return rows_of(waiting.select_related(*names).order_by("filed_at")[:20])


# ---- what may be filed


def procedures_for(channel: Channel) -> list[ProcedureVersion]:
    """Procedures in force that this channel is open for, by name."""
    found = [
        version
        for version in versions_in_force(timezone.localdate())
        if channel.value in (*version.typed.channels.items, *version.typed.channels.fallback)
    ]
    return sorted(found, key=lambda version: version.typed.short_name)


def commune_of(by: Actor) -> Unit | None:
    """The commune of the centre, where it is one of a commune."""
    place = workplace(by)
    unit = place.unit if place else None
    return unit if unit and unit.level == Level.COMMUNE else None


def communes_named(text: str) -> list[Unit]:
    return find_units(text[:100], timezone.localdate(), level=Level.COMMUNE, limit=8)


def commune(pk: int) -> Unit | None:
    return units_on(timezone.localdate(), level=Level.COMMUNE).filter(pk=pk).first()


# ---- a filing in the making


def counter_draft(key: UUID, *, by: Actor) -> Draft:
    """One's own draft of somebody's filing. Raises DraftGone, and NotAllowed (404) for another's."""
    found = Draft.objects.select_related("version__procedure", "dossier").filter(pk=key).first()
    if found is None or not (found.dossier_id or "applicant" in found.choices):
        raise DraftGone
    require(by, "dossiers.draft", found.account_id)
    return found


@dataclass(frozen=True)
class Case:
    """A filing looked over: what the registers know, what it asks for, costs, and when it would be due."""

    draft: Draft
    content: Content
    facts: Facts
    filing: Filing
    demands: list[PaperDemand]
    files: dict[str, DraftPaper]
    questions: Mapping[str, FactQuestion]
    unit: Unit | None
    quote: FeeQuote
    due: datetime | None
    receives_here: bool

    @property
    def known(self) -> dict[str, Any]:
        return {key: fact.value for key, fact in self.facts.items()}


def open_case(draft: Draft, *, by: Actor) -> Case:
    """The draft as the counter's page shows it; the action checks again when it is filed."""
    content, channel = draft.version.typed, str(draft.choices["channel"])
    place = workplace(by)
    filing = filing_of(draft, place_code=place.code if place else "", place_id=place.pk if place else None)
    facts = look_up(content, draft.choices["applicant"], by=by, answers=filing.answers)
    known = {key: fact.value for key, fact in facts.items()}
    demands = demands_for(content, filing, {**filing.answers, **known}, facts)
    unit = commune(filing.unit)
    files = {paper.key: paper for paper in draft.papers.select_related("file")}
    return Case(
        draft=draft,
        content=content,
        facts=facts,
        filing=replace(filing, papers=_files_asked(demands, files)),
        demands=[demand for demand in demands if not demand.is_form],
        files=files,
        questions=case_questions(content, channel=draft.choices["channel"], known=known_circumstances(facts)),
        unit=unit,
        quote=fee_for(
            content,
            on=timezone.localdate(),
            channel=channel,  # type: ignore[arg-type]  # one of the channels' names
            variant=filing.variant or None,
            facts=fee_facts(
                content,
                {**filing.answers, **known, **filing.circumstances},
                on=timezone.localdate(),
                by=by,
            ),
        ),
        due=_due_if_received_now(content, filing.variant),
        receives_here=_reception(content, unit) == filing.helped_at,
    )


def _files_asked(demands: list[PaperDemand], files: Mapping[str, DraftPaper]) -> tuple[tuple[str, str], ...]:
    asked = {demand.paper.key for demand in demands}
    return tuple((key, str(paper.file_id)) for key, paper in files.items() if key in asked)


def filing_of(draft: Draft, *, place_code: str, place_id: int | None) -> Filing:
    """What would be filed from this draft now."""
    choices = draft.choices
    return Filing(
        version=draft.version_id,
        applicant=Applicant(choices["applicant"], choices["name"]),
        unit=int(choices["unit"]),
        channel=Channel(choices["channel"]),
        answers=answers_of(draft),
        shown=tuple(choices.get("shown", ())),
        variant=draft.variant,
        delivery=Channel(choices.get("delivery") or Channel.COUNTER),
        helped_at=place_code,
        helped_at_id=place_id,
        circumstances=dict(choices.get("circumstances", {})),
        contact={
            key: str(choices[key]) for key in ("phone", "email", "address", "presence") if choices.get(key)
        },
    )


def answers_of(draft: Draft) -> dict[str, Any]:
    """The draft's answers as they would be stored; questions no longer asked are left out."""
    content = draft.version.typed
    answers = {key: value for key, value in tidy_answers(content, draft.answers).items() if value is not None}
    hidden = {each.key for each in content.form.fields if not is_shown(each, answers)}
    return {key: value for key, value in answers.items() if key not in hidden}


def _due_if_received_now(content: Content, variant: str) -> datetime | None:
    limit, cut_off = agency_limit(content, variant or None)
    if limit is None:
        return None
    return due_at(timezone.now(), limit, calendar=Calendar.official(), counting=Counting(cut_off=cut_off))


def _reception(content: Content, unit: Unit | None) -> str | None:
    try:
        return route(content, unit, timezone.localdate()).reception_code if unit else None
    except NoAuthorityThere:
        return None


def known_rows(case: Case) -> list[dict[str, str]]:
    """What the State already knows, for parts/_known.html."""
    return [
        {
            "term": hint.label,
            "value": masked(case.facts[hint.key].value)
            if hint.widget == "personal_id"
            else case.facts[hint.key].text,
        }
        for hint in form_hints(case.content.form)
        if hint.key in case.facts
    ]
