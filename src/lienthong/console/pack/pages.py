"""The page of meeting papers, and the files themselves."""

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.console import queries
from lienthong.console.addresses import Question, question
from lienthong.console.pack.contents import gather
from lienthong.console.pack.form import PackForm
from lienthong.console.pack.look import MONTH, pinned_path, query_of
from lienthong.console.pack.making import ALL, FORMATS, KINDS, Made, is_pinned, made_before, make_pack, zipped
from lienthong.console.pack.tree import Pack, Section, headings
from lienthong.console.queries import Period
from lienthong.console.show import show
from lienthong.identity.public import actor_of, officer_page, require
from lienthong.kit.numbers import format_number


def asked_for(request: HttpRequest) -> tuple[Question, Period]:
    return question(request.GET), queries.period_of(request.GET.get(MONTH, ""))


@require_safe
@officer_page
def pack_page(request: HttpRequest) -> HttpResponseBase:
    """/dieu-hanh/tai-lieu/: what a meeting's papers say, and four files. The address pins day and knowledge."""
    (asked, period), by = asked_for(request), actor_of(request)
    require(by, "indicators.read")
    if not (is_pinned(asked) and MONTH in request.GET):
        return redirect(pinned_path(asked, period, by=by))
    pack = gather(asked, period, by=by)
    return show(request, "pack.html", current="console", asked=asked, **facts_of(pack, asked, period))


@require_safe
@officer_page
def pack_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """/dieu-hanh/tai-lieu/<kind>/: one file made now, or all four in one; the record keeps its hash."""
    if kind not in KINDS:
        raise Http404(kind)
    asked, period = asked_for(request)
    kinds = tuple(FORMATS) if kind == ALL else (kind,)
    files = make_pack(asked, period, kinds, by=actor_of(request))
    if kind != ALL:
        return handed_over(files[0])
    name = files[0].name.removesuffix(files[0].kind) + ALL
    return handed_over(Made(ALL, name, "application/zip", zipped(files), 0))


def handed_over(made: Made) -> HttpResponse:
    """A download that no cache keeps."""
    return HttpResponse(
        made.content,
        content_type=made.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, made.name) or "attachment",  # noqa: FBT003 - Django's signature
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def facts_of(pack: Pack, asked: Question, period: Period) -> dict[str, Any]:
    names = headings(pack)
    return {
        "pack": pack,
        "form": PackForm(asked, period),
        "query": query_of(asked, period),
        "files": file_rows(pack, asked, period),
        "parts": [(names[section.title], lines_of(section)) for section in pack.sections],
        "sentences": pack.sections[0].notes,
        "latest": reverse("console_pack") + asked.query(biet_den="", tinh_den=""),
    }


def lines_of(section: Section) -> list[dict[str, Any]]:
    return [{"title": table.title, "count": len(table.rows)} for table in section.tables]


def file_rows(pack: Pack, asked: Question, period: Period) -> list[dict[str, Any]]:
    before = made_before(pack)
    told = {
        "pdf": (_("PDF/A để in và lưu trữ"), _("toàn bộ, mỗi dòng mở được trên hệ thống")),
        "docx": (
            _("Word theo Nghị định 30/2020/NĐ-CP"),
            _("toàn bộ, văn thư điền số, ngày, nơi nhận rồi trình ký"),
        ),
        "pptx": (_("Trình chiếu"), _("các biểu đồ sửa được trong PowerPoint, những dòng đầu của mỗi bảng")),
        "xlsx": (_("Bảng tính"), _("mọi dòng, số là số, mỗi dòng kèm địa chỉ trên hệ thống")),
    }
    return [
        {
            "kind": kind,
            "name": name,
            "what": what,
            "made": (made := before.get(kind)),
            "seconds": format_number(Fraction(made.milliseconds, 1000), 1) if made else "",
            "url": reverse("console_pack_file", args=[kind]) + query_of(asked, period),
        }
        for kind, (name, what) in told.items()
    ]
