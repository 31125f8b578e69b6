"""The demo, from an empty database to half a year of operations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lienthong.cleaning.public import find_duplicates
from lienthong.dossiers.public import Dossier, History, enter_histories
from lienthong.identity.public import Account, Role
from lienthong.indicators.public import load_observations, refresh_signs, refresh_tally
from lienthong.organisations.public import Kind, Organisation, load_organisations
from lienthong.population.public import Person, add_people
from lienthong.procedures.public import load_procedures, versions_in_force
from lienthong.registries.public import measure_register
from lienthong.site.config import ROOT
from lienthong.site.demo.cast import Cast, cast
from lienthong.site.demo.doubles import DOUBLE_NUMBERS, doubles
from lienthong.site.demo.lives import Asker, Player
from lienthong.site.demo.meetings import play_meetings
from lienthong.site.demo.officers import DEMO, look_up_citizen, seat_citizens, seat_officers
from lienthong.site.demo.people import people
from lienthong.site.demo.places import Commune, communes
from lienthong.site.demo.planted import Planter, is_of_the_committee
from lienthong.site.demo.programme import play_programme
from lienthong.site.demo.sectors import SECTORS, bring_in, open_sources
from lienthong.steering.public import load_targets
from lienthong.territory.public import load_units

SEED: Final = 20261130
FACTS: Final = ROOT / "src" / "lienthong" / "steering" / "data" / "programme_facts.csv"
BATCH: Final = 2_000


@dataclass(frozen=True)
class Size:
    """How much is played: people, dossiers, and communes a province (None: all)."""

    people: int
    dossiers: int
    communes: int | None
    at_home: int
    """Dossiers of the demo's own commune, where the tour takes place."""
    planted: int = 0
    """Dossiers of each agency that the detectors are to find."""
    sector_rows: int = 0
    """About how many rows each of three sectors sends."""


SIZES: Final = {
    "tiny": Size(
        people=600, dossiers=300, communes=1, at_home=40, sector_rows=60
    ),  # the stage of browser journeys
    "small": Size(people=7_000, dossiers=7_000, communes=6, at_home=500, planted=60, sector_rows=500),
    "province": Size(
        people=60_000, dossiers=120_000, communes=None, at_home=1_500, planted=100, sector_rows=10_000
    ),
    "nation": Size(
        people=300_000, dossiers=1_020_000, communes=None, at_home=2_000, planted=100, sector_rows=60_000
    ),
}


def is_played() -> bool:
    return Dossier.objects.exists()


@dataclass
class Stage:
    """What the acts of the demo share: the size, the hour, the home commune, the progress bar."""

    size: Size
    now: datetime
    progress: Progress
    communes: list[Commune]
    home: Commune
    officers: dict[str, Account]

    def bar(self, title: str, total: int) -> Callable[[int], None]:
        task = self.progress.add_task(title, total=total)
        return lambda step: self.progress.advance(task, step)


def play(name: str, *, quiet: bool = False) -> Stage:
    """Load the reference data and play the demo of a size. The database is migrated and empty."""
    size = SIZES[name]
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, disable=quiet) as progress:
        now = timezone.localtime()
        _reference(progress)
        places = communes(now.date())
        home = next(p for p in sorted(places, key=lambda p: p.code) if p.province == "82")
        stage = Stage(size, now, progress, _chosen(places, size, home), home, {})
        _people(stage)
        stage.officers = _officers(stage)
        play_programme(stage.officers, stage.home.province, now)
        play_meetings(now)
        _dossiers(stage)
        bring_in(open_sources(), size.sector_rows, SEED, stage.bar("Sectors' files, linked", len(SECTORS)))
        measure_register(by=DEMO)
        find_duplicates(by=DEMO)
        tick = stage.bar("Counters", 1)
        refresh_tally()
        refresh_signs()
        tick(1)
    return stage


def _reference(progress: Progress) -> None:
    loads: list[Callable[..., Any]] = [load_units, load_organisations, load_procedures, load_targets]
    if FACTS.exists():
        loads.append(partial(load_observations, path=FACTS))
    task = progress.add_task("Units, agencies, procedures", total=len(loads))
    for load in loads:
        load(by=DEMO)
        progress.advance(task)


def _chosen(places: list[Commune], size: Size, home: Commune) -> list[Commune]:
    """Some communes of every province in the small demo, all of them else; the cast's are always there."""
    if size.communes is None:
        return places
    chosen: list[Commune] = []
    for province in sorted({p.province for p in places}):
        chosen += [p for p in places if p.province == province][: size.communes]
    return chosen


def _people(stage: Stage) -> None:
    tick = stage.bar("People", stage.size.people)
    add_people([*cast(stage.communes), *doubles(stage.communes)], by=DEMO)
    source = people(stage.size.people, SEED, stage.communes, as_of=stage.now.date())
    while batch := list(islice(source, 10_000)):
        add_people(batch, by=DEMO)
        tick(len(batch))


@transaction.atomic
def _officers(stage: Stage) -> dict[str, Account]:
    """The tour's officers at the home commune, and their like elsewhere, for trying what is not allowed."""
    day = stage.now.date()
    here = Organisation.objects.on(day)
    other = next(p for p in stage.communes if p.province == "31")
    places = {
        "centre": here.get(kind=Kind.ONE_STOP_CENTRE, unit_id=stage.home.unit),
        "committee": here.get(kind=Kind.COMMUNE_COMMITTEE, unit_id=stage.home.unit),
        "province": here.get(
            kind=Kind.PROVINCE_COMMITTEE, unit__code=stage.home.province, unit__level="province"
        ),
        "home_affairs": here.get(code="G09"),
        "elsewhere_centre": here.get(kind=Kind.ONE_STOP_CENTRE, unit_id=other.unit),
        "elsewhere_committee": here.get(kind=Kind.COMMUNE_COMMITTEE, unit_id=other.unit),
    }
    seat_citizens()
    seated = seat_officers(places, since=date(2026, 1, 1))
    look_up_citizen(seated["nhi.cao"], places["committee"])
    return seated


def _dossiers(stage: Stage) -> None:
    askers = _askers()
    player = Player(seed=SEED, now=stage.now, versions=versions_in_force(stage.now.date()), askers=askers)
    planted = len(PLANTED) * stage.size.planted
    tick = stage.bar("Dossiers", stage.size.dossiers + stage.size.at_home + planted)
    source = player.histories(stage.size.dossiers)
    _enter("country", source, tick)
    _enter("home", _at_home(stage, player, askers), tick)
    if planted:
        _enter("planted", _planted(stage, player, askers), tick)


PLANTED: Final = {"22": "due_moved", "40": "digitised_at_month_end", "75": "one_device"}
"""Province -> the detector that its first commune's committee of last month is for. Invented, like all of it."""


def _planted(stage: Stage, player: Player, askers: list[Asker]) -> Iterator[History]:
    """Three agencies, half of whose dossiers of last month look unusual in one way each."""
    month = (stage.now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    for province, code in PLANTED.items():
        place = min((p for p in stage.communes if p.province == province), key=lambda p: p.code)
        local = [a for a in askers if a.unit == place.unit]
        services = [s for s in player.services if is_of_the_committee(s.version)]
        planter = Planter(player, local, services, month, SEED)
        half = stage.size.planted // 2
        yield from planter.honest(stage.size.planted - half)
        yield from planter.bent(code, half)


def _enter(batch: str, source: Iterator[History], tick: Callable[[int], None]) -> None:
    number = 0
    while histories := list(islice(source, BATCH)):
        number += 1
        enter_histories(histories=histories, batch=f"demo/{batch}/{number}", by=DEMO)
        tick(len(histories))


def _askers() -> list[Asker]:
    """Adults with a number and a home, alive."""
    grown = Person.objects.filter(
        status="alive", residence_unit__isnull=False, birth_date__lte=date(2006, 1, 1)
    )
    rows = grown.exclude(personal_number__in=[*map(str, Cast), *DOUBLE_NUMBERS]).values_list(
        "personal_number", "full_name", "residence_unit_id", "residence_unit__parent__code"
    )
    return [
        Asker(number, name, unit, province)
        for number, name, unit, province in rows.order_by("personal_number")
    ]


def _at_home(stage: Stage, player: Player, askers: list[Asker]) -> Iterator[History]:
    """The home commune is busier lately, and its handlers are the tour's officers."""
    local = [a for a in askers if a.unit == stage.home.unit]
    services = [s for s in player.services if s.version.typed.authority.deciding_level == "commune"]
    dice = Random(SEED + 1)
    handlers = [stage.officers["long.pham"], stage.officers["phat.huynh"]]
    for number in range(stage.size.at_home):
        handler = dice.choice(handlers)
        named = {
            Role.RECEPTION: stage.officers["van.le"],
            Role.CENTRE_LEADER: stage.officers["rang.son"],
            Role.HANDLER: handler,
            Role.LEADER: stage.officers["hau.vo"],
        }
        officers = {
            role.value: (account.reference, account.name, account.pk) for role, account in named.items()
        }
        filed = None
        if number % 2:
            back = timedelta(minutes=dice.randrange(5, 10 * 24 * 60))
            filed = player.office.next_open(stage.now - back, player.calendar)
            filed = filed if filed <= stage.now else stage.now - timedelta(minutes=5)
        yield player.history(
            dice.choice(local),
            dice.choices(services, [s.weight for s in services])[0],
            officers=officers,
            filed=filed,
        )
