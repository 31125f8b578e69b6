"""Papers: what is handed in, what is only shown, what the agency looks up itself."""

from typing import Literal

from lienthong.procedures.content.base import Certainty, Part
from lienthong.procedures.content.fees import Channel

Register = Literal[
    "population_db",
    "civil_status_db",
    "residence_db",
    "land_db",
    "social_insurance_db",
    "enterprise_db",
    "health_certificate_system",
    "driving_licence_db",
    "violation_db",
    "poverty_db",
    "social_protection_db",
    "merit_db",
]
PaperKind = Literal[
    "form",
    "e_form",
    "original",
    "certified_copy",
    "plain_copy",
    "e_copy",
    "register_data",
    "photo",
    "presented",
]
Action = Literal["submit", "present", "looked_up"]


class PaperReading(Part, frozen=True, kw_only=True):
    """What the platform takes `when` and `not_asked_if` to mean; the sentences stay beside it.

    `circumstance` is a yes or no that only the applicant knows, put as `question`. `asked_if` is CEL
    over the answers. `only_if_missing`: asked only when the register was tried and has nothing.
    `is_form`: filled on the screen, so nothing is uploaded.
    """

    channels: tuple[Channel, ...] = ()
    circumstance: str | None = None
    question: str | None = None
    asked_if: str | None = None
    variant: str | None = None
    only_if_missing: bool = False
    is_form: bool = False
    certainty: Certainty


class Paper(Part, frozen=True, kw_only=True):
    key: str
    name: str
    kind: PaperKind
    action: Action
    component_code: str | None = None
    when: str | None = None
    """The condition under which it is asked; None: always."""
    not_asked_if: str | None = None
    obtainable_from: Register | None = None
    alternatives: tuple[str, ...] = ()
    basis: str | None = None
    note: str | None = None
    sensitive: bool = False
    certainty: Certainty | None = None
    """None: as the whole group."""
    reading: PaperReading


class Papers(Part, frozen=True, kw_only=True):
    items: tuple[Paper, ...]
    certainty: Certainty
