"""How far a dossier has come, step by step."""

from django.utils.translation import gettext as _

from lienthong.desk.queries.dossier import DossierPage
from lienthong.desk.queries.words import short_moment
from lienthong.desk.rules import LIMIT_WORDS
from lienthong.desk.steps import HANDLER_WORDS, Stage, kind_of, stages
from lienthong.dossiers.public import Act, State
from lienthong.fields.public import told


def steps_of(page: DossierPage) -> list[dict[str, str]]:
    """The procedure's own steps, with who and when where the ledger tells; the common ones where it lists none."""
    own = stages(page.dossier.version.typed)
    return _own_steps(page, own) if own else _common_steps(page)


def _own_steps(page: DossierPage, own: list[Stage]) -> list[dict[str, str]]:
    dossier, now = page.dossier, State(page.dossier.state)
    been = frozenset(State(line.after) for line in page.ledger)
    reached = {State(line.after): line for line in page.ledger if line.before != line.after}
    shown: list[dict[str, str]] = []
    for n, stage in enumerate(own):
        kind = kind_of(stage, now=now, been=been, signing=dossier.step == "signature")
        if kind is None:
            continue
        last = n + 1 == len(own) or own[n + 1].state != stage.state
        line = reached.get(stage.state) if last and kind == "done" else None
        when = f"{short_moment(line.at)} · {line.actor_name}" if line else _who_now(page, stage, kind)
        condition = _("khi {when}").format(when=stage.step.when) if stage.step.when else ""
        limit = _step_limit(stage)
        text = ", ".join(filter(None, (when, condition, limit)))
        shown.append({"title": f"{len(shown) + 1}. {stage.step.name}", "text": text, "kind": kind})
    return shown


def _who_now(page: DossierPage, stage: Stage, kind: str) -> str:
    handler = page.dossier.handler
    handles = stage.who == HANDLER_WORDS
    return handler.name if handles and handler and kind != "next" else _(stage.who)


def _step_limit(stage: Stage) -> str:
    limit = stage.step.limit
    words = LIMIT_WORDS.get(limit.unit or "") if limit else None
    return told(words, {"value": limit.value}) if words and limit and limit.value is not None else ""


def _common_steps(page: DossierPage) -> list[dict[str, str]]:
    dossier, ledger = page.dossier, page.ledger
    last = {line.act: line for line in ledger}
    plan = [
        (_("Tiếp nhận"), last.get(Act.RECEIVE), dossier.reception.name),
        (_("Giao người thụ lý"), last.get(Act.ASSIGN), _("lãnh đạo {at}").format(at=dossier.authority.name)),
        (_("Thẩm định, trình"), last.get(Act.PROPOSE) if dossier.proposal else None, dossier.handler.name if dossier.handler else ""),
        (_("Quyết định, ký số"), last.get(Act.DECIDE), _("lãnh đạo {at}").format(at=dossier.authority.name)),
        (_("Trả kết quả"), last.get(Act.RETURN), dossier.reception.name),
    ]  # fmt: skip
    steps, reached = [], max((n for n, (_t, line, _w) in enumerate(plan) if line), default=-1)
    ended = dossier.state in {State.REFUSED, State.WITHDRAWN}
    for n, (title, line, who) in enumerate(plan):
        kind = "done" if n <= reached else "now" if n == reached + 1 and not ended else "next"
        text = f"{short_moment(line.at)} · {line.actor_name}" if line else who if n > reached else ""
        steps.append({"title": f"{n + 1}. {title}", "text": text, "kind": kind})
    return steps
