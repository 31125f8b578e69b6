"""The officer's queue."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lienthong.desk.actions import ManyAssigned, assign_many
from lienthong.desk.forms.queue import AssignManyForm, FilterForm, wanted_of
from lienthong.desk.pages.show import desk_page, show
from lienthong.desk.queries.queue import Queue, Wanted, chips_of, next_holiday, open_queue, rows_of
from lienthong.identity.public import Actor, Role, actor_of

A_PAGE = 50


@desk_page
def queue(request: HttpRequest) -> HttpResponseBase:
    """/can-bo/: what waits for this duty; a POST gives many dossiers to one handler."""
    by, wanted = actor_of(request), wanted_of(request.GET)
    opened = open_queue(wanted, by=by)
    bulk = bulk_form(request, opened, by)
    if request.method == "POST" and bulk and bulk.is_valid():
        handler = bulk.holders[bulk.cleaned_data["handler"]]
        tell(request, assign_many(picked=bulk.picked(), handler=handler, by=by), handler.name)
        return redirect(request.get_full_path())
    return show_queue(request, opened, wanted, bulk)


def bulk_form(request: HttpRequest, opened: Queue, by: Actor) -> AssignManyForm | None:
    """A leader gives to anybody, a handler only takes; at a centre nothing is assigned."""
    if not by.has(Role.LEADER, Role.HANDLER):
        return None
    only = None if by.has(Role.LEADER) else by.account_id
    return AssignManyForm(opened, only=only, data=request.POST if request.method == "POST" else None)


def tell(request: HttpRequest, done: ManyAssigned, name: str) -> None:
    if done.given:
        words = ngettext("Đã giao {n} hồ sơ cho {name}.", "Đã giao {n} hồ sơ cho {name}.", done.given)
        messages.success(request, words.format(n=done.given, name=name))
    for code, why in done.refused:
        messages.error(request, f"{code}: {why}" if code else why)
    if not done.given and not done.refused:
        messages.error(request, _("Đánh dấu ít nhất một hồ sơ rồi bấm Giao việc."))


def show_queue(
    request: HttpRequest, opened: Queue, wanted: Wanted, bulk: AssignManyForm | None
) -> HttpResponse:
    pages = Paginator(opened.found, A_PAGE)
    pages.count = opened.shown  # a cached_property: the chips have counted already
    page = pages.get_page(request.GET.get("page"))

    def address(chip: str, **more: str) -> str:
        query = request.GET.copy()
        for name in ("page", "chip", "pick", *more):
            query.pop(name, None)
        query.update({key: value for key, value in {"chip": chip, **more}.items() if value})
        return f"?{query.urlencode()}"

    facts: dict[str, Any] = {
        "chips": chips_of(opened, wanted, address),
        "alerts": alerts_of(opened, address, actor_of(request)),
        "filters": FilterForm(opened, initial={**request.GET.dict()}),
        "pick_all": address("unassigned", pick="all") if bulk and opened.counts["unassigned"] else "",
        "picked": request.GET.get("pick") == "all" and wanted.chip == "unassigned",
        "heads": heads_of(wanted, opened, lambda sort: address(wanted.chip, sort=sort)),
        "holiday": next_holiday(timezone.now()),
    }
    status = 422 if bulk and bulk.errors else 200
    return show(
        request, "queue.html", current="queue", waiting=opened.counts["all"], status=status,
        page=page, rows=rows_of(page), queue=opened, bulk=bulk, **facts,
    )  # fmt: skip


def heads_of(wanted: Wanted, opened: Queue, address: Callable[[str], str]) -> list[dict[str, str]]:
    """The table's heads; each sorts by its column, and the other way when pressed again."""
    last = ("", _("Người giữ")) if opened.handlers else ("", _("Cách nộp"))
    columns = [
        ("due", _("Hạn")), ("code", _("Mã hồ sơ")), ("procedure", _("Thủ tục")), ("name", _("Người nộp")),
        ("last", _("Bước, việc gần nhất")), last,
    ]  # fmt: skip
    heads = []
    for name, label in columns:
        down = wanted.sort == f"-{name}"
        up = bool(name) and wanted.sort == name
        url = address(f"-{name}" if up else name) if name else ""
        heads.append(
            {"label": label, "url": url, "sorted": "ascending" if up else "descending" if down else ""}
        )
    return heads


def alerts_of(opened: Queue, address: Any, by: Actor) -> list[dict[str, str]]:
    """What to look at before the list: one's own, proposals to sign, nobody's dossiers, silent ones."""
    words = {
        "to_sign": _("{n} hồ sơ chờ ký"),
        "unassigned": _("{n} hồ sơ chưa giao ai"),
        "silent": _("{n} hồ sơ im lặng quá 48 giờ"),
    }
    counts = opened.counts
    mine = next((held for account, held in opened.handlers if account.pk == by.account_id), 0)
    own = [
        {"text": _("{n} hồ sơ tôi đang giữ").format(n=mine), "url": address("", handler=str(by.account_id))}
    ]
    return (own if mine else []) + [
        {"text": text.format(n=counts[name]), "url": address(name)}
        for name, text in words.items()
        if counts[name]
    ]
