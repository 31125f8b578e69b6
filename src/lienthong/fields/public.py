from lienthong.fields.choices import Checkboxes, Radios
from lienthong.fields.dates import DayField, DayMonthYear, PartialDateField, posted_date
from lienthong.fields.personal import PersonalNumberField, PersonalNumberInput
from lienthong.fields.plain import PlainForm, say_what_to_do
from lienthong.fields.sentences import refusals_at, sentence_of, told

__all__ = [
    "Checkboxes",
    "DayField",
    "DayMonthYear",
    "PartialDateField",
    "PersonalNumberField",
    "PersonalNumberInput",
    "PlainForm",
    "Radios",
    "posted_date",
    "refusals_at",
    "say_what_to_do",
    "sentence_of",
    "told",
]
