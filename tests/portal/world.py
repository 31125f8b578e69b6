"""A ward with its agencies, its officers and a family, and pages opened as one of them."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfWriter

from identity.people import sign_in
from lienthong.dossiers.public import (
    Dossier,
    Draft,
    Flaw,
    Outcome,
    State,
    ask_for_supplement,
    assign_dossier,
    decide_dossier,
    receive_dossier,
    review_paper,
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
    grant_level_two,
    system,
)
from lienthong.kit.partial_dates import PartialDate
from lienthong.organisations.public import Kind as OrganisationKind
from lienthong.organisations.public import Organisation
from lienthong.population.public import NewPerson, Relation, Sex, add_people
from lienthong.territory.public import Kind, Level, Unit

SINCE = date(2025, 7, 1)
BY = system("test")
HANH, LOC, NAM = "099194004471", "099091000938", "099088001234"
BIRTH = "1.001193"


@dataclass
class World:
    ward: Unit
    far: Unit
    committee: Organisation
    centre: Organisation
    hanh: Account
    nam: Account
    officers: dict[Role, Account]

    def actor(self, role: Role) -> Actor:
        """The officer in his one duty."""
        account = self.officers[role]
        place = self.centre if role is Role.RECEPTION else self.committee
        return Actor(
            reference=account.reference,
            account_id=account.pk,
            personal_number=None,
            name=account.name,
            level=2,
            duties=frozenset({Duty(role, place.code)}),
        )


def make_world() -> World:
    province = unit("82", Kind.PROVINCE, "Tỉnh Đồng Tháp", None)
    other = unit("31", Kind.CITY, "Thành phố Hải Phòng", None)
    ward, far = (
        unit("28249", Kind.WARD, "Phường Bến Sen", province),
        unit("11296", Kind.WARD, "Phường Thành Đông", other),
    )
    committee = agency("H20.47", "Ủy ban nhân dân phường Bến Sen", OrganisationKind.COMMUNE_COMMITTEE, ward)
    centre = agency(
        "H20.48", "Trung tâm Phục vụ hành chính công phường Bến Sen", OrganisationKind.ONE_STOP_CENTRE, ward
    )
    agency("H24.01", "Ủy ban nhân dân phường Thành Đông", OrganisationKind.COMMUNE_COMMITTEE, far)
    settle(ward, far)
    return World(
        ward=ward,
        far=far,
        committee=committee,
        centre=centre,
        hanh=citizen(HANH, "Nguyễn Thị Minh Hạnh", level=2),
        nam=citizen(NAM, "Lê Hoàng Nam", level=1),
        officers={
            Role.RECEPTION: officer("van.le", "Lê Thị Thu Vân", Role.RECEPTION, centre),
            Role.HANDLER: officer("long.pham", "Phạm Đức Long", Role.HANDLER, committee),
            Role.LEADER: officer("hau.vo", "Võ Văn Hậu", Role.LEADER, committee),
        },
    )


def unit(code: str, kind: Kind, name: str, parent: Unit | None) -> Unit:
    plain = name.split(maxsplit=1)[1]
    return Unit.objects.create(
        code=code,
        level=Level.COMMUNE if parent else Level.PROVINCE,
        kind=kind,
        name=name,
        short_name=plain,
        search_key={"Bến Sen": "ben sen", "Thành Đông": "thanh dong"}.get(plain, plain.lower()),
        sort_key=plain.lower(),
        parent=parent,
        valid_from=SINCE,
        source="202/2025/QH15",
    )


def agency(code: str, name: str, kind: OrganisationKind, where: Unit) -> Organisation:
    return Organisation.objects.create(
        code=code,
        valid_from=SINCE,
        name=name,
        short_name=name,
        kind=kind,
        path=f"{code}/",
        unit=where,
        source="thử",
        search_key=name.lower(),
        sort_key=name.lower(),
    )


def settle(ward: Unit, far: Unit) -> None:
    """Hạnh and Lộc are married and live in the ward; Nam lives far away."""

    def person(number: str, name: str, birth: PartialDate, sex: Sex, home: Unit, **more: Any) -> NewPerson:
        facts = {"head_number": number, "relation_to_head": Relation.HEAD, **more}
        return NewPerson(
            personal_number=number, full_name=name, birth=birth, sex=sex, ethnicity="01",
            residence_unit=home.pk, residence_detail="Khu phố 4", **facts,
        )  # fmt: skip

    add_people(
        [
            person(LOC, "Trần Văn Lộc", PartialDate(1991, 6, 20), Sex.MALE, ward, spouse_number=HANH),
            person(
                HANH,
                "Nguyễn Thị Minh Hạnh",
                PartialDate(1994, 2, 14),
                Sex.FEMALE,
                ward,
                spouse_number=LOC,
                head_number=LOC,
                relation_to_head=Relation.WIFE,
                card_issued_on=date(2022, 8, 9),
                card_issued_by="Bộ Công an",
            ),
            person(NAM, "Lê Hoàng Nam", PartialDate(1988, 12, 2), Sex.MALE, far),
        ],
        by=BY,
    )


def citizen(number: str, name: str, *, level: int) -> Account:
    account = create_account(
        kind=Account.Kind.CITIZEN, sign_in_name=number, name=name, password=DEMO_PASSWORD, by=BY
    )
    if level == 2:
        enrol_authenticator_app(account=account, by=BY)
        grant_level_two(account=account, source="thử", by=BY)
    return account


def officer(sign_in_name: str, name: str, role: Role, place: Organisation) -> Account:
    account = create_account(
        kind=Account.Kind.OFFICER, sign_in_name=sign_in_name, name=name, password=DEMO_PASSWORD, by=BY
    )
    enrol_authenticator_app(account=account, by=BY)
    assign_role(account=account, role=role, organisation=place, since=SINCE, source="thử", by=BY)
    return account


def opened_by(account: Account | None) -> Client:
    """A browser in which this person has just signed in, with both steps if he has two; None: nobody."""
    client = Client()
    if account is not None:
        sign_in(client, account, second_step=account.level == 2 or account.is_officer)
    return client


CHILD = {
    "relation_to_child": "Mẹ",
    "child_name": "Trần Minh An",
    "child_birth_date_0": "5",
    "child_birth_date_1": "11",
    "child_birth_date_2": "2026",
    "child_sex": "Nam",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "child_birth_place": "Bệnh viện Sản nhi tỉnh Đồng Tháp",
    "child_home_town": "Phường Bến Sen, tỉnh Đồng Tháp",
    "copies_wanted": "false",
}
"""What Hạnh types for the birth of her son, beside what the State knows."""


def drafted(client: Client, code: str = BIRTH, **more: str) -> UUID:
    """Through the first step; gives the draft's key."""
    page = client.get(f"/dich-vu/{code}/khai/")
    form = page.context["form"]
    kinds = {f"c_{key}": question.kind for key, question in form.questions.items()}
    posted = {name: "no" for name, kind in kinds.items() if kind == "boolean"}
    if "variant" in form.fields:
        posted["variant"] = form.fields["variant"].choices[0][0]
    posted["unit"] = str(form.initial["unit"])
    answer = client.post(f"/dich-vu/{code}/khai/", {**posted, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    return Draft.objects.latest("saved_at").pk


def reviewed(client: Client) -> UUID:
    """Hạnh's birth registration, filled in and ready to be sent."""
    key = drafted(client)
    answer = client.post(f"/khai/{key}/to-khai/", {**CHILD, "act": "go"})
    assert answer.status_code == 302, answer.context["form"].errors
    papers = client.get(f"/khai/{key}/giay-to/").context["form"]
    wanted = {f"paper_{d.paper.key}": pdf() for d in papers.demands if d.must_be_attached}
    answer = client.post(f"/khai/{key}/giay-to/", {"delivery": "online", **wanted})
    assert answer.status_code == 302, answer.context["form"].errors
    return key


def pdf(name: str = "giay.pdf") -> Any:
    out = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width=300, height=300)
    writer.write(out)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


def filed(client: Client) -> Dossier:
    """Filed through the pages."""
    key = reviewed(client)
    answer = client.post(f"/khai/{key}/xem-lai/", {"agreed": "on"})
    assert answer.status_code == 302, answer.context
    return Dossier.objects.latest("filed_at")


def received(world: World, dossier: Dossier) -> Dossier:
    return receive_dossier(dossier=dossier.pk, by=world.actor(Role.RECEPTION))


def asked(world: World, dossier: Dossier) -> Dossier:
    """Received, assigned, and one paper asked for."""
    received(world, dossier)
    handler = world.actor(Role.HANDLER)
    assign_dossier(dossier=dossier.pk, handler=world.officers[Role.HANDLER], by=handler)
    flaw = Flaw("giay_chung_sinh", "Giấy chứng sinh", "ảnh mờ, không đọc được số", "123/2015/NĐ-CP điều 9")
    return ask_for_supplement(dossier=dossier.pk, flaws=[flaw], respond_by=None, by=handler)


def decided(world: World, dossier: Dossier) -> Dossier:
    """Received, examined, decided and returned with a signed result."""
    received(world, dossier)
    handler = world.actor(Role.HANDLER)
    assign_dossier(dossier=dossier.pk, handler=world.officers[Role.HANDLER], by=handler)
    for paper in dossier.papers.all():
        review_paper(dossier=dossier.pk, number=paper.number, verdict="good", remark="", by=handler)
    done = decide_dossier(
        dossier=dossier.pk, outcome=Outcome.APPROVED, opinion="Đủ điều kiện", by=world.actor(Role.LEADER)
    )
    assert done.state == State.RETURNED
    return done
