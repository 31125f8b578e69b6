"""How a dossier travels: the steps of a process, or the plain list of steps most records give."""

from datetime import time
from typing import Literal

from lienthong.procedures.content.base import Certainty, Duration, Part, Rule

StepClock = Literal["paused", "not_started", "paused_for_applicant"]


class Outcome(Part, frozen=True, kw_only=True):
    """Where the step leads; `to` "end" closes. `when` None: always."""

    to: str
    when: str | None = None


class StepCondition(Part, frozen=True, kw_only=True):
    field: str
    when: str


class Step(Part, frozen=True, kw_only=True):
    """`dossier_state` is the national state 1 to 10, `organisation` a key of the process's agency kinds.

    Steps of a plain list have an order, a role and a name, nothing else.
    """

    id: str
    order: int
    name: str
    role: str
    organisation: str | None = None
    limit: Duration | None = None
    outcomes: tuple[Outcome, ...] = ()
    dossier_state: int | None = None
    clock: StepClock | None = None
    when: str | None = None
    branch: str | None = None
    parallel_group: str | None = None
    outputs: tuple[str, ...] = ()
    conditions: tuple[StepCondition, ...] = ()
    external_calls: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    max_times: int | None = None
    note: str | None = None
    certainty: Certainty | None = None


class Steps(Part, frozen=True, kw_only=True):
    items: tuple[Step, ...]
    certainty: Certainty


class Branch(Part, frozen=True, kw_only=True):
    id: str
    what: str
    source: str | None = None
    role: str | None = None
    agency_kind: str | None = None
    required: bool | None = None
    when: str | None = None
    limit: Duration | None = None
    silence_means: Literal["agreed", "accepted"] | None = None


class ParallelGroup(Part, frozen=True, kw_only=True):
    id: str
    join: Literal["all"]
    branches: tuple[Branch, ...]
    overall_limit: Duration | None = None
    on_missing: str | None = None
    certainty: Certainty | None = None


class Clock(Part, frozen=True, kw_only=True):
    starts: str
    starts_certainty: Certainty | None = None
    stops_in: tuple[str, ...]
    stops_certainty: Certainty | None = None
    cut_off: time | None = None


class ProcessException(Part, frozen=True, kw_only=True):
    id: str
    rule: str
    role: str | None = None


class PreCheck(Part, frozen=True, kw_only=True):
    id: str
    rule: Rule


class Route(Part, frozen=True, kw_only=True):
    when: str
    to: str


class ProcessVariant(Part, frozen=True, kw_only=True):
    """The same process under other limits; keys of `steps` are step ids, or "consult"."""

    case: str
    total: Duration
    steps: dict[str, Duration]


class Process(Part, frozen=True, kw_only=True):
    id: str
    name: str
    basis: str | None = None
    total_limit: Duration
    clock: Clock
    agency_kinds: dict[str, str]
    steps: tuple[Step, ...]
    parallel_groups: tuple[ParallelGroup, ...]
    exceptions: tuple[ProcessException, ...] = ()
    pre_check: PreCheck | None = None
    routing: tuple[Route, ...] = ()
    variants: tuple[ProcessVariant, ...] = ()
    certainty: Certainty
