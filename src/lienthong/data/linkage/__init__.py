"""Records of a sector linked with the register of people: the door is `link`.

The compiled kernels cost a process 60 MB and half a second: they come with the first name asked for that needs them (PEP
562), so that pages and commands that link nothing do without.
"""

from typing import TYPE_CHECKING

from lienthong.data.linkage.model import Model, default_model
from lienthong.data.linkage.verdicts import Reason, Verdict, parse_reasons

if TYPE_CHECKING:
    from lienthong.data.linkage.run import LinkSettings, Progress, Summary, link

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


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from lienthong.data.linkage import run  # noqa: PLC0415 - see above

    return getattr(run, name)
