"""What a pack is asked for: the month of targets beside what is asked of the register of tasks."""

from django import forms
from django.utils.translation import gettext as _

from lienthong.console.addresses import Question
from lienthong.console.forms import QuestionForm
from lienthong.console.pack.look import MONTH
from lienthong.console.queries import Period


class PackForm(QuestionForm):
    """Scope, day, knowledge, month: all in the address."""

    def __init__(self, asked: Question, period: Period) -> None:
        super().__init__(asked)
        months = [(f"{month:%Y-%m}", f"{month:%m/%Y}") for month in reversed(period.months)]
        chosen = f"{period.month:%Y-%m}"
        self.fields[MONTH] = forms.ChoiceField(
            label=_("Chỉ tiêu của tháng"), choices=months or [(chosen, chosen)], initial=chosen
        )
