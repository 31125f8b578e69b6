"""Two wards of two provinces, the agencies that send and clean data, their stewards, a few people."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from django.test import Client

from lienthong.documents.public import MediaType, keep_data
from lienthong.identity.public import (
    DEMO_PASSWORD,
    Account,
    Actor,
    Duty,
    Role,
    assign_role,
    create_account,
    enrol_authenticator_app,
    system,
)
from lienthong.kit.partial_dates import PartialDate
from lienthong.organisations.public import Kind as AgencyKind
from lienthong.organisations.public import Organisation
from lienthong.population.public import NewPerson, Sex, Status, add_people
from lienthong.registries.public import Batch, Record, Run, Source, open_source
from lienthong.territory.public import Kind, Level, Unit

SINCE = date(2025, 7, 1)
BY = system("test")
HANH, LOC, BAY, NAM = "099194004471", "099091000938", "099062000214", "099088001234"
ROLES = {
    "keeper": (Role.STEWARD, "keeper"),
    "second": (Role.STEWARD, "keeper"),
    "owner": (Role.STEWARD, "owner"),
    "ward": (Role.STEWARD, "ward_committee"),
    "far": (Role.STEWARD, "far_committee"),
    "nation": (Role.STEWARD, None),
    "leader": (Role.LEADER, "ward_committee"),
    "committee": (Role.COMMITTEE, None),
}


@dataclass
class World:
    ward: Unit
    far: Unit
    source: Source
    agencies: dict[str, Organisation]
    accounts: dict[str, Account] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        account = self.accounts[who]
        role, place = ROLES[who]
        code = self.agencies[place].code if place else "VN"
        duties = frozenset({Duty(role, code)})
        return Actor(account.reference, account.pk, None, account.name, 2, duties)


def make_world() -> World:
    province = unit("82", Kind.PROVINCE, "Tỉnh Đồng Tháp", None)
    city = unit("31", Kind.CITY, "Thành phố Hải Phòng", None)
    ward = unit("28249", Kind.WARD, "Phường Bến Sen", province)
    far = unit("11296", Kind.WARD, "Phường Thành Đông", city)
    agencies = {
        "owner": agency("G09", "Bộ Nội vụ", AgencyKind.MINISTRY, None),
        "keeper": agency("H20.10", "Sở Nội vụ tỉnh Đồng Tháp", AgencyKind.DEPARTMENT, province),
        "ward_committee": agency(
            "H20.47", "Ủy ban nhân dân phường Bến Sen", AgencyKind.COMMUNE_COMMITTEE, ward
        ),
        "far_committee": agency(
            "H24.11", "Ủy ban nhân dân phường Thành Đông", AgencyKind.COMMUNE_COMMITTEE, far
        ),
    }
    settle(ward, far)
    source = open_source(
        code="lao-dong", schema="workers", name="Người lao động", owner=agencies["owner"],
        keeper=agencies["keeper"], by=BY,
    )  # fmt: skip
    world = World(ward, far, source, agencies)
    for who, (role, place) in ROLES.items():
        world.accounts[who] = officer(who, role, agencies[place] if place else None)
    world.accounts["citizen"] = create_account(
        kind=Account.Kind.CITIZEN,
        sign_in_name=HANH,
        name="Nguyễn Thị Minh Hạnh",
        password=DEMO_PASSWORD,
        by=BY,
    )
    return world


def unit(code: str, kind: Kind, name: str, parent: Unit | None) -> Unit:
    plain = name.split(maxsplit=1)[1]
    return Unit.objects.create(
        code=code, level=Level.COMMUNE if parent else Level.PROVINCE, kind=kind, name=name, short_name=plain,
        search_key=plain.lower(), sort_key=plain.lower(), parent=parent, valid_from=SINCE, source="202/2025/QH15",
    )  # fmt: skip


def agency(code: str, name: str, kind: AgencyKind, where: Unit | None) -> Organisation:
    return Organisation.objects.create(
        code=code, valid_from=SINCE, name=name, short_name=name, kind=kind, path=f"{code}/", unit=where,
        source="thử", search_key=name.lower(), sort_key=name.lower(),
    )  # fmt: skip


def settle(ward: Unit, far: Unit) -> None:
    def person(number: str, name: str, birth: PartialDate, sex: Sex, where: Unit, **more: Any) -> NewPerson:
        return NewPerson(
            personal_number=number, full_name=name, birth=birth, sex=sex, ethnicity="01",
            residence_unit=where.pk, residence_detail="Khu phố 4", **more,
        )  # fmt: skip

    add_people(
        [
            person(
                HANH,
                "Nguyễn Thị Minh Hạnh",
                PartialDate(1994, 2, 14),
                Sex.FEMALE,
                ward,
                mother_name="Thạch Thị Sa Rây",
            ),
            person(LOC, "Trần Văn Lộc", PartialDate(1991, 6, 20), Sex.MALE, ward, mother_name="Lê Thị Út"),
            person(BAY, "Nguyễn Văn Bảy", PartialDate(1962), Sex.MALE, ward, status=Status.DEAD),
            person(NAM, "Lê Hoàng Nam", PartialDate(1988, 12, 2), Sex.MALE, far, mother_name="Phan Thị Lụa"),
        ],
        by=BY,
    )


def officer(who: str, role: Role, place: Organisation | None) -> Account:
    account = create_account(
        kind=Account.Kind.OFFICER,
        sign_in_name=f"{who}.demo",
        name=f"Cán bộ {who}",
        password=DEMO_PASSWORD,
        by=BY,
    )
    enrol_authenticator_app(account=account, by=BY)
    assign_role(account=account, role=role, organisation=place, since=SINCE, source="thử", by=BY)
    return account


def opened_by(account: Account | None) -> Client:
    """A browser in which this person signed in with both steps; None: nobody."""
    client = Client()
    if account is None:
        return client
    client.force_login(account)
    step = account.authenticator_set.first()
    session, now = client.session, time.time()
    session["account_authentication_methods"] = [
        {"method": "password", "at": now},
        {"method": "mfa", "type": "totp", "id": step.pk if step else 0, "at": now},
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


# ---- records as a run leaves them


def reason(code: str, sentence: str = "", bits: float | None = None) -> dict[str, object]:
    return {"code": code, "bits": bits, "sentence": sentence or code}


def stored(
    world: World, rows: Sequence[dict[str, Any]], *, name: str = "lao-dong.csv", **facts: Any
) -> Batch:
    """A batch whose run is over, with these records: keys of Record, `values` as read."""
    content = f"{name} {len(rows)} {time.monotonic_ns()}".encode()
    file = keep_data(content=BytesIO(content), name=name, kind=MediaType.CSV, limit_bytes=10_000, by=BY)
    batch = Batch.objects.create(
        source=world.source, file=file, sha256=file.sha256, name=name, state="done", received_by="account:1",
        counted_on=date(2026, 11, 20), **facts,
    )  # fmt: skip
    Run.objects.create(batch=batch, stage="open", rows=len(rows))
    records = [record(world, batch, number, one) for number, one in enumerate(rows, start=2)]
    Record.objects.bulk_create(records)
    return batch


def record(world: World, batch: Batch, row: int, one: dict[str, Any]) -> Record:
    facts: dict[str, Any] = {
        "key": str(row), "unit": world.ward, "name": one.get("values", {}).get("full_name", ""), "failed": [],
        "score": 0.9, "reasons": [], "personal_number": "", "candidate": "",
    }  # fmt: skip
    return Record(id=batch.pk * 10**9 + row, source=world.source, batch=batch, row=row, **{**facts, **one})


HANH_SENT = {
    "full_name": "Nguyễn Thị Minh Hạnh", "birth_date": "1994", "sex": "female", "commune_code": "28249",
    "mother_name": "Thạch Thị Xa Rây",
}  # fmt: skip


def possible(**changes: Any) -> dict[str, Any]:
    """A worker who may be Hạnh: no number, only the year of birth."""
    return {
        "verdict": "possible", "candidate": HANH, "values": HANH_SENT,
        "reasons": [reason("full_name.equal", "họ tên trùng", 14.0), reason("birth_date.year", "năm sinh trùng", 3.0)],
        **changes,
    }  # fmt: skip


def conflict(**changes: Any) -> dict[str, Any]:
    """A worker under Lộc's number, with another birth date."""
    values = {"full_name": "Trần Văn Lộc", "personal_number": LOC, "birth_date": "1991-06-29", "sex": "male",
              "commune_code": "28249"}  # fmt: skip
    return {
        "verdict": "conflict", "candidate": LOC, "values": values,
        "reasons": [reason("personal_number.equal"), reason("birth_date.part", "ngày sinh khác một phần")],
        **changes,
    }  # fmt: skip


def duplicate(first: str, **changes: Any) -> dict[str, Any]:
    """The same worker once more."""
    return {
        "verdict": "duplicate", "candidate": LOC, "personal_number": LOC,
        "values": {"full_name": "Trần Văn Lộc", "personal_number": LOC},
        "reasons": [reason("record.duplicate", f"cùng một người với bản ghi {first} trong cùng nguồn")],
        **changes,
    }  # fmt: skip


def matched(**changes: Any) -> dict[str, Any]:
    values = {"full_name": "Trần Văn Lộc", "personal_number": LOC, "birth_date": "1991-06-20", "sex": "male"}
    return {"verdict": "matched", "candidate": LOC, "personal_number": LOC, "values": values, **changes}
