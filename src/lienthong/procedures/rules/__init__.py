"""The rules of procedures in plain Python: one module for each matter."""

from lienthong.procedures.rules.completeness import MissingPart, completeness
from lienthong.procedures.rules.defects import Defect, DefectKind, defects, repeated_keys
from lienthong.procedures.rules.edits import Edits, FeeEdit, LimitEdit, PaperNameTaken, edit_of, edited
from lienthong.procedures.rules.facts import Change, Fact, changes_between, facts_of, how_sure
from lienthong.procedures.rules.fees import FeeLine, FeeQuote, Offer, fee_for, last_day_of, portal_fee
from lienthong.procedures.rules.limits import (
    NoSuchVariant,
    agency_limit,
    duty_last_day,
    limit_words,
    newest_law,
    variant_of,
)
from lienthong.procedures.rules.papers import (
    REGISTER_NAMES,
    Need,
    PaperDemand,
    circumstances,
    component_result,
    papers_for,
    result_reuse,
)
from lienthong.procedures.rules.questions import case_questions

__all__ = [
    "REGISTER_NAMES",
    "Change",
    "Defect",
    "DefectKind",
    "Edits",
    "Fact",
    "FeeEdit",
    "FeeLine",
    "FeeQuote",
    "LimitEdit",
    "MissingPart",
    "Need",
    "NoSuchVariant",
    "Offer",
    "PaperDemand",
    "PaperNameTaken",
    "agency_limit",
    "case_questions",
    "changes_between",
    "circumstances",
    "completeness",
    "component_result",
    "defects",
    "duty_last_day",
    "edit_of",
    "edited",
    "facts_of",
    "fee_for",
    "how_sure",
    "last_day_of",
    "limit_words",
    "newest_law",
    "papers_for",
    "portal_fee",
    "repeated_keys",
    "result_reuse",
    "variant_of",
]
