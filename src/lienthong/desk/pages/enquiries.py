"""What people ask one's agency about data held on them."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.desk.forms.enquiries import AnswerForm
from lienthong.desk.pages.show import desk_page, show
from lienthong.enquiries.public import answer, enquiries_to_answer, find_enquiry
from lienthong.fields.public import sentence_of
from lienthong.identity.public import NotAllowed, actor_of
from lienthong.kit.errors import Refused

A_PAGE = 50


@desk_page
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """/can-bo/cau-hoi/: what waits for an answer first, by its day."""
    page = Paginator(enquiries_to_answer(actor_of(request)), A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [(one, one.is_late(today)) for one in page]
    return show(
        request, "enquiries.html", current="enquiries", page=page, rows=rows,
        answer_days=settings.ENQUIRY_WORKING_DAYS,
    )  # fmt: skip


@desk_page
def one(request: HttpRequest, number: int) -> HttpResponseBase:
    """/can-bo/cau-hoi/<n>/: the question as it was asked; its one answer."""
    by = actor_of(request)
    enquiry = find_enquiry(number, by=by)
    form = AnswerForm(enquiry, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer(enquiry=number, by=by, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            messages.success(request, _("Đã trả lời; người hỏi thấy ngay."))
            return redirect("desk:enquiries")
    late = enquiry.is_late(timezone.localdate())
    return show(request, "enquiry.html", current="enquiries", enquiry=enquiry, late=late, form=form)
