"""Forms: JSON Schema and hints of a form's fields, tidying and checking of answers. Plain Python."""

from lienthong.procedures.schema.build import FieldHint, condition_of, form_hints, form_schema, options_of
from lienthong.procedures.schema.check import AnswerProblem, check_answers, is_shown
from lienthong.procedures.schema.lists import CodeList, Column, code_lists, columns
from lienthong.procedures.schema.tidy import tidy_answers

__all__ = [
    "AnswerProblem",
    "CodeList",
    "Column",
    "FieldHint",
    "check_answers",
    "code_lists",
    "columns",
    "condition_of",
    "form_hints",
    "form_schema",
    "is_shown",
    "options_of",
    "tidy_answers",
]
