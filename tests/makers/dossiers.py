"""A dossier in any state, by the acts that lead there."""

from datetime import date
from io import BytesIO
from typing import Any, Final

from pypdf import PdfWriter

from lienthong.documents.public import StoredFile, keep_file
from lienthong.dossiers.public import (
    Applicant,
    Channel,
    Dossier,
    Filing,
    Flaw,
    Outcome,
    ask_for_supplement,
    assign_dossier,
    decide_dossier,
    propose_decision,
    receive_dossier,
    review_paper,
    submit_dossier,
    supplement_dossier,
)
from lienthong.identity.public import (
    Actor,
)
from makers.world import HANH, World

ANSWERS: Final[dict[str, object]] = {
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
"""What Hạnh types for the birth of her son, beside what the State knows."""

BORN_PAPER: Final = "giay_chung_sinh"
CASE: Final = {"abandoned_child": False, "surrogacy": False, "by_proxy": False, "parents_married": True}
FLAW: Final = Flaw(BORN_PAPER, "Giấy chứng sinh", "ảnh mờ, không đọc được số", "123/2015/NĐ-CP điều 16")


def blank_pdf() -> bytes:
    """A page with nothing on it, as a scanner would never give it: small, and whole."""
    writer = PdfWriter()
    writer.add_blank_page(width=300, height=300)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


PDF: Final = blank_pdf()


def keep_paper(by: Actor, content: bytes = PDF, name: str = "giay-chung-sinh.pdf") -> StoredFile:
    return keep_file(content=BytesIO(content), name=name, by=by)


def birth_filing(world: World, **changes: Any) -> Filing:
    """What Hạnh files online for the birth of her son, or what is changed of it."""
    by = world.actor("hanh")
    facts: dict[str, Any] = {
        "version": world.version.pk,
        "applicant": Applicant(HANH, "Nguyễn Thị Minh Hạnh"),
        "unit": world.ward.pk,
        "channel": Channel.ONLINE,
        "answers": dict(ANSWERS),
        "circumstances": dict(CASE),
        "contact": {"phone": "0900000471"},
    }
    if "papers" not in changes:
        changes["papers"] = ((BORN_PAPER, str(keep_paper(by).pk)),)
    return Filing(**facts | changes)


def counter_filing(world: World, **changes: Any) -> Filing:
    """The same at the ward's counter: the officer keeps the papers, the result is fetched there."""
    paper = keep_paper(world.actor("reception"))
    here = {
        "channel": Channel.COUNTER,
        "delivery": Channel.COUNTER,
        "helped_at": world.centre.code,
        "helped_at_id": world.centre.pk,
        "papers": ((BORN_PAPER, str(paper.pk)),),
    }
    return birth_filing(world, **here | changes)


def file_birth_dossier(world: World, **changes: Any) -> Dossier:
    """A real submission by Hạnh, on Monday 09/11/2026 at 08:41 unless a moment is already patched in."""
    return submit_dossier(filing=birth_filing(world, **changes), by=world.actor("hanh"))


def file_at_counter(world: World, **changes: Any) -> Dossier:
    return submit_dossier(filing=counter_filing(world, **changes), by=world.actor("reception"))


def received(world: World, **changes: Any) -> Dossier:
    dossier = file_birth_dossier(world, **changes)
    return receive_dossier(dossier=dossier.pk, by=world.actor("reception"))


def assigned(world: World, **changes: Any) -> Dossier:
    dossier = received(world, **changes)
    return assign_dossier(dossier=dossier.pk, handler=world.account("handler"), by=world.actor("leader"))


def asked(world: World, **changes: Any) -> Dossier:
    dossier = assigned(world, **changes)
    return ask_for_supplement(
        dossier=dossier.pk, flaws=[FLAW], respond_by=date(2026, 11, 23), by=world.actor("handler")
    )


def supplemented(world: World, **changes: Any) -> Dossier:
    dossier = asked(world, **changes)
    papers = {BORN_PAPER: keep_paper(world.actor("hanh"))}
    return supplement_dossier(dossier=dossier.pk, papers=papers, by=world.actor("hanh"))


def seen(world: World, dossier: Dossier) -> Dossier:
    """Every paper looked at and found good."""
    for paper in dossier.papers.filter(replaced=False):
        review_paper(
            dossier=dossier.pk, number=paper.number, verdict="good", remark="", by=world.actor("handler")
        )
    return dossier


def proposed(world: World, **changes: Any) -> Dossier:
    dossier = seen(world, assigned(world, **changes))
    return propose_decision(
        dossier=dossier.pk,
        proposal=Outcome.APPROVED,
        opinion="Hồ sơ đủ điều kiện.",
        by=world.actor("handler"),
    )


def decided(world: World, **changes: Any) -> Dossier:
    """Decided and signed; an electronic result is returned with it."""
    dossier = proposed(world, **changes)
    return decide_dossier(
        dossier=dossier.pk,
        outcome=Outcome.APPROVED,
        opinion="Hồ sơ đủ điều kiện.",
        by=world.actor("leader"),
    )
