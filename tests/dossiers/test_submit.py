"""Filing: what it writes, and what it refuses without writing anything."""

from dataclasses import replace
from uuid import uuid4

import pytest

from lienthong.documents.public import NotAccepted, keep_file
from lienthong.dossiers.actions.filing import (
    ChannelClosed,
    FileNotOurs,
    PaperNeverAsked,
    VersionClosed,
    VersionNotOpen,
)
from lienthong.dossiers.public import (
    AnswersRefused,
    Applicant,
    Channel,
    Dossier,
    Draft,
    DraftGone,
    NoAuthorityThere,
    PapersMissing,
    State,
    begin_draft,
    discard_draft,
    submit_dossier,
)
from lienthong.dossiers.routing import NoSuchCommune
from lienthong.identity.public import ANONYMOUS, NotAllowed, SignInNeeded
from lienthong.kit.identifiers import PersonalNumberMalformed
from lienthong.population.public import Access, UnknownPerson
from lienthong.procedures.public import ProcedureVersion, current
from makers import (
    ANSWERS,
    BORN_PAPER,
    HANH,
    LOC,
    World,
    birth_filing,
    counter_filing,
    events_of,
    file_at_counter,
    file_birth_dossier,
    keep_paper,
    line_of,
    moment,
    nothing_saved,
)

pytestmark = pytest.mark.django_db


def test_filing_writes_dossier_line_papers_and_event(world: World) -> None:
    dossier = Dossier.objects.get(pk=file_birth_dossier(world).pk)

    assert dossier.code == "H20.48-261109-0001"
    assert dossier.state == State.FILED
    assert (dossier.reception, dossier.authority) == (world.centre, world.committee)
    assert dossier.filed_at == dossier.last_at == moment("09/11/2026 08:41")
    assert dossier.due_at is dossier.received_at is None
    assert dossier.applicant_key == "nguyen thi minh hanh"
    assert dossier.fee == 0, "a birth registered within 60 days costs nothing (Luật 60/2014/QH13, điều 11)"
    line = line_of(dossier)
    assert (line.number, line.act, line.before, line.after) == (1, "file", None, State.FILED)
    assert (line.actor, line.actor_name) == (dossier.filed_by, "Nguyễn Thị Minh Hạnh")
    assert events_of(dossier) == ["dossiers.DossierFiled"]


def test_papers_handed_in_and_looked_up_are_numbered(world: World) -> None:
    papers = list(file_birth_dossier(world).papers.order_by("number"))

    assert [(p.number, p.key, p.action) for p in papers] == [
        (1, BORN_PAPER, "submit"),
        (2, "giay_to_cu_tru", "looked_up"),
        (3, "giay_ket_hon", "looked_up"),
    ]
    assert papers[0].file is not None
    assert "cơ sở dữ liệu về cư trú" in papers[1].source


def test_the_register_s_answers_win_over_typed_ones_and_keep_their_source(world: World) -> None:
    typed = {**ANSWERS, "requester_name": "Người Khác", "father_name": "Ai Đó"}
    dossier = file_birth_dossier(world, answers=typed)

    assert dossier.answers["requester_name"] == "Nguyễn Thị Minh Hạnh"
    assert dossier.answers["father_name"] == "Trần Văn Lộc"
    assert dossier.sources["father_name"]["source"] == "Cơ sở dữ liệu quốc gia về dân cư"
    assert "child_name" not in dossier.sources


def test_everybody_who_was_looked_up_sees_it(world: World) -> None:
    file_birth_dossier(world)
    seen = Access.objects.order_by("person_id").values_list("person_id", "purpose", "by_self")
    assert list(seen) == [(LOC, "prefill", False), (HANH, "prefill", True)]


def test_the_counter_files_for_the_person_who_stands_there(world: World) -> None:
    """NĐ 118/2025/NĐ-CP: helped at, received at and decided at are three organisations."""
    dossier = file_at_counter(world)

    assert (dossier.channel, dossier.delivery) == (Channel.COUNTER, Channel.COUNTER)
    assert dossier.helped_at == world.centre
    assert dossier.applicant_number == HANH
    assert dossier.filed_by == world.account("reception").reference
    assert {a.purpose for a in Access.objects.all()} == {"counter"}
    assert ("giay_to_tuy_than", "looked_up") in set(dossier.papers.values_list("key", "action"))


def test_another_province_s_counter_files_for_this_ward(world: World) -> None:
    """Regardless of boundaries within the country: helped there, received and decided here."""
    by = world.actor("far_reception")
    filing = counter_filing(
        world, helped_at=world.far_centre.code, papers=((BORN_PAPER, str(keep_paper(by).pk)),)
    )
    dossier = submit_dossier(filing=filing, by=by)
    assert (dossier.helped_at, dossier.reception) == (world.far_centre, world.centre)


def test_where_one_was_helped_is_told_by_the_code_that_was_checked(world: World) -> None:
    dossier = file_at_counter(world, helped_at_id=world.far_centre.pk)
    assert dossier.helped_at == world.centre


# ---- drafts


def test_a_draft_sent_twice_is_filed_once(world: World) -> None:
    hanh = world.actor("hanh")
    draft = begin_draft(version=world.version, by=hanh)

    first = submit_dossier(filing=birth_filing(world), by=hanh, draft=draft.pk)
    second = submit_dossier(filing=birth_filing(world), by=hanh, draft=draft.pk)

    assert first.pk == second.pk
    assert Dossier.objects.count() == 1
    assert Draft.objects.get(pk=draft.pk).answers == {}


def test_somebody_else_s_draft_is_not_there(world: World) -> None:
    draft = begin_draft(version=world.version, by=world.actor("nam"))
    with nothing_saved(DraftGone):
        submit_dossier(filing=birth_filing(world, papers=()), by=world.actor("hanh"), draft=draft.pk)


def test_a_draft_thrown_away_or_never_begun_files_nothing(world: World) -> None:
    hanh = world.actor("hanh")
    draft = begin_draft(version=world.version, by=hanh)
    discard_draft(key=draft.pk, by=hanh)
    for key in (draft.pk, uuid4()):
        with nothing_saved(DraftGone):
            submit_dossier(filing=birth_filing(world, papers=()), by=hanh, draft=key)


# ---- who may file


def test_nobody_files_for_somebody_else_online(world: World) -> None:
    filing = birth_filing(world)
    with nothing_saved(NotAllowed):
        submit_dossier(filing=filing, by=world.actor("nam"))
    with nothing_saved(SignInNeeded):
        submit_dossier(filing=filing, by=ANONYMOUS)


def test_a_citizen_files_online_and_never_as_if_at_a_counter(world: World) -> None:
    for changes in ({"helped_at": "H20.48"}, {"channel": Channel.COUNTER}):
        filing = replace(birth_filing(world), **changes)
        with nothing_saved(NotAllowed):
            submit_dossier(filing=filing, by=world.actor("hanh"))


def test_an_officer_files_at_the_counter_of_the_duty_only(world: World) -> None:
    filing = counter_filing(world)
    for who in ("handler", "leader", "centre_leader", "far_reception"):
        with nothing_saved(NotAllowed):
            submit_dossier(filing=filing, by=world.actor(who))


# ---- bad input: a sentence, and nothing saved


def problems(world: World, **answers: object) -> dict[str, str]:
    filing = birth_filing(world, answers={**ANSWERS, **answers})
    with nothing_saved(AnswersRefused) as refused:
        submit_dossier(filing=filing, by=world.actor("hanh"))
    assert isinstance(refused.value, AnswersRefused)
    return {problem.field: problem.sentence for problem in refused.value.problems}


def test_a_malformed_personal_number(world: World) -> None:
    filing = counter_filing(world, applicant=Applicant("09919400447", "Nguyễn Thị Minh Hạnh"))
    with nothing_saved(PersonalNumberMalformed):
        submit_dossier(filing=filing, by=world.actor("reception"))


def test_a_number_that_nobody_has(world: World) -> None:
    filing = counter_filing(world, applicant=Applicant("099194004472", "Ai Đó"))
    with nothing_saved(UnknownPerson):
        submit_dossier(filing=filing, by=world.actor("reception"))


def test_a_birth_date_in_the_future(world: World) -> None:
    found = problems(world, child_birth_date="2026-11-10")
    assert found.keys() == {"child_birth_date"}
    assert "không thể sau hôm nay, 09/11/2026" in found["child_birth_date"]


def test_a_birth_date_that_contradicts_the_number(world: World) -> None:
    """Nam is not married in the register, so he types the mother's facts: her number says 1994."""
    answers = {
        **ANSWERS,
        "relation_to_child": "Cha",
        "mother_name": "Nguyễn Thị Minh Hạnh",
        "mother_birth": "1980",
        "mother_personal_id": HANH,
    }
    nam = world.actor("nam")
    filing = birth_filing(
        world,
        answers=answers,
        applicant=Applicant(nam.personal_number or "", nam.name),
        papers=((BORN_PAPER, str(keep_paper(nam).pk)),),
    )
    with nothing_saved(AnswersRefused) as refused:
        submit_dossier(filing=filing, by=nam)
    assert isinstance(refused.value, AnswersRefused)
    assert [p.field for p in refused.value.problems] == ["mother_personal_id"]
    assert "1980" in refused.value.problems[0].sentence or "năm sinh" in refused.value.problems[0].sentence


def test_fields_never_asked_for(world: World) -> None:
    found = problems(world, is_admin=True, state=9)
    assert found["is_admin"] == "Biểu mẫu không hỏi mục “is_admin”. Hãy bỏ mục này."
    assert "state" in found


def test_a_required_answer_left_out(world: World) -> None:
    assert problems(world, child_name="").keys() == {"child_name"}


def test_a_missing_required_paper(world: World) -> None:
    filing = birth_filing(world, papers=())
    with nothing_saved(PapersMissing) as refused:
        submit_dossier(filing=filing, by=world.actor("hanh"))
    assert "Giấy chứng sinh" in str(refused.value)


def test_a_paper_never_asked_for(world: World) -> None:
    paper = str(keep_paper(world.actor("hanh")).pk)
    filing = birth_filing(world, papers=((BORN_PAPER, paper), ("so_do", paper)))
    with nothing_saved(PaperNeverAsked):
        submit_dossier(filing=filing, by=world.actor("hanh"))


def test_somebody_else_s_file(world: World) -> None:
    stolen = str(keep_paper(world.actor("nam")).pk)
    filing = birth_filing(world, papers=((BORN_PAPER, stolen),))
    with nothing_saved(FileNotOurs):
        submit_dossier(filing=filing, by=world.actor("hanh"))


@pytest.mark.parametrize("file", ["", "1 OR 1=1", "8798a896-f761-4585-8221-4173e5235d37"])
def test_a_file_that_is_not_there(world: World, file: str) -> None:
    filing = birth_filing(world, papers=((BORN_PAPER, file),))
    with nothing_saved(FileNotOurs):
        submit_dossier(filing=filing, by=world.actor("hanh"))


def test_a_program_named_pdf_is_no_paper(world: World) -> None:
    with nothing_saved(NotAccepted.__base__):  # any refusal of a file
        keep_paper(world.actor("hanh"), b"MZ\x90\x00" + bytes(2000), "giay.pdf")
    assert keep_file.__module__ == "lienthong.documents.actions"


def test_a_closed_version(world: World) -> None:
    ProcedureVersion.objects.filter(pk=world.version.pk).update(valid_to="2026-11-09")
    filing = birth_filing(world)
    with nothing_saved(VersionClosed) as refused:
        submit_dossier(filing=filing, by=world.actor("hanh"))
    assert "từ ngày 09/11/2026" in str(refused.value)


def test_a_version_that_is_still_a_draft(world: World) -> None:
    draft = ProcedureVersion.objects.create(
        procedure=world.version.procedure, content=world.version.content, state="draft", source="thử"
    )
    filing = birth_filing(world, version=draft.pk)
    with nothing_saved(VersionNotOpen):
        submit_dossier(filing=filing, by=world.actor("hanh"))


def test_a_channel_the_procedure_does_not_have(world: World) -> None:
    """2.002913, the linked death registration, is filed online only."""
    linked = current("2.002913", moment("09/11/2026 08:41").date())
    assert linked
    filing = counter_filing(world, version=linked.pk)
    with nothing_saved(ChannelClosed):
        submit_dossier(filing=filing, by=world.actor("reception"))


def test_a_commune_that_is_not_there(world: World) -> None:
    filing = birth_filing(world, unit=0)
    with nothing_saved(NoSuchCommune):
        submit_dossier(filing=filing, by=world.actor("hanh"))


def test_a_place_without_the_authority(world: World) -> None:
    """A province's own row has no commune committee: the sentence names the place."""
    assert world.ward.parent
    filing = birth_filing(world, unit=world.ward.parent.pk)
    with nothing_saved(NoAuthorityThere) as refused:
        submit_dossier(filing=filing, by=world.actor("hanh"))
    assert "Đồng Tháp" in str(refused.value)
