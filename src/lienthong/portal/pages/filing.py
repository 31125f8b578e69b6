"""Filling a form, step by step: case and place, answers, papers, review."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.documents.public import serve
from lienthong.dossiers.public import (
    Draft,
    begin_draft,
    discard_draft,
    save_draft,
    submit_dossier,
    take_paper_from_draft,
)
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, NotAllowed, actor_of
from lienthong.kit.errors import Refused
from lienthong.portal.actions import put_papers
from lienthong.portal.forms.steps import CaseForm, ConsentForm, PapersForm, kept_choices
from lienthong.portal.kept import own_page, typed
from lienthong.portal.pages.show import show
from lienthong.portal.queries.filing import (
    Check,
    Known,
    answer_sections,
    communes,
    draft_for,
    draft_of,
    due_if_received_now,
    files_of,
    home_commune,
    known_blocks,
    known_case,
    known_to_state,
    look_over,
    places_found,
    uploads_of,
    ways_home,
)
from lienthong.portal.queries.services import fee_rows, fee_total, offers_in_words
from lienthong.procedures.public import (
    AnswersForm,
    Content,
    ProcedureVersion,
    case_questions,
    current,
    open_hints,
)


def step(content: Content, name: str) -> dict[str, Any]:
    """Where the person is: "bước 2 trong 4"."""
    names = ["case", *(["answers"] if content.form.fields else []), "papers", "review"]
    return {
        "service": content.short_name,
        "code": content.code,
        "number": names.index(name) + 1,
        "of": len(names),
    }


def after_case(draft: Draft) -> HttpResponse:
    return redirect("portal:answers" if draft.version.typed.form.fields else "portal:papers", draft.pk)


# ---- step 1: the case and the place


@own_page
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """/dich-vu/<code>/khai/: the first step; the draft begins when it is sent."""
    version = current(code, timezone.localdate())
    if version is None or "online" not in version.typed.channels.items:
        return redirect("portal:service", code)
    return case_step(request, version, draft_for(version, by=actor_of(request)))


@own_page
def case(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """/khai/<key>/truong-hop/: the first step again."""
    draft = draft_of(key, by=actor_of(request))
    return on_to(draft) if draft.dossier else case_step(request, draft.version, draft)


def case_step(request: HttpRequest, version: ProcedureVersion, draft: Draft | None) -> HttpResponse:
    by, data = actor_of(request), typed(request)
    choices = draft.choices if draft else {}
    home = choices.get("home") or getattr(home_commune(by=by), "pk", None)
    known = known_case(version.typed, by=by, memory=request.session)
    form = case_form(version, draft, data, home, known)
    finding = data is not None and "find" in data
    if finding:
        form.say_what_was_found()
    elif request.method == "POST" and form.is_valid():
        begun = begin_draft(version=version, by=by)
        kept = save_draft(
            key=begun.pk, answers={}, choices={**form.choices, "home": home}, variant=form.chosen, by=by
        )
        return after_case(kept)
    return show(
        request, "case.html", current="home", form=form, step=step(version.typed, "case"), draft=draft
    )


def case_form(
    version: ProcedureVersion, draft: Draft | None, data: Any, home: int | None, known: Collection[str]
) -> CaseForm:
    content = version.typed
    choices = dict(draft.choices) if draft else {}
    wanted = [home, choices.get("unit"), as_number((data or {}).get("unit", ""))]
    found = places_found((data or {}).get("place", "")) if data and "find" in data else []
    near = communes(pk for pk in wanted if pk)
    initial = kept_choices(draft.variant if draft else "", choices)
    initial["unit"] = initial["unit"] or (str(home) if home else "")
    return CaseForm(
        content,
        list(dict.fromkeys([*near, *found])),
        home=home,
        questions=case_questions(content, channel="online", known=known),
        data=data,
        initial=initial,
        found=len(found),
    )


def as_number(text: str) -> int | None:
    return int(text) if text.isdigit() and len(text) < 10 else None


# ---- step 2: the answers


@own_page
def answers(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """/khai/<key>/to-khai/: what the State knows is shown, only the rest is asked."""
    by, data = actor_of(request), typed(request)
    draft = draft_of(key, by=by)
    if draft.dossier or not draft.version.typed.form.fields:
        return on_to(draft)
    known = known_to_state(
        draft.version.typed,
        by=by,
        memory=request.session,
        answers={**draft.answers, **(data.dict() if data else {})},
    )
    form = AnswersForm(
        draft.version.typed,
        known.values,
        on=timezone.localdate(),
        kept=draft.answers,
        data=data,
    )
    act = data.get("act", "") if request.method == "POST" and data else ""
    if act == "draft" and not form.strangers:
        return keep_for_later(request, draft, form, by)
    if act == "go" and form.is_valid() and not form.newly:
        save_draft(key=key, answers=form.answers, choices={}, by=by)
        return redirect("portal:papers", key)
    if data and "more" in data:
        form.errors.clear()
    return show_answers(request, draft, known, form, by)


def keep_for_later(request: HttpRequest, draft: Draft, form: AnswersForm, by: Actor) -> HttpResponse:
    save_draft(key=draft.pk, answers=form.answers, choices={}, by=by)
    messages.success(request, _("Đã lưu bản khai. Lúc nào làm tiếp cũng được, ở mục Hồ sơ của tôi."))
    return redirect("portal:my_dossiers")


def show_answers(
    request: HttpRequest, draft: Draft, known: Known, form: AnswersForm, by: Actor
) -> HttpResponse:
    content = draft.version.typed
    return show(
        request,
        "answers.html",
        current="home",
        draft=draft,
        form=form,
        known=known_blocks(content, known.facts),
        known_count=len(known.facts),
        known_refused=known.refused,
        may_know_more=by.level < 2 and any(hint.known_to for hint in open_hints(content, known.values)),
        step=step(content, "answers"),
    )


# ---- step 3: the papers and the way home


@own_page
def papers(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """/khai/<key>/giay-to/: one file each; what an agency looks up itself is not asked for."""
    by, data = actor_of(request), typed(request)
    draft = draft_of(key, by=by)
    if draft.dossier or not draft.choices.get("unit"):
        return on_to(draft)
    demands, others = uploads_of(draft, by=by, memory=request.session)
    keys = [demand.paper.key for demand in demands]
    posted = request.method == "POST"
    refused = put_papers(request=request, draft=key, keys=keys, by=by) if posted else {}
    if posted and request.POST.get("drop") in keys:
        take_paper_from_draft(key=key, paper=request.POST["drop"], by=by)
        return redirect("portal:papers", key)
    held = {k: v for k, v in files_of(draft).items() if k in keys}
    form = PapersForm(
        demands,
        ways=ways_home(draft.version.typed),
        held=held,
        data=data,
        initial=draft.choices,
        refused=refused,
    )
    if posted and form.is_valid():
        save_draft(key=key, answers={}, choices=form.choices, by=by)
        return redirect("portal:review", key)
    place = step(draft.version.typed, "papers")
    return show(
        request, "papers.html", current="home", draft=draft, form=form, held=held, others=others, step=place
    )


@own_page
@require_safe
def draft_paper(request: HttpRequest, key: UUID, paper: str) -> HttpResponseBase:
    """/khai/<key>/giay-to/<paper>/: a file as it was put in."""
    found = files_of(draft_of(key, by=actor_of(request))).get(paper)
    if found is None:
        raise Http404(paper)
    return serve(found.file)


# ---- step 4: review, sign, send


@own_page
def review(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """/khai/<key>/xem-lai/: every answer and its source; signed and sent once."""
    by = actor_of(request)
    draft = draft_of(key, by=by)
    if draft.dossier or not draft.choices.get("unit"):
        return on_to(draft)
    check = look_over(draft, by=by, memory=request.session)
    form = ConsentForm(typed(request))
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            dossier = submit_dossier(filing=check.filing, by=by, draft=key)
        except NotAllowed:
            raise
        except Refused as why:
            refused = sentence_of(why)
        else:
            return redirect("portal:receipt", dossier.code)
    return show_review(request, check, form, refused)


def show_review(request: HttpRequest, check: Check, form: ConsentForm, refused: str) -> HttpResponse:
    sources = {key: fact.source for key, fact in check.known.facts.items()}
    whole = {**check.filing.answers, **{key: fact.value for key, fact in check.known.facts.items()}}
    return show(
        request,
        "review.html",
        current="home",
        check=check,
        draft=check.draft,
        form=form,
        refused=refused,
        sections=answer_sections(check.content, whole, sources),
        fees=fee_rows(check.quote),
        fee_total=fee_total(check.quote),
        offers=offers_in_words(check.quote),
        due=due_if_received_now(check.content, check.filing.variant),
        step=step(check.content, "review"),
    )


# ---- around the steps


def on_to(draft: Draft) -> HttpResponse:
    """Where a draft belongs that this page is not for: its dossier, or its next step."""
    if draft.dossier:
        return redirect("portal:receipt", draft.dossier.code)
    if not draft.choices.get("unit"):
        return redirect("portal:case", draft.pk)
    return after_case(draft)


@own_page
@require_safe
def resume(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """/khai/<key>/: where one left off."""
    draft = draft_of(key, by=actor_of(request))
    if not draft.dossier and draft.answers and draft.choices.get("delivery"):
        return redirect("portal:review", key)
    return on_to(draft)


@own_page
@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """/khai/<key>/xoa/: throw an unfiled draft away."""
    by = actor_of(request)
    draft = draft_of(key, by=by)
    if draft.dossier:
        return on_to(draft)
    discard_draft(key=key, by=by)
    messages.success(request, _("Đã xóa bản khai dở."))
    return redirect("portal:my_dossiers")
