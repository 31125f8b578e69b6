"""Errors that carry their own sentence."""

from typing import Any, ClassVar


def said(sentence: str) -> str:
    """Mark a Vietnamese sentence for translation where Django may not be imported."""
    return sentence


class Refused(Exception):
    """What a person asked for cannot be done, and why, in words that person can act on.

    A subclass names the case and gives its `sentence`, in Vietnamese, with the facts as
    `{placeholders}`. Pages print the translated sentence; an API gives `code` and the facts.
    """

    sentence: ClassVar[str] = said("Không thực hiện được yêu cầu này.")
    status: int = 409
    """How a page or an API answers when nobody nearer has: 403, 404, or 409 for all else."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    @property
    def code(self) -> str:
        return type(self).__name__
