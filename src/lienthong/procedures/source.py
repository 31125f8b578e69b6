"""From the gathered records (data/procedures.yaml) and our readings (data/readings.yaml) to typed content.

Every key of the source is used or refused: content is closed to unknown fields, and a reading whose
sentence is gone stops the load.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import msgspec
import yaml

from lienthong.procedures.content import Content

DATA = Path(__file__).parent / "data"
Raw = dict[str, Any]

OURS: Raw = {"level": "memory", "degree": "medium"}
"""How sure a reading is: it is the platform's understanding of a sentence, nobody's statement."""

DELIVERY = {"toan_trinh": "full", "mot_phan": "partial", None: None}
PER = {"ban": "copy", "trang": "page", "nguoi": "person"}
MUST_NAME = {"loai_giay_to": "paper", "noi_dung_can_bo_sung": "content"}
ACTIONS = {"none": "looked_up"}
FORMERLY = {"before_2025_03": "2025-02-28", "before_2025_07": "2025-06-30"}
AFTER_HOUR = re.compile(r"sau (\d{1,2}) giờ")
WAIVER_SENTENCE = "117/2026/TT-BTC"


class StaleReadingError(ValueError):
    """A reading names a sentence that the source no longer has."""


@dataclass(frozen=True)
class SourceBook:
    """All that the files say: contents in the record's order, and since when each is known in force."""

    contents: tuple[Content, ...]
    in_force_from: Mapping[str, date]
    defects: tuple[Raw, ...]


@dataclass
class Readings:
    """The readings, and which of them found their sentence."""

    raw: Raw
    used: set[tuple[str, str, str]] = field(default_factory=set)

    def of(self, group: str, code: str, sentence: str | None) -> Raw | None:
        found: Raw | None = self.raw[group].get(code, {}).get(sentence)
        if found is not None:
            self.used.add((group, code, str(sentence)))
        return found

    def shared(self, group: str, sentence: str | None) -> Raw | None:
        found: Raw | None = self.raw[group].get(sentence)
        if found is not None:
            self.used.add((group, "", str(sentence)))
        return found

    def listed(self, group: str, code: str) -> Any:
        found = self.raw[group].get(code)
        if found is not None:
            self.used.add((group, "", code))
        return found

    def refuse_stale(self) -> None:
        wanted: set[tuple[str, str, str]] = set()
        for group in ("limits", "fees"):
            wanted |= {(group, code, s) for code, of_code in self.raw[group].items() for s in of_code}
        for group in (
            "paper_sentences",
            "not_asked_sentences",
            "exemptions",
            "fields",
            "fee_questions",
            "form_papers",
            "in_force_from",
        ):
            wanted |= {(group, "", s) for s in self.raw[group]}
        stale = sorted(wanted - self.used)
        if stale:
            raise StaleReadingError("; ".join(" / ".join(filter(None, names)) for names in stale))


@cache
def source_book() -> SourceBook:
    """The records shipped with the platform, read once."""
    return read_source(
        (DATA / "procedures.yaml").read_text(encoding="utf-8"),
        (DATA / "readings.yaml").read_text(encoding="utf-8"),
    )


def read_source(procedures: str, readings: str) -> SourceBook:
    """Typed contents of YAML texts; raises StaleReadingError, msgspec.ValidationError, KeyError."""
    raw: Raw = yaml.safe_load(normalize("NFC", procedures))
    known = Readings(yaml.safe_load(normalize("NFC", readings)))
    processes = {p["id"]: p for p in raw["processes"]}
    contents = tuple(_content(p, raw["shared"], processes, known) for p in raw["procedures"])
    days = {
        c.code: date.fromisoformat(listed["day"])
        for c in contents
        if (listed := known.listed("in_force_from", c.code)) is not None
    }
    known.refuse_stale()
    return SourceBook(contents, days, tuple(raw["known_record_defects"]["items"]))


def _content(raw: Raw, shared: Raw, processes: Mapping[str, Raw], known: Readings) -> Content:
    raw = dict(raw)
    code = raw["code"]
    process = raw.pop("process_ref", None)
    steps = raw.pop("steps", None)
    civil_status = raw["legal_bases"].get("include") == "civil_status_legal_bases"
    plain: Raw = {
        **{k: v for k, v in raw.items() if k not in GROUPS},
        "authority": _authority(raw["authority"]),
        "delivery": _delivery(raw["delivery_level"]),
        "limits": _limits(code, raw["time_limits"], known),
        "fees": _fees(code, raw["fees"], shared, known),
        "papers": _papers(code, raw["papers"], known),
        "form": _form(code, raw["form"], shared["field_sets"], known),
        "result": {**_without(raw["result"], "code"), "codes": _several(raw["result"]["code"])},
        "legal_bases": _legal_bases(raw["legal_bases"], shared),
    }
    if raw.get("essential_list"):
        plain["essential_list"] = _renamed(raw["essential_list"], {"list": "decision"})
    if raw.get("related_acts"):
        acts = raw["related_acts"]
        plain["related_acts"] = {"items": _without(acts, "certainty"), "certainty": acts["certainty"]}
    if steps:
        plain["steps"] = {**steps, "items": [_plain_step(n, s) for n, s in enumerate(steps["items"], 1)]}
    if process:
        plain["process"] = _process(processes[process], code)
    if civil_status:
        plain["issuing_decision"] = (
            raw.get("issuing_decision") or shared["civil_status_legal_bases"]["issuing_decision"]
        )
        plain["reception_rules"] = _reception(shared["reception_rules"])
    return msgspec.convert(_graded(plain), Content)


GROUPS = {
    "authority",
    "delivery_level",
    "time_limits",
    "fees",
    "papers",
    "form",
    "result",
    "legal_bases",
    "essential_list",
    "related_acts",
}


def _graded(value: Any) -> Any:
    """`certainty: seen` with its neighbours becomes one value; nothing else changes."""
    if isinstance(value, list | tuple):
        return [_graded(v) for v in value]
    if not isinstance(value, dict):
        return value
    graded = {k: _graded(v) for k, v in value.items() if k not in {"certainty_degree", "certainty_note"}}
    if isinstance(value.get("certainty"), str):
        certainty = {"level": value["certainty"], "degree": value.get("certainty_degree")}
        graded["certainty"] = {**certainty, "note": value.get("certainty_note")}
    return graded


def _without(raw: Raw, *keys: str) -> Raw:
    return {k: v for k, v in raw.items() if k not in keys}


def _renamed(raw: Raw, names: Mapping[str, str]) -> Raw:
    return {names.get(k, k): v for k, v in raw.items()}


def _several(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value


def _clock_time(value: str) -> str:
    return f"{value}:00"


def _authority(raw: Raw) -> Raw:
    formerly = [{"last_day": day, "agency": raw[key]} for key, day in FORMERLY.items() if key in raw]
    return {**_without(raw, *FORMERLY), "formerly": formerly}


def _delivery(raw: Raw) -> Raw:
    return {**raw, "value": DELIVERY[raw["value"]]}


def _limits(code: str, raw: Raw, known: Readings) -> Raw:
    items = [_limit(code, n, item, known) for n, item in enumerate(raw["items"], 1)]
    history = [_renamed(item, {"until": "last_day"}) for item in raw.get("history", [])]
    return {**_renamed(raw, {"statutory_duty": "duty"}), "items": items, "history": history}


def _limit(code: str, number: int, raw: Raw, known: Readings) -> Raw:
    codes = raw.get("case_codes") or _several(raw.get("case_code"))
    plain = _renamed(
        _without(raw, "case_codes", "case_code"), {"case": "title", "min": "least", "max": "most"}
    )
    reading = {
        "certainty": OURS,
        **(known.of("limits", code, raw["case"]) or {}),
        **_hours(raw.get("rule") or ""),
    }
    return {**plain, "id": f"v{number}", "case_codes": codes, "reading": reading}


def _hours(rule: str) -> Raw:
    """ "Trong ngày; sau 15 giờ thì ngày làm việc tiếp theo": same day, counted with a cut-off."""
    after = AFTER_HOUR.search(rule)
    reading: Raw = {"cut_off": f"{int(after.group(1)):02d}:00:00"} if after else {}
    return {**reading, "same_day": True} if "trong ngày" in rule else reading


def _fees(code: str, raw: Raw, shared: Raw, known: Readings) -> Raw:
    plain = _without(raw, "exemptions")
    plain["items"] = [_fee(code, n, item, known) for n, item in enumerate(raw["items"], 1)]
    group = {"certainty": raw["certainty"], "certainty_degree": raw.get("certainty_degree")}
    plain["exemptions"] = [_exemption(text, group, known) for text in raw["exemptions"]]
    if other := raw.get("other_exemptions"):
        plain["other_exemptions"] = [
            _exemption(text, _without(other, "items"), known) for text in other["items"]
        ]
    if rule := raw.get("contribution_rule"):
        plain["contribution_rule"] = rule
    policy = shared["temporary_fee_waiver"]
    if code in policy["procedures"] or any(WAIVER_SENTENCE in text for text in raw["exemptions"]):
        plain["waivers"] = [_waiver(code, policy, known)]
    plain["questions"] = known.listed("fee_questions", code) or []
    return plain


def _fee(code: str, number: int, raw: Raw, known: Readings) -> Raw:
    plain = _renamed(raw, {"vnd": "amount", "usd": "amount_usd", "cap_vnd": "cap"})
    for key in ("per", "cap_per"):
        if key in raw:
            plain[key] = PER[raw[key]]
    reading = known.of("fees", code, raw["case"]) or {"charge": f"charge{number}"}
    return {"amount": None, **plain, "reading": {"certainty": OURS, **reading}}


def _exemption(text: str, certainty: Raw, known: Readings) -> Raw:
    return {"text": text, **certainty, **(known.shared("exemptions", text) or {})}


def _waiver(code: str, policy: Raw, known: Readings) -> Raw:
    ours = known.raw["waiver"]
    return {
        "id": "temporary_fee_waiver",
        "bases": policy["basis"],
        "first_day": policy["valid_from"],
        "last_day": policy["valid_to"],
        "conditions": policy["conditions"],
        "effect": policy["effect"],
        "channels": ours["channels"],
        "applies_if": ours["applies_if_for"].get(code, ours["applies_if"]),
        "certainty": policy["certainty"],
    }


def _papers(code: str, raw: Raw, known: Readings) -> Raw:
    forms = known.listed("form_papers", code) or []
    missing = set(forms) - {item["key"] for item in raw["items"]}
    if missing:
        raise StaleReadingError(f"form_papers / {code} / {sorted(missing)}")
    return {**raw, "items": [_paper(item, item["key"] in forms, known) for item in raw["items"]]}


def _paper(raw: Raw, is_form: bool, known: Readings) -> Raw:  # noqa: FBT001 - one private caller
    when = raw.get("when")
    reading: Raw = {"certainty": OURS, "is_form": is_form}
    if when:
        own = {"circumstance": raw["key"], "question": f"Thuộc trường hợp: {when}?"}
        reading |= known.shared("paper_sentences", when) or own
    reading |= known.shared("not_asked_sentences", raw.get("not_asked_if")) or {}
    return {**raw, "action": ACTIONS.get(raw["action"], raw["action"]), "reading": reading}


def _form(code: str, raw: Raw, sets: Raw, known: Readings) -> Raw:
    names = raw.get("include_field_sets", [])
    fields = [_field(code, f, name, known) for name in names for f in sets[name]["fields"]]
    fields += [_field(code, f, None, known) for f in raw["fields"]]
    plain = {**_without(raw, "include_field_sets"), "fields": fields, "field_sets": names}
    if names:
        plain["field_set_certainty"] = _graded({"certainty": sets[names[0]]["certainty"]})["certainty"]
    return plain


def _field(code: str, raw: Raw, field_set: str | None, known: Readings) -> Raw:
    own = known.shared("fields", f"{code}/{raw['key']}")
    reading = own if own is not None else known.shared("fields", raw["key"]) or {}
    known_to = None if raw["known_to"] == "none" else raw["known_to"]
    return {**raw, "known_to": known_to, "field_set": field_set, "reading": reading}


def _legal_bases(raw: Raw, shared: Raw) -> Raw:
    name = raw.get("include")
    if name is None:
        return raw
    included = shared[name]
    coming = included["coming"]
    plain = _without(raw, "include", "extra")
    return {**plain, "shared": name, "items": [*included["items"], *raw["extra"]], "coming": [coming]}


def _reception(raw: Raw) -> Raw:
    plain = _renamed(raw, {"cutoff_time": "cut_off", "cutoff_effect": "cut_off_effect"})
    plain["cut_off"] = _clock_time(plain["cut_off"])
    plain["supplement_notice_must_name"] = [MUST_NAME[word] for word in raw["supplement_notice_must_name"]]
    return plain


def _plain_step(number: int, raw: Raw) -> Raw:
    return {**_renamed(raw, {"do": "name"}), "id": f"s{number}"}


def _process(raw: Raw, code: str) -> Raw:
    if raw["procedure_code"] != code:
        raise ValueError(f"process {raw['id']} belongs to {raw['procedure_code']}, not {code}")
    plain = _without(raw, "procedure_code")
    plain["clock"] = _process_clock(raw["clock"])
    plain["steps"] = [_step(s) for s in raw["steps"]]
    plain["variants"] = [_process_variant(v) for v in raw.get("variants", [])]
    if check := raw.get("pre_check"):
        plain["pre_check"] = {"id": check["id"], "rule": _without(check, "id")}
    return plain


def _process_clock(raw: Raw) -> Raw:
    plain = _without(raw, "cutoff_time", "starts_certainty", "stops_certainty", "stops_note")
    if "cutoff_time" in raw:
        plain["cut_off"] = _clock_time(raw["cutoff_time"])
    for key in ("starts", "stops"):
        if level := raw.get(f"{key}_certainty"):
            plain[f"{key}_certainty"] = {"level": level, "note": raw.get(f"{key}_note")}
    return plain


def _step(raw: Raw) -> Raw:
    return _renamed(raw, {"agency_kind": "organisation", "notes": "note", "channel": "channels"})


def _process_variant(raw: Raw) -> Raw:
    return {"case": raw["case"], "total": raw["total"], "steps": _without(raw, "case", "total")}
