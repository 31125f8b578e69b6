"""From typed content back to the shape of procedures.yaml, written apart from the loader to check it."""

from typing import Any

import msgspec

from lienthong.procedures.content import Content

Raw = dict[str, Any]

GIVEN_AWAY = ("reading", "id")  # what the platform adds to the source
PER = {"copy": "ban", "page": "trang", "person": "nguoi"}
DELIVERY = {"full": "toan_trinh", "partial": "mot_phan"}


def pruned(value: Any) -> Any:
    """Without nulls and empty lists: the source writes some of them and leaves out others."""
    if isinstance(value, dict):
        return {k: p for k, v in value.items() if (p := pruned(v)) is not None and p not in ([], {})}
    if isinstance(value, list):
        return [pruned(v) for v in value]
    return value


def flat(value: Any) -> Any:
    """Certainty written as the source does: beside the facts."""
    if isinstance(value, list):
        return [flat(v) for v in value]
    if not isinstance(value, dict):
        return value
    out = {k: flat(v) for k, v in value.items() if k not in {"certainty", *GIVEN_AWAY}}
    certainty = value.get("certainty")
    if certainty:
        out["certainty"] = certainty["level"]
        out["certainty_degree"] = certainty.get("degree")
        out["certainty_note"] = certainty.get("note")
    return out


def plain(part: Any) -> Any:
    return flat(msgspec.json.decode(msgspec.json.encode(part)))


def rename(raw: Raw, **names: str) -> Raw:
    return {names.get(k, k): v for k, v in raw.items()}


def drop(raw: Raw, *keys: str) -> Raw:
    return {k: v for k, v in raw.items() if k not in keys}


def one_or_many(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values


def procedure_as_source(content: Content, shared: Raw) -> Raw:
    whole = plain(content)
    raw = drop(whole, "delivery", "limits", "process", "reception_rules")
    raw["delivery_level"] = whole["delivery"] | {"value": DELIVERY.get(whole["delivery"].get("value"))}
    raw["authority"] = authority(whole["authority"])
    raw["time_limits"] = limits(content)
    raw["fees"] = fees(content)
    raw["papers"] = papers(content)
    raw["form"] = form(content)
    raw["result"] = rename(whole["result"], codes="code")
    raw["result"]["code"] = one_or_many(whole["result"]["codes"])
    raw["legal_bases"] = legal_bases(whole["legal_bases"], shared)
    if content.essential_list:
        raw["essential_list"] = rename(whole["essential_list"], decision="list")
    if content.related_acts:
        acts = whole["related_acts"]
        raw["related_acts"] = acts["items"] | drop(acts, "items")
    if content.steps:
        raw["steps"]["items"] = [rename(step, name="do") for step in whole["steps"]["items"]]
    if content.process:
        raw["process_ref"] = content.process.id
    if content.legal_bases.shared:
        raw.pop("issuing_decision")
    found: Raw = pruned(raw)
    return found


def authority(raw: Raw) -> Raw:
    keys = {"2025-02-28": "before_2025_03", "2025-06-30": "before_2025_07"}
    formerly = {keys[f["last_day"]]: f["agency"] for f in raw.get("formerly", [])}
    return drop(raw, "formerly") | formerly


def limits(content: Content) -> Raw:
    raw = rename(plain(content.limits), duty="statutory_duty")
    items = []
    for limit, typed in zip(content.limits.items, raw["items"], strict=True):
        item = rename(typed, title="case", least="min", most="max")
        codes = item.pop("case_codes", [])
        # the source writes one code of an unlabelled case, or a list for a labelled one
        item |= {"case_codes": codes} if len(codes) > 1 else {"case_code": codes[0]} if codes else {}
        assert limit.printed_in is None
        items.append(item)
    raw["items"] = items
    raw["history"] = [rename(h, last_day="until") for h in raw.get("history", [])]
    return raw


def fees(content: Content) -> Raw:
    raw = drop(plain(content.fees), "waivers", "questions")
    raw["items"] = [fee(item) for item in raw["items"]]
    raw["exemptions"] = [e["text"] for e in raw.get("exemptions", [])]
    if others := raw.get("other_exemptions"):
        raw["other_exemptions"] = {"items": [e["text"] for e in others]} | drop(
            others[0], "text", "classes", "not_charges"
        )
    return raw


def fee(raw: Raw) -> Raw:
    raw = rename(raw, amount="vnd", amount_usd="usd", cap="cap_vnd")
    return raw | {key: PER[raw[key]] for key in ("per", "cap_per") if key in raw}


def papers(content: Content) -> Raw:
    raw = plain(content.papers)
    for item in raw["items"]:
        item["action"] = "none" if item["action"] == "looked_up" else item["action"]
    found: Raw = raw
    return found


def form(content: Content) -> Raw:
    raw = drop(plain(content.form), "field_set_certainty")
    own = [item for item in raw["fields"] if "field_set" not in item]
    return drop(raw, "field_sets") | {
        "fields": [field(item) for item in own],
        "include_field_sets": raw.get("field_sets", []),
    }


def field(raw: Raw) -> Raw:
    return drop(raw, "field_set") | {"known_to": raw.get("known_to") or "none"}


def legal_bases(raw: Raw, shared: Raw) -> Raw:
    name = raw.get("shared")
    if name is None:
        return raw
    included = shared[name]["items"]
    assert raw["items"][: len(included)] == included
    extra = {"include": name, "extra": raw["items"][len(included) :]}
    return drop(raw, "shared", "items", "coming") | extra


def process_as_source(content: Content) -> Raw:
    assert content.process is not None
    raw = plain_with_ids(content.process)
    raw["procedure_code"] = content.code
    clock = raw["clock"]
    if cut_off := clock.pop("cut_off", None):
        clock["cutoff_time"] = cut_off[:5]
    for key in ("starts", "stops"):
        if certainty := clock.get(f"{key}_certainty"):
            clock[f"{key}_certainty"] = certainty["level"]
            clock[f"{key}_note"] = certainty.get("note")
    raw["steps"] = [
        rename(s, organisation="agency_kind", note="notes", channels="channel") for s in raw["steps"]
    ]
    raw["variants"] = [drop(v, "steps") | v["steps"] for v in raw.get("variants", [])]
    if check := raw.get("pre_check"):
        raw["pre_check"] = {"id": check["id"]} | check["rule"]
    found: Raw = pruned(raw)
    return found


def plain_with_ids(part: Any) -> Raw:
    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(v) for v in value]
        if not isinstance(value, dict):
            return value
        out = {k: walk(v) for k, v in value.items() if k != "certainty"}
        certainty = value.get("certainty")
        if certainty:
            note = certainty.get("note")
            out |= {
                "certainty": certainty["level"],
                "certainty_degree": certainty.get("degree"),
                "certainty_note": note,
            }
        return out

    found: Raw = walk(msgspec.json.decode(msgspec.json.encode(part)))
    return found
