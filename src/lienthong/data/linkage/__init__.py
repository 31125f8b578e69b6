"""Records of a sector linked with the register of people: the door is `link`."""

from lienthong.data.linkage.model import Model, default_model
from lienthong.data.linkage.run import LinkSettings, Progress, Summary, link
from lienthong.data.linkage.verdicts import Reason, Verdict, parse_reasons

__all__ = [
    "LinkSettings",
    "Model",
    "Progress",
    "Reason",
    "Summary",
    "Verdict",
    "default_model",
    "link",
    "parse_reasons",
]
