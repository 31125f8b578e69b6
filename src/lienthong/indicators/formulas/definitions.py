"""An index as data: versions in time, groups, components, formulas. Checked whole before use."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

from lienthong.indicators.formulas.expressions import Expression, parse
from lienthong.kit.errors import Refused, said


class DefinitionUnreadable(Refused):
    sentence = said("Tệp công thức {file} không đọc được ở “{where}”: {detail}.")


class UnknownCounter(Refused):
    sentence = said("{where}: không có bộ đếm “{name}”.")


class DividesByMissingCounter(Refused):
    sentence = said("{where}: công thức chia cho “{name}”, nhưng không có bộ đếm đó.")


class NoDenominator(Refused):
    sentence = said("{where}: chưa nêu mẫu số. Một tỷ lệ phải nói rõ tính trên tổng nào.")


class CircularFormula(Refused):
    sentence = said("Công thức đi vòng: {chain}.")


class OverlappingValidity(Refused):
    sentence = said("Hai phiên bản {first} và {second} cùng có hiệu lực ngày {day}.")


class EndsBeforeItBegins(Refused):
    sentence = said("Phiên bản {version} hết hiệu lực ({until}) trước khi có hiệu lực ({since}).")


class MaximaDiffer(Refused):
    sentence = said("Nhóm {group} tối đa {given} điểm, nhưng các thành phần cộng lại được {summed} điểm.")


class ComponentTwice(Refused):
    sentence = said("Phiên bản {version} có hai thành phần cùng mã {code}.")


class UnknownSetting(Refused):
    sentence = said("Không có tham số “{key}”. Các tham số: {known}.")


EMPTY: Final = ("not_applicable", "zero", "full")
"""What an empty denominator means: no figure, no points, or all points."""
SHIPPED: Final = "qd766.yaml"


@dataclass(frozen=True)
class Setting:
    """What the sources leave open: the value used, others possible, and why it is doubtful."""

    key: str
    value: Fraction
    alternatives: tuple[Fraction, ...]
    doubt: str


@dataclass(frozen=True)
class Component:
    """One line of the index. Its score is `cap` × ratio ÷ `full_at`, at most `cap` and at least 0.

    `denominators` are tried in turn until one is not zero. `factor` multiplies the ratio. A component
    without points (`cap` 0) is information.
    """

    code: str
    api: str
    name: str
    group: str
    cap: Fraction
    numerator: Expression
    denominators: tuple[Expression, ...]
    factor: Expression | None
    full_at: Fraction
    empty: str
    unit: str
    reading: str
    doubt: str

    @property
    def expressions(self) -> tuple[Expression, ...]:
        factor = (self.factor,) if self.factor else ()
        return (self.numerator, *self.denominators, *factor)


@dataclass(frozen=True)
class Group:
    code: str
    name: str
    cap: Fraction


@dataclass(frozen=True)
class Level:
    name: str
    at_least: Fraction


@dataclass(frozen=True)
class Version:
    """The formulas in force from `valid_from` to the day before `valid_to`."""

    code: str
    valid_from: date
    valid_to: date | None
    source: str
    working_days: Mapping[str, Mapping[str, int]]
    settings: Mapping[str, Setting]
    terms: Mapping[str, Expression]
    groups: tuple[Group, ...]
    components: tuple[Component, ...]
    levels: tuple[Level, ...]
    levels_doubt: str
    changed: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return " ".join((self.code, *self.changed))

    @property
    def cap(self) -> Fraction:
        return sum((group.cap for group in self.groups), Fraction(0))

    def counters_of(self, component: Component) -> list[str]:
        """Every counter a component rests on, through its terms, in order."""
        found: dict[str, None] = {}
        waiting = [name for e in component.expressions for name in sorted(e.names)]
        while waiting:
            name = waiting.pop(0)
            if name in self.terms:
                waiting.extend(sorted(self.terms[name].names))
            elif name not in self.settings:
                found[name] = None
        return list(found)

    def level_of(self, score: Fraction) -> str:
        return next((level.name for level in self.levels if score >= level.at_least), "")


@dataclass(frozen=True)
class Index:
    code: str
    name: str
    versions: tuple[Version, ...] = field(default_factory=tuple)

    def on(self, day: date) -> Version | None:
        """The version in force on a day."""
        for version in self.versions:
            if version.valid_from <= day and (version.valid_to is None or day < version.valid_to):
                return version
        return None


def load(
    counters: Iterable[str] | None, *, path: Path | None = None, changes: Mapping[str, str] | None = None
) -> Index:
    """The index in a YAML file, the shipped QĐ 766 when none is named, checked against `counters`, if given.

    `changes` sets settings to other values; the version's label says so.
    """
    if path is None:
        text, name = (files("lienthong.indicators") / "data" / SHIPPED).read_text("utf-8"), SHIPPED
    else:
        text, name = _text(path), path.name
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DefinitionUnreadable(file=name, where="YAML", detail=str(error).split("\n", 1)[0]) from error
    return build(content, counters, file=name, changes=changes or {})


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionUnreadable(file=path.name, where="", detail=type(error).__name__) from error


def build(
    content: Any, counters: Iterable[str] | None, *, file: str = "", changes: Mapping[str, str] | None = None
) -> Index:
    """The index from plain data, checked. Raises the errors of this module."""
    known = None if counters is None else frozenset(counters)
    try:
        versions = tuple(_version(given, changes or {}) for given in content["versions"])
        index = Index(str(content["index"]), str(content["name"]), versions)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError) as error:
        raise DefinitionUnreadable(file=file, where=type(error).__name__, detail=str(error)) from error
    check_versions(index.versions)
    for version in index.versions:
        _check(version, known)
    return index


def _version(given: Mapping[str, Any], changes: Mapping[str, str]) -> Version:
    settings = {key: _setting(key, value) for key, value in (given.get("settings") or {}).items()}
    changed = []
    for key, value in changes.items():
        if key not in settings:
            raise UnknownSetting(key=key, known=", ".join(settings))
        settings[key] = replace(settings[key], value=_number(value))
        changed.append(f"{key}={value}")
    return Version(
        code=str(given["version"]),
        valid_from=_day(given["valid_from"]),
        valid_to=_day(given["valid_to"]) if given.get("valid_to") else None,
        source=str(given["source"]),
        working_days=given.get("working_days") or {},
        settings=settings,
        terms={name: parse(text) for name, text in (given.get("terms") or {}).items()},
        groups=tuple(Group(str(g["code"]), str(g["name"]), _number(g["max"])) for g in given["groups"]),
        components=tuple(_component(c, settings) for c in given["components"]),
        levels=tuple(Level(str(v["name"]), _number(v["at_least"])) for v in given.get("levels") or ()),
        levels_doubt=str(given.get("levels_doubt") or ""),
        changed=tuple(changed),
    )


def _setting(key: str, given: Mapping[str, Any]) -> Setting:
    others = tuple(_number(other) for other in given.get("alternatives", ()))
    return Setting(key, _number(given["value"]), others, str(given["doubt"]))


def _component(given: Mapping[str, Any], settings: Mapping[str, Setting]) -> Component:
    code = str(given["code"])
    below = given.get("denominator")
    if below is None or below == []:
        raise NoDenominator(where=code)
    full_at = given.get("full_at", 1)
    setting = settings.get(str(full_at))
    if isinstance(full_at, str) and setting is None and not _is_number(full_at):
        raise UnknownSetting(key=full_at, known=", ".join(settings))
    empty = str(given.get("empty", "not_applicable"))
    if empty not in EMPTY:
        raise ValueError(f"{code}: empty")
    return Component(
        code=code,
        api=str(given.get("api", "")),
        name=str(given["name"]),
        group=str(given["group"]),
        cap=_number(given["max"]),
        numerator=parse(given["numerator"]),
        denominators=tuple(parse(text) for text in (below if isinstance(below, list) else [below])),
        factor=parse(given["factor"]) if given.get("factor") else None,
        full_at=setting.value if setting else _number(full_at),
        empty=empty,
        unit=str(given.get("unit", "")),
        reading=str(given.get("reading", "")),
        doubt=setting.doubt if setting else "",
    )


def _is_number(text: str) -> bool:
    try:
        Fraction(text)
    except ValueError:
        return False
    return True


def _number(given: Any) -> Fraction:
    return Fraction(str(given))


def _day(given: Any) -> date:
    return given if isinstance(given, date) else date.fromisoformat(str(given))


def check_versions(versions: Iterable[Version]) -> None:
    """No two versions in force on one day. Raises OverlappingValidity, EndsBeforeItBegins."""
    ordered = sorted(versions, key=lambda v: v.valid_from)
    for version in ordered:
        if version.valid_to is not None and version.valid_to <= version.valid_from:
            raise EndsBeforeItBegins(version=version.code, until=version.valid_to, since=version.valid_from)
    for earlier, later in itertools.pairwise(ordered):
        if earlier.valid_to is None or earlier.valid_to > later.valid_from:
            raise OverlappingValidity(
                first=earlier.code, second=later.code, day=f"{later.valid_from:%d/%m/%Y}"
            )


def _check(version: Version, counters: frozenset[str] | None) -> None:
    _refuse_circles(version.terms)
    if counters is None:
        counters = frozenset(name for c in version.components for name in version.counters_of(c))
    known = counters | set(version.terms) | set(version.settings)
    for name, term in version.terms.items():
        _check_names(term, name, known, below=False)
    seen: set[str] = set()
    for component in version.components:
        if component.code in seen:
            raise ComponentTwice(version=version.code, code=component.code)
        seen.add(component.code)
        for expression in component.expressions:
            _check_names(expression, component.code, known, below=expression in component.denominators)
    _check_maxima(version)


def _check_names(expression: Expression, where: str, known: Iterable[str], *, below: bool) -> None:
    for name in sorted(expression.names - set(known)):
        if below or name in expression.divisors:
            raise DividesByMissingCounter(where=where, name=name)
        raise UnknownCounter(where=where, name=name)


def _refuse_circles(terms: Mapping[str, Expression]) -> None:
    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise CircularFormula(chain=" → ".join((*path[path.index(name) :], name)))
        for below in sorted(terms[name].names & terms.keys()):
            visit(below, (*path, name))

    for name in terms:
        visit(name, ())


def _check_maxima(version: Version) -> None:
    for group in version.groups:
        summed = sum((c.cap for c in version.components if c.group == group.code), Fraction(0))
        if summed != group.cap:
            raise MaximaDiffer(group=group.code, given=group.cap, summed=summed)
    orphan = {c.group for c in version.components} - {g.code for g in version.groups}
    if orphan:
        raise MaximaDiffer(group=min(orphan), given=0, summed="?")
