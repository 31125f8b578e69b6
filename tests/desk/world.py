"""A ward and its neighbour: their agencies, officers and people, and dossiers in every stage."""

import io
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from lienthong.documents.public import keep_file
from lienthong.dossiers.public import (
    Applicant,
    Channel,
    Dossier,
    Filing,
    Outcome,
    assign_dossier,
    propose_decision,
    receive_dossier,
    review_paper,
    submit_dossier,
)
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
from lienthong.population.public import NewPerson, Relation, Sex, add_people
from lienthong.procedures.public import current
from lienthong.territory.public import Kind, Level, Unit

SINCE = date(2025, 7, 1)
BY = system("test")
HANH, LOC = "099194004471", "099091000938"
BIRTH = "1.001193"
CARD = f"{HANH}||NGUYỄN THỊ MINH HẠNH|14021994|Nữ|Khu phố 4, Bến Sen, Đồng Tháp|09082022"


@dataclass
class World:
    ward: Unit
    centre: Organisation
    committee: Organisation
    other_centre: Organisation
    other_committee: Organisation
    officers: dict[str, Account]
    citizen: Account

    def actor(self, name: str) -> Actor:
        """The officer in his one duty."""
        account = self.officers[name]
        held = account.assignments.select_related("organisation").get()
        return Actor(
            reference=account.reference,
            account_id=account.pk,
            personal_number=None,
            name=account.name,
            level=2,
            duties=frozenset({Duty(Role(held.role), held.organisation.code)}),
        )


def make_world() -> World:
    province = unit("82", Kind.PROVINCE, "Tỉnh Đồng Tháp", None)
    ward, far = (
        unit("28249", Kind.WARD, "Phường Bến Sen", province),
        unit("28250", Kind.WARD, "Phường An Hữu", province),
    )
    committee = agency("H20.47", "Ủy ban nhân dân phường Bến Sen", AgencyKind.COMMUNE_COMMITTEE, ward)
    centre = agency(
        "H20.48", "Trung tâm Phục vụ hành chính công phường Bến Sen", AgencyKind.ONE_STOP_CENTRE, ward
    )
    other = agency("H20.57", "Ủy ban nhân dân phường An Hữu", AgencyKind.COMMUNE_COMMITTEE, far)
    other_centre = agency(
        "H20.58", "Trung tâm Phục vụ hành chính công phường An Hữu", AgencyKind.ONE_STOP_CENTRE, far
    )
    settle(ward)
    staff = [
        ("van", "Lê Thị Thu Vân", Role.RECEPTION, centre),
        ("rang", "Sơn Thị Rạng", Role.CENTRE_LEADER, centre),
        ("long", "Phạm Đức Long", Role.HANDLER, committee),
        ("phat", "Huỳnh Tấn Phát", Role.HANDLER, committee),
        ("hau", "Võ Văn Hậu", Role.LEADER, committee),
        ("mai", "Ngô Thị Mai", Role.LEADER, committee),
        ("far", "Đặng Quốc Khánh", Role.LEADER, other),
        ("far_desk", "Bùi Thị Lan", Role.RECEPTION, other_centre),
        ("steward", "Trương Mỹ Ái", Role.STEWARD, None),
    ]
    return World(
        ward=ward,
        centre=centre,
        committee=committee,
        other_centre=other_centre,
        other_committee=other,
        officers={key: officer(f"{key}.demo", name, role, place) for key, name, role, place in staff},
        citizen=create_account(
            kind=Account.Kind.CITIZEN, sign_in_name=HANH, name="Nguyễn Thị Minh Hạnh", password=DEMO_PASSWORD, by=BY
        ),
    )  # fmt: skip


def unit(code: str, kind: Kind, name: str, parent: Unit | None) -> Unit:
    plain = name.split(maxsplit=1)[1]
    return Unit.objects.create(
        code=code, level=Level.COMMUNE if parent else Level.PROVINCE, kind=kind, name=name, short_name=plain,
        search_key={"Bến Sen": "ben sen", "An Hữu": "an huu"}.get(plain, plain.lower()),
        sort_key=plain.lower(), parent=parent, valid_from=SINCE, source="202/2025/QH15",
    )  # fmt: skip


def agency(code: str, name: str, kind: AgencyKind, where: Unit) -> Organisation:
    return Organisation.objects.create(
        code=code, valid_from=SINCE, name=name, short_name=name, kind=kind, path=f"{code}/",
        unit=where, source="thử", search_key=name.lower(), sort_key=name.lower(),
    )  # fmt: skip


def settle(ward: Unit) -> None:
    """Hạnh and Lộc are married and live in the ward."""

    def person(number: str, name: str, birth: PartialDate, sex: Sex, **more: Any) -> NewPerson:
        return NewPerson(
            personal_number=number, full_name=name, birth=birth, sex=sex, ethnicity="01",
            residence_unit=ward.pk, residence_detail="Khu phố 4", **more,
        )  # fmt: skip

    add_people(
        [
            person(
                LOC, "Trần Văn Lộc", PartialDate(1991, 6, 20), Sex.MALE, spouse_number=HANH,
                head_number=LOC, relation_to_head=Relation.HEAD,
            ),
            person(
                HANH, "Nguyễn Thị Minh Hạnh", PartialDate(1994, 2, 14), Sex.FEMALE, spouse_number=LOC,
                head_number=LOC, relation_to_head=Relation.WIFE,
                card_issued_on=date(2022, 8, 9), card_issued_by="Bộ Công an",
            ),
        ],
        by=BY,
    )  # fmt: skip


def officer(sign_in_name: str, name: str, role: Role, place: Organisation | None) -> Account:
    account = create_account(
        kind=Account.Kind.OFFICER, sign_in_name=sign_in_name, name=name, password=DEMO_PASSWORD, by=BY
    )
    enrol_authenticator_app(account=account, by=BY)
    assign_role(account=account, role=role, organisation=place, since=SINCE, source="thử", by=BY)
    return account


def opened_by(account: Account | None, *, ago: int = 0) -> Client:
    """A browser in which this person signed in with both steps `ago` seconds ago; None: nobody."""
    client = Client()
    if account is None:
        return client
    client.force_login(account)
    at = time.time() - ago
    step = account.authenticator_set.first()
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": at},
        {"method": "mfa", "type": "totp", "id": step.pk if step else 0, "at": at},
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


ANSWERS = {
    "relation_to_child": "Mẹ",
    "child_name": "Trần Minh An",
    "child_birth_date": "2026-11-05",
    "child_sex": "Nam",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "child_birth_place": "Bệnh viện Sản nhi tỉnh Đồng Tháp",
    "child_home_town": "Phường Bến Sen, tỉnh Đồng Tháp",
    "copies_wanted": False,
}
"""What Hạnh says of the birth of her son, beside what the State knows."""


def blank_pdf() -> bytes:
    """One empty page, with the table of contents that readers insist on."""
    bodies = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
              "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>"]  # fmt: skip
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    tail = f"xref\n0 4\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size 4>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode()


PDF = blank_pdf()


def filed(world: World, delivery: Channel = Channel.ONLINE) -> Dossier:
    """Hạnh's birth registration, filed online with its medical certificate."""
    file = keep_file(content=io.BytesIO(PDF), name="giay.pdf", by=BY)
    version = current(BIRTH, timezone.localdate())
    assert version is not None
    filing = Filing(
        version=version.pk,
        applicant=Applicant(HANH, "Nguyễn Thị Minh Hạnh"),
        unit=world.ward.pk,
        channel=Channel.ONLINE,
        answers=dict(ANSWERS),
        papers=(("giay_chung_sinh", str(file.pk)),),
        variant="",
        delivery=delivery,
    )
    return submit_dossier(filing=filing, by=BY)


def received(world: World, **more: Any) -> Dossier:
    return receive_dossier(dossier=filed(world, **more).pk, by=world.actor("van"))


def assigned(world: World, **more: Any) -> Dossier:
    handler = world.actor("long")
    return assign_dossier(dossier=received(world, **more).pk, handler=world.officers["long"], by=handler)


def proposed(world: World, **more: Any) -> Dossier:
    """Every paper seen, and put before the leader."""
    dossier, handler = assigned(world, **more), world.actor("long")
    for paper in dossier.papers.filter(action="submit"):
        review_paper(dossier=dossier.pk, number=paper.number, verdict="good", remark="", by=handler)
    return propose_decision(dossier=dossier.pk, proposal=Outcome.APPROVED, opinion="Đủ điều kiện", by=handler)
