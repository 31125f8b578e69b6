"""Invented people for the demo: plausible in names, ages, families and places, and nobody's.

Every personal number begins with 099, a prefix given to nobody, and every old number with 00.
The same seed gives the same people. Figures in data/*.yaml are weights, not statistics.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import NewPerson, Relation, Sex, Status, draw_number
from lienthong.site.demo.cast import CAST_NUMBERS, REGISTER, Cast, cast, newborn
from lienthong.site.demo.doubles import DOUBLE_NUMBERS
from lienthong.site.demo.naming import Naming, Weighted, namings, read_data
from lienthong.site.demo.places import Commune, communes

__all__ = ["AS_OF", "Cast", "Commune", "cast", "communes", "newborn", "people"]

AS_OF: Final = date(2026, 11, 1)
YEAR: Final = timedelta(days=365.25)
CARDS_SINCE: Final = date(2021, 3, 1)
NEW_CARD_LAW: Final = date(2024, 7, 1)
CARD_OFFICES: Final = ("Cục Cảnh sát quản lý hành chính về trật tự xã hội", "Bộ Công an")


@dataclass(slots=True, eq=False)
class Draft:
    """A person in the making. `family` is the family name, which children may bear."""

    number: str
    name: str
    family: str
    naming: Naming
    sex: Sex
    born: date
    birth: PartialDate
    status: Status = Status.ALIVE
    mother: "Draft | None" = None
    father: "Draft | None" = None
    spouse: "Draft | None" = None
    mother_name: str = ""
    father_name: str = ""
    home: Commune | None = None

    @property
    def at_home(self) -> bool:
        return self.status is Status.ALIVE


HOUSEHOLDS: Final = Weighted({"couple": 64.0, "three generations": 13.0, "one parent": 9.0, "alone": 14.0})
HEAD_AGES: Final = Weighted(
    {
        22: 3,
        27: 9,
        32: 13,
        37: 14,
        42: 12.5,
        47: 11,
        52: 10,
        57: 9,
        62: 7.5,
        67: 6,
        72: 4,
        77: 2.3,
        83: 1.6,
        90: 0.5,
    }
)
CHILDREN: Final = (
    (1985, Weighted({0: 6, 1: 22, 2: 50, 3: 18, 4: 4})),
    (1965, Weighted({0: 5, 1: 15, 2: 50, 3: 22, 4: 8})),
    (0, Weighted({0: 4, 1: 6, 2: 16, 3: 24, 4: 23, 5: 16, 6: 11})),
)
OLDEST: Final = 130


def by_step(steps: Sequence[tuple[int, float]], last: int) -> list[float]:
    """A share for every integer up to `last`, from the shares below each bound."""
    return [next(share for bound, share in steps if value < bound) for value in range(last + 1)]


LEFT_HOME: Final = by_step(((18, 0.0), (20, 0.05), (23, 0.2), (26, 0.45), (30, 0.75), (999, 0.94)), OLDEST)
"""By age, the share of children who have a household elsewhere."""
DEAD: Final = by_step(((50, 0.003), (60, 0.015), (70, 0.05), (80, 0.14), (90, 0.35), (999, 0.7)), OLDEST)
ONLY_YEAR: Final = by_step(((1945, 0.45), (1960, 0.22), (1970, 0.06), (1980, 0.015), (9999, 0.0)), 2100)
"""By year of birth, the share of people whose birth is known to the year."""


@dataclass
class Maker:
    """Makes households, one after another, from one seed."""

    seed: int
    places: Sequence[Commune]
    as_of: date = AS_OF
    reserved: frozenset[str] = frozenset()
    used: dict[tuple[Sex, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.spec = read_data("places.yaml")
        self.streets = read_data("streets.yaml")
        self.weights = Weighted(self._weights())
        self.mixes = {code: self._mix(code) for code in self.spec}

    def _weights(self) -> dict[Commune, float]:
        size = {one: self._size(one) for one in self.places}
        totals: dict[str, float] = {}
        for one, weight in size.items():
            totals[one.province] = totals.get(one.province, 0) + weight
        return {
            one: weight * self.spec[one.province]["weight"] / totals[one.province]
            for one, weight in size.items()
        }

    def _size(self, one: Commune) -> float:
        return (1.8 if one.is_urban else 1.0) * random.Random(f"{self.seed} {one.code}").uniform(0.5, 1.6)

    def _mix(self, province: str) -> Weighted[str]:
        peoples = dict(self.spec[province]["peoples"])
        return Weighted({f"kinh-{self.spec[province]['region']}": 100 - sum(peoples.values()), **peoples})

    def number(self, sex: Sex, year: int) -> str:
        """The next free number by the rule: a walk through the million that meets each once."""
        group = (sex, year)
        while True:
            n = self.used.get(group)
            if n is None:
                n = random.Random(f"{self.seed} {sex} {year}").randrange(1_000_000)
            self.used[group] = (n + 420_489) % 1_000_000
            number = draw_number(REGISTER, sex, year, draw=lambda _, n=n: n)  # type: ignore[misc]  # bound now
            if number not in self.reserved:
                return number

    def person(self, sex: Sex, born: date, naming: Naming, *, family: str | None = None) -> Draft:
        rng = self.rng
        family = naming.families.draw(rng) if family is None else family
        name = naming.full_name(rng, sex, born.year, family)
        draft = Draft(self.number(sex, born.year), name, family, naming, sex, born, self._birth(born))
        chance = rng.random()
        age = self.age(born)
        if chance < DEAD[age]:
            draft.status = Status.DEAD
        elif age >= 18 and chance > 0.993:
            draft.status = Status.MISSING if chance > 0.9997 else Status.EMIGRATED
        return draft

    def _birth(self, born: date) -> PartialDate:
        chance, share = self.rng.random(), ONLY_YEAR[born.year]
        if chance < share:
            return PartialDate(born.year)
        return PartialDate(born.year, born.month, None if chance < share * 1.1 else born.day)

    def age(self, born: date) -> int:
        return (self.as_of - born).days * 4 // 1461

    def born_at_age(self, low: float, high: float, of: date | None = None) -> date:
        """A day between two ages of somebody (born `of`), or two ages as of now when `of` is None."""
        if of is None:
            return self.as_of - timedelta(days=int(self.rng.uniform(low, high) * 365.25))
        return of + timedelta(days=int(self.rng.uniform(low, high) * 365.25))

    def adult(self) -> tuple[date, Sex]:
        age = HEAD_AGES.draw(self.rng)
        return self.born_at_age(age - 2, age + 3), self.rng.choice((Sex.MALE, Sex.FEMALE))

    def household(self) -> tuple[Commune, list[Draft]]:
        place = self.weights.draw(self.rng)
        people = self.mixes[place.province].draw(self.rng)
        if place.is_urban and not people.startswith("kinh") and self.rng.random() < 0.6:
            people = f"kinh-{self.spec[place.province]['region']}"
        naming = namings()[people]
        kind = HOUSEHOLDS.draw(self.rng)
        if kind == "alone":
            members = self.alone(naming)
        elif kind == "one parent":
            mother = self.person(Sex.FEMALE, self.born_at_age(24, 58), naming)
            members = [mother, *self.children(mother, None)]
        else:
            members = self.couple(naming, with_parents=kind != "couple")
        self.settle(members, place)
        return place, members

    def alone(self, naming: Naming) -> list[Draft]:
        born, sex = self.adult()
        return [self.person(sex, born, naming)]

    def couple(self, naming: Naming, *, with_parents: bool) -> list[Draft]:
        rng = self.rng
        born, _ = self.adult()
        husband = self.person(Sex.MALE, min(born, self.born_at_age(21, 22)), naming)
        gap = timedelta(days=int(rng.gauss(2.5, 3) * 365))
        wife = self.person(Sex.FEMALE, min(husband.born + gap, self.born_at_age(19, 20)), naming)
        self.marry(husband, wife)
        members = [husband, wife, *self.children(wife, husband)]
        if with_parents and self.age(husband.born) < 62:
            members += self.parents_of(husband)
        return members

    def marry(self, one: Draft, other: Draft) -> None:
        if Status.DEAD not in {one.status, other.status}:
            one.spouse, other.spouse = other, one

    def children(self, mother: Draft, father: Draft | None) -> list[Draft]:
        rng = self.rng
        count = next(table for since, table in CHILDREN if mother.born.year >= since).draw(rng)
        days = sorted(self.born_at_age(19, 33 if count < 3 else 40, mother.born) for _ in range(count))
        found: list[Draft] = []
        for born in days:
            too_close = found and born - found[-1].born < timedelta(days=330)
            too_early = father is not None and born - father.born < 18 * YEAR
            if born > self.as_of or too_close or too_early or rng.random() < LEFT_HOME[self.age(born)]:
                continue
            sex = Sex.MALE if rng.random() < 0.52 else Sex.FEMALE
            naming = (father or mother).naming
            bearer = father if father is not None and naming.line == "father" else mother
            child = self.person(sex, born, naming, family=bearer.family if naming.line != "none" else None)
            child.mother, child.father = mother, father
            found.append(child)
        return found

    def parents_of(self, son: Draft) -> list[Draft]:
        mother_born = son.born - timedelta(days=int(self.rng.uniform(18, 36) * 365.25))
        father_born = mother_born - timedelta(days=int(self.rng.uniform(0, 6) * 365.25))
        line = son.naming.line
        father = self.person(
            Sex.MALE, father_born, son.naming, family=son.family if line == "father" else None
        )
        mother = self.person(
            Sex.FEMALE, mother_born, son.naming, family=son.family if line == "mother" else None
        )
        self.marry(father, mother)
        son.mother, son.father = mother, father
        return [father, mother]

    def settle(self, members: Sequence[Draft], place: Commune) -> None:
        """Home towns, and the names of parents who are not in the register."""
        rng = self.rng
        for one in sorted(members, key=lambda draft: draft.born):
            elder = one.father or one.mother
            one.home = elder.home if elder else place if rng.random() < 0.72 else self.weights.draw(rng)
            one.mother_name = one.mother.name if one.mother else ""
            one.father_name = one.father.name if one.father else ""
            if elder is None and (one.born.year > 1950 or rng.random() < 0.6):
                self._name_parents(one)

    def _name_parents(self, one: Draft) -> None:
        naming, rng, year = one.naming, self.rng, one.born.year - 26
        father = one.family if naming.line == "father" else naming.families.draw(rng)
        mother = one.family if naming.line == "mother" else naming.families.draw(rng)
        one.father_name = naming.full_name(rng, Sex.MALE, year, father)
        one.mother_name = naming.full_name(rng, Sex.FEMALE, year, mother)

    def records(self) -> list[NewPerson]:
        """One household as records, the parents before their children."""
        place, members = self.household()
        home = [one for one in members if one.at_home]
        grown = [one for one in home if self.age(one.born) >= 18]
        head = grown[0] if grown else None
        detail = self.address(place)
        return [self.record(one, head, place, detail, members) for one in members]

    def record(
        self, one: Draft, head: Draft | None, place: Commune, detail: str, members: Sequence[Draft]
    ) -> NewPerson:
        lives_here = one.status is not Status.EMIGRATED
        in_household = head if one.at_home else None
        issued = self.card_day(one)
        return NewPerson(
            personal_number=one.number,
            full_name=one.name,
            birth=one.birth,
            sex=one.sex,
            ethnicity=one.naming.code,
            status=one.status,
            died_on=self.died(one, place, members),
            residence_unit=place.unit if lives_here else None,
            residence_detail=detail if lives_here else "",
            residence_since=self.moved_in(one) if lives_here else None,
            home_town_unit=one.home.unit if one.home else None,
            home_town=f"{one.home.name}, {one.home.province_name}" if one.home else "",
            mother_number=one.mother.number if one.mother else "",
            mother_name=one.mother_name,
            father_number=one.father.number if one.father else "",
            father_name=one.father_name,
            spouse_number=one.spouse.number if one.spouse else "",
            head_number=in_household.number if in_household else "",
            relation_to_head=relation(one, in_household) if in_household else None,
            old_number=self.old_number(one),
            card_issued_on=issued,
            card_issued_by=CARD_OFFICES[issued >= NEW_CARD_LAW] if issued else "",
        )

    def died(self, one: Draft, place: Commune, members: Sequence[Draft]) -> PartialDate | None:
        """After the last child was born, within some years; of some nobody wrote down the day, in some provinces of many."""
        if one.status is not Status.DEAD:
            return None
        rng = random.Random(f"{self.seed} died {one.number}")
        careless = random.Random(f"{self.seed} deaths {place.province}").uniform(0.02, 0.3)
        children = [child.born for child in members if one in {child.mother, child.father}]
        first = max(one.born, *children, self.as_of - 20 * YEAR)
        day = first + (self.as_of - first) * rng.random()
        chance = rng.random()
        if chance < careless:
            return None
        return PartialDate(day.year) if chance > 0.95 else PartialDate.of(day)

    def address(self, place: Commune) -> str:
        rng = self.rng
        if place.is_urban and rng.random() < 0.8:
            return f"Số {rng.randint(1, 480)}, đường {rng.choice(self.streets['streets'])}"
        part = rng.choice(self.spec[place.province]["rural"])
        which = str(rng.randint(1, 14)) if rng.random() < 0.65 else rng.choice(self.streets["villages"])
        return f"{part} {which}"

    def moved_in(self, one: Draft) -> date:
        """Since birth for most; since some day of grown life for the rest."""
        first = max(one.born, date(1976, 1, 1))
        if self.age(one.born) < 18 or self.rng.random() < 0.5:
            return min(self.as_of, first + timedelta(days=self.rng.randint(3, 60)))
        return first + timedelta(days=int((self.as_of - first).days * self.rng.uniform(0.35, 0.99)))

    def card_day(self, one: Draft) -> date | None:
        first = max(CARDS_SINCE, one.born + 14 * YEAR)
        if one.status is not Status.ALIVE or first >= self.as_of or self.rng.random() > 0.95:
            return None
        return first + timedelta(days=int((self.as_of - first).days * self.rng.random()))

    def old_number(self, one: Draft) -> str:
        if one.born.year > 2004 or self.rng.random() > 0.75:
            return ""
        return f"00{self.rng.randrange(10_000_000):07d}"


def relation(one: Draft, head: Draft) -> Relation:
    if one is head:
        return Relation.HEAD
    if one is head.spouse:
        return Relation.WIFE if one.sex is Sex.FEMALE else Relation.HUSBAND
    if head is one.mother or head is one.father:
        return Relation.CHILD
    return further_relation(one, head)


def further_relation(one: Draft, head: Draft) -> Relation:
    tests = (
        (Relation.PARENT, one in elders(head)),
        (Relation.GRANDCHILD, any(head in elders(elder) for elder in elders(one))),
        (Relation.GRANDPARENT, any(one in elders(elder) for elder in elders(head))),
        (Relation.SIBLING, any(elder in elders(head) for elder in elders(one))),
    )
    return next((name for name, holds in tests if holds), Relation.OTHER)


def elders(one: Draft) -> list[Draft]:
    return [parent for parent in (one.mother, one.father) if parent]


def people(size: int, seed: int, communes: Sequence[Commune], *, as_of: date = AS_OF) -> Iterator[NewPerson]:
    """`size` invented people, household by household; the same for the same seed and communes."""
    maker = Maker(seed, communes, as_of, reserved=CAST_NUMBERS | DOUBLE_NUMBERS)
    left = size
    while left:
        records = maker.records()
        if len(records) <= left:
            yield from records
            left -= len(records)
