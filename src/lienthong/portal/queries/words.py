"""Facts in words, in the reader's language."""

from lienthong.fields.public import told
from lienthong.procedures.public import TimeLimit, limit_words


def limit_in_words(case: TimeLimit | None) -> str:
    """ "10 ngày làm việc"; what the source leaves out is said."""
    template, facts = limit_words(case)
    return told(template, facts)
