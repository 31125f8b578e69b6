"""Reads over dossiers: terms, routes, the officers' queue, the citizen's list."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import Case, Count, F, Min, Q, When
from django.utils import timezone

from lienthong.documents.public import StoredFile
from lienthong.dossiers.models import YEAR, Dossier, DossierQuerySet, Movement
from lienthong.dossiers.rules import Terms
from lienthong.dossiers.states import Act, State
from lienthong.identity.public import Account, Actor, Role, RoleAssignment, allowed, require
from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import Counting, Stop
from lienthong.kit.errors import Refused, said
from lienthong.kit.names import fold, sort_key
from lienthong.organisations.public import Organisation, organisation
from lienthong.procedures.public import agency_limit, find_version

WITH_NAMES = ("authority", "reception", "helped_at", "handler", "version__procedure")


class NoSuchDossier(Refused):
    """The same sentence for a dossier that is not there and one that is not the viewer's."""

    sentence = said("Không tìm thấy hồ sơ này, hoặc hồ sơ không thuộc quyền xem của tài khoản đang dùng.")
    status = 404


@lru_cache(maxsize=4096)
def terms(version: int, variant: str) -> Terms:
    """What a procedure version grants. Published versions never change, so this may be kept."""
    limit, cut_off = agency_limit(find_version(version).typed, variant or None)
    return Terms(limit=limit, counting=Counting(cut_off=cut_off))


def terms_of(dossier: Dossier) -> Terms:
    return terms(dossier.version_id, dossier.variant)


def find_dossier(code: str, *, by: Actor) -> Dossier:
    """The dossier of this code, if the viewer may read it. Raises NoSuchDossier."""
    found = (
        Dossier.objects.filter(code=code.strip().upper(), **year_of(code)).select_related(*WITH_NAMES).first()
    )
    if found is None or not allowed(by, "dossiers.read", found):
        raise NoSuchDossier
    return found


def find_paper(code: str, number: int, *, by: Actor) -> StoredFile:
    """The file of a dossier's paper, if the viewer may read it. Raises NoSuchDossier."""
    found = find_dossier(code, by=by).papers.select_related("file").filter(number=number).first()
    if found is None or found.file is None:
        raise NoSuchDossier
    return found.file


def find_result(code: str, *, by: Actor) -> StoredFile:
    """The signed result, if the viewer may read the dossier. Raises NoSuchDossier."""
    result = find_dossier(code, by=by).result
    if result is None:
        raise NoSuchDossier
    return result


def year_of(code: str) -> dict[str, int]:
    """Bounds on the id from the day in a code, so that one partition is searched."""
    digits = code.rpartition("-")[0].rpartition("-")[2]
    if len(digits) != 6 or not digits.isdigit():
        return {}
    year = 2000 + int(digits[:2])
    return {"id__gte": year * YEAR, "id__lt": (year + 1) * YEAR}


def find_place(code: str, *, on: date) -> int:
    """The id of the agency of this code under its name of the day."""
    return organisation(code, on).pk


# ---- the officers' queue


@dataclass(frozen=True)
class Edges:
    """Where the queue's buckets begin: now, the end of today, the end of the second working day."""

    now: datetime
    today: datetime
    soon: datetime

    @classmethod
    def at(cls, now: datetime) -> "Edges":
        day = timezone.localdate(now)
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        soon = Calendar.official().add_working_days(day, 2)
        return cls(now, midnight + timedelta(days=1), midnight + (soon - day + timedelta(days=1)))


def buckets(edges: Edges) -> dict[str, Q]:
    """The chips above the queue: disjoint, and together everything in it."""
    stopped = Q(stopped_at__isnull=False)
    undated = Q(stopped_at__isnull=True, due_at__isnull=True)
    running = Q(stopped_at__isnull=True, due_at__isnull=False)
    return {
        "late": running & Q(due_at__lt=edges.now),
        "today": running & Q(due_at__gte=edges.now, due_at__lt=edges.today),
        "soon": running & Q(due_at__gte=edges.today, due_at__lt=edges.soon),
        "later": running & Q(due_at__gte=edges.soon),
        "stopped": stopped,
        "undated": undated,
    }


RECEPTION_STATES = (State.FILED, State.AWAITING_SUPPLEMENT, State.DECIDED)
AUTHORITY_STATES = (
    State.RECEIVED,
    State.IN_PROGRESS,
    State.AWAITING_SUPPLEMENT,
    State.AWAITING_PAYMENT,
    State.STOPPED,
)


def queue_of(by: Actor) -> DossierQuerySet:
    """What waits for the duties of this officer, and nobody else's.

    A centre: what is not yet received or not yet returned. An authority: what is received and open.
    """
    centres = [d.organisation for d in by.duties if d.role in {Role.RECEPTION, Role.CENTRE_LEADER}]
    authorities = [d.organisation for d in by.duties if d.role in {Role.HANDLER, Role.LEADER, Role.CLERK}]
    at_centre = Q(reception__in=ids_of(centres), state__in=RECEPTION_STATES, returned_at__isnull=True)
    waits_here = Q(received_at__isnull=True) | Q(state=State.DECIDED)
    at_authority = Q(authority__in=ids_of(authorities), state__in=AUTHORITY_STATES, closed_at__isnull=True)
    return Dossier.objects.filter((at_centre & waits_here) | (at_authority & Q(received_at__isnull=False)))


def ids_of(codes: list[str]) -> list[int]:
    """Ids of every row (name) that agencies of these codes ever had; codes of one duty are few."""
    if not codes:
        return []
    return list(Organisation.objects.filter(code__in=codes).values_list("pk", flat=True))


def filter_queue(
    queue: DossierQuerySet, *, text: str = "", procedure: str = "", handler: int | None = None
) -> DossierQuerySet:
    """Narrow the queue by a code, a name with or without accents, or a personal number."""
    if text:
        key = fold(text)
        queue = queue.filter(
            Q(code__icontains=text.strip())
            | Q(applicant_key__contains=key)
            | Q(applicant_number=text.strip())
        )
    if procedure:
        queue = queue.filter(procedure_code=procedure)
    if handler is not None:
        queue = queue.filter(handler=handler) if handler else queue.filter(handler__isnull=True)
    return queue


def count_buckets(queue: DossierQuerySet, edges: Edges) -> dict[str, int]:
    counted = {name: Count("pk", filter=q) for name, q in buckets(edges).items()}
    return queue.aggregate(
        all=Count("pk"),
        unassigned=Count("pk", filter=Q(handler__isnull=True, received_at__isnull=False)),
        **counted,
    )


def most_urgent_first(queue: DossierQuerySet) -> DossierQuerySet:
    """By due moment; what has none comes last, stopped clocks after running ones."""
    return queue.select_related(*WITH_NAMES).order_by(
        F("stopped_at").asc(nulls_first=True), F("due_at").asc(nulls_last=True), "id"
    )


# ---- one dossier


def stops_of(movements: list[Movement]) -> list[Stop]:
    """When the clock stood still, from the ledger: from a stopping act after receipt to the next act."""
    stops: list[Stop] = []
    began: Movement | None = None
    for line in movements:
        if began is not None and line.after not in {
            State.AWAITING_SUPPLEMENT,
            State.AWAITING_PAYMENT,
            State.STOPPED,
        }:
            stops.append(Stop(began.at, line.at, began.note))
            began = None
        if line.act in {Act.ASK_SUPPLEMENT, Act.ASK_PAYMENT, Act.STOP} and line.due_after:
            began = line
    if began is not None:
        stops.append(Stop(began.at, None, began.note))
    return stops


def ledger_of(dossier: Dossier) -> list[Movement]:
    return list(Movement.objects.filter(dossier=dossier).select_related("document").order_by("number"))


# ---- the citizen's list


def dossiers_of(by: Actor) -> DossierQuerySet:
    """One's own, those that wait for oneself first."""
    mine = Dossier.objects.filter(applicant_number=by.personal_number or "-").select_related(*WITH_NAMES)
    waits = Q(state__in=(State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT))
    return mine.order_by(Case(When(waits, then=0), default=1), "-filed_at")


def silent_since(queue: DossierQuerySet, moment: datetime) -> DossierQuerySet:
    """Received, running, and nothing happened since `moment`: the "treo" that citizens report."""
    return queue.filter(
        received_at__isnull=False, stopped_at__isnull=True, closed_at__isnull=True, last_at__lt=moment
    )


def handlers_at(organisation: str) -> list[Account]:
    """Who may be given dossiers of the agency of this code today, by name."""
    held = RoleAssignment.objects.on(timezone.localdate()).filter(
        organisation__code=organisation, role__in=(Role.HANDLER, Role.LEADER), account__is_active=True
    )
    return sorted(
        {each.account for each in held.select_related("account")}, key=lambda account: sort_key(account.name)
    )


# ---- for those who steer: no person in it


@dataclass(frozen=True)
class LateCount:
    """Open dossiers past their due moment at one authority, and since when the oldest is."""

    authority: Organisation
    count: int
    oldest: datetime


def late_by_authority(*, by: Actor, limit: int | None, now: datetime | None = None) -> list[LateCount]:
    """Who must act: most late dossiers first. Requires dossiers.inspect."""
    require(by, "dossiers.inspect")
    late = Dossier.objects.filter(
        closed_at__isnull=True, stopped_at__isnull=True, due_at__lt=now or timezone.now()
    )
    rows = (
        late.values("authority")
        .annotate(n=Count("pk"), oldest=Min("due_at"))
        .order_by("-n", "oldest")[:limit]
    )
    agencies = Organisation.objects.select_related("unit", "parent").in_bulk(
        [row["authority"] for row in rows]
    )
    return [LateCount(agencies[row["authority"]], row["n"], row["oldest"]) for row in rows]


def course_of(code: str, *, by: Actor) -> tuple[Dossier, list[Movement]]:
    """A dossier and its ledger for those who steer; pages print no person of it. Raises NoSuchDossier."""
    require(by, "dossiers.inspect")
    found = (
        Dossier.objects.filter(code=code.strip().upper(), **year_of(code)).select_related(*WITH_NAMES).first()
    )
    if found is None:
        raise NoSuchDossier
    return found, ledger_of(found)


def courses(ids: list[int], *, by: Actor) -> list[Dossier]:
    """Dossiers by id in the order given, for a figure's last page."""
    require(by, "dossiers.inspect")
    found = Dossier.objects.select_related(*WITH_NAMES).in_bulk(ids)
    return [found[pk] for pk in ids]
