"""The content of one version of a procedure (thủ tục hành chính)."""

from datetime import date, time
from typing import Literal

from lienthong.procedures.content.base import Certainty, Duration, Part, Remark, Rule, Sentences
from lienthong.procedures.content.fees import Channel, Fees
from lienthong.procedures.content.form import Form
from lienthong.procedures.content.limits import TimeLimit, TimeLimits
from lienthong.procedures.content.papers import Papers
from lienthong.procedures.content.process import Process, Steps

DecidingLevel = Literal["ministry", "province", "commune", "school", "social_insurance", "utility"]
ResultKind = Literal[
    "certificate",
    "extract",
    "copy",
    "certified_copy",
    "register_update",
    "slip",
    "card",
    "decision",
    "notice",
    "contract",
    "permit",
    "bundle",
]


class Sector(Part, frozen=True, kw_only=True):
    name: str
    code: str | None
    certainty: Certainty


class FormerAuthority(Part, frozen=True, kw_only=True):
    """Who decided until and including a day."""

    last_day: date
    agency: str


class Authority(Part, frozen=True, kw_only=True):
    """Who decides, who receives, who is asked: they differ, and all are kept."""

    deciding_level: DecidingLevel
    also_levels: tuple[DecidingLevel, ...] = ()
    agency: str
    also: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    fallback: str | None = None
    reception: str
    coordination: str | None
    siblings: dict[str, str] = {}
    related: dict[str, str] = {}
    formerly: tuple[FormerAuthority, ...] = ()
    basis: str | None = None
    certainty: Certainty


class Applicants(Part, frozen=True, kw_only=True):
    who: tuple[str, ...]
    note: str | None = None
    certainty: Certainty


class Channels(Part, frozen=True, kw_only=True):
    items: tuple[Channel, ...]
    fallback: tuple[Channel, ...] = ()
    """Open only when the usual channel has failed."""
    note: str | None = None
    certainty: Certainty


class Delivery(Part, frozen=True, kw_only=True):
    """`full` is toàn trình, `partial` một phần (NĐ 42/2022/NĐ-CP art. 11); None: the source does not say."""

    value: Literal["full", "partial"] | None
    note: str | None = None
    certainty: Certainty


class EssentialList(Part, frozen=True, kw_only=True):
    """Whether it stands in a list of essential services of the programme."""

    value: bool | None
    decision: str | None = None
    note: str | None = None
    certainty: Certainty


class Result(Part, frozen=True, kw_only=True):
    """What the applicant gets. `codes` (KQ…) link it to papers of other procedures."""

    name: str
    codes: tuple[str, ...]
    code_note: str | None = None
    refusal_code: str | None = None
    supplement_code: str | None = None
    kind: ResultKind
    originals: int | None = None
    valid_months: int | None = None
    valid_note: str | None = None
    delivery: tuple[Channel, ...] = ()
    side_effects: tuple[str, ...] = ()
    certainty: Certainty


class ComingLaw(Part, frozen=True, kw_only=True):
    """A law passed and not yet in force."""

    law: str
    passed: date
    effective_from: date
    note: str | None = None


class LegalBases(Part, frozen=True, kw_only=True):
    items: tuple[str, ...]
    shared: str | None = None
    """The named list that `items` begins with, when the source includes one."""
    newer: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    coming: tuple[ComingLaw, ...] = ()
    note: str | None = None
    certainty: Certainty


class SubProcedures(Part, frozen=True, kw_only=True):
    items: tuple[str, ...]
    note: str | None = None
    certainty: Certainty


class ProcessDocument(Part, frozen=True, kw_only=True):
    code: str
    name: str


class ProcessDocuments(Part, frozen=True, kw_only=True):
    items: tuple[ProcessDocument, ...]
    basis: str
    certainty: Certainty


class RelatedActs(Part, frozen=True, kw_only=True):
    items: dict[str, str]
    certainty: Certainty


class DraftConfirmation(Part, frozen=True, kw_only=True):
    who: Literal["applicant"]
    limit: Duration
    silence_means: Literal["accepted"]
    channel: Channel


class ReceptionRules(Part, frozen=True, kw_only=True):
    """Rules of a sector for receiving, asking and refusing."""

    scope: str
    cut_off: time
    cut_off_effect: Literal["next_working_day"]
    supplement_notice_must_name: tuple[Literal["paper", "content"], ...]
    refusal_signed_by: str
    late_document: str
    draft_confirmation: DraftConfirmation
    sent_by_province_centre: str
    forbidden: tuple[str, ...]
    identity_rule: str
    residence_rule: str
    post_rule: str
    foreign_papers_rule: str
    authorisation_rule: str
    certainty: Certainty


class Content(Part, frozen=True, kw_only=True):
    """Everything one version of a procedure says, each group with its certainty."""

    code: str
    old_codes: tuple[str, ...] = ()
    official_name: str
    short_name: str
    as_of: str
    """When the facts were gathered: a day, a month ("2026-07") or a year, as the source prints it."""
    still_same_on: str | None = None
    issuing_decision: str | None = None
    sector: Sector
    issuing_agency: str | None
    authority: Authority
    applicants: Applicants
    channels: Channels
    delivery: Delivery
    essential_list: EssentialList | None = None
    limits: TimeLimits
    fees: Fees
    papers: Papers
    sets_of_papers: int | None = None
    form: Form
    result: Result
    legal_bases: LegalBases
    refusal_reasons: Sentences
    eligibility: Sentences | None = None
    exemption_from_permit: Rule | None = None
    sub_procedures: SubProcedures | None = None
    documents_in_process: ProcessDocuments | None = None
    related_acts: RelatedActs | None = None
    local_variants: Remark | None = None
    steps: Steps | None = None
    process: Process | None = None
    reception_rules: ReceptionRules | None = None

    @property
    def variants(self) -> tuple[TimeLimit, ...]:
        """The cases (trường hợp): limits of the agency for the whole procedure, in the record's order."""
        return tuple(t for t in self.limits.items if t.reading.scope == "whole" and t.whose == "agency")
