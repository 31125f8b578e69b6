"""Which papers a case needs."""

from lienthong.procedures.content import Content
from lienthong.procedures.public import Need, PaperDemand, circumstances, papers_for

Contents = dict[str, Content]


def keyed(demands: list[PaperDemand]) -> dict[str, PaperDemand]:
    return {d.paper.key: d for d in demands}


def test_form_on_the_screen_is_not_uploaded(contents: Contents) -> None:
    online = keyed(papers_for(contents["1.001193"], channel="online"))
    assert online["mau_dien_tu"].is_form
    assert not online["mau_dien_tu"].must_be_attached
    assert "to_khai" not in online
    direct = keyed(papers_for(contents["1.001193"], channel="direct"))
    assert "to_khai" in direct
    assert "mau_dien_tu" not in direct


def test_form_whose_fields_nobody_saw_is_attached(contents: Contents) -> None:
    online = keyed(papers_for(contents["3.000722"], channel="online"))
    assert online["to_khai_dien_tu"].must_be_attached


def test_what_a_register_holds_is_looked_up(contents: Contents) -> None:
    before = keyed(papers_for(contents["1.001193"], channel="online", known=set()))
    assert before["giay_chung_sinh"].must_be_attached
    after = keyed(papers_for(contents["1.001193"], channel="online", known={"health_certificate_system"}))
    demand = after["giay_chung_sinh"]
    assert demand.action == "looked_up"
    assert "hệ thống giấy chứng nhận y tế điện tử" in demand.reason.format(**demand.facts)


def test_proof_of_residence_is_asked_only_when_it_cannot_be_looked_up(contents: Contents) -> None:
    """NĐ 104/2022/NĐ-CP art. 14.2."""
    content = contents["1.001193"]
    assert keyed(papers_for(content, channel="direct"))["giay_to_cu_tru"].need is Need.DEPENDS
    assert keyed(papers_for(content, channel="direct", known=set()))["giay_to_cu_tru"].action == "present"
    found = keyed(papers_for(content, channel="direct", known={"residence_db"}))
    assert found["giay_to_cu_tru"].action == "looked_up"


def test_circumstance_decides_once_it_is_answered(contents: Contents) -> None:
    content = contents["1.001193"]
    open_one = keyed(papers_for(content, channel="online"))["xac_nhan_mang_thai_ho"]
    assert (open_one.need, open_one.circumstance) == (Need.DEPENDS, "surrogacy")
    assert "xac_nhan_mang_thai_ho" not in keyed(
        papers_for(content, channel="online", answers={"surrogacy": False})
    )
    yes = keyed(papers_for(content, channel="online", answers={"surrogacy": True}))
    assert yes["xac_nhan_mang_thai_ho"].must_be_attached


def test_chosen_case_brings_its_paper(contents: Contents) -> None:
    content = contents["1.001193"]
    abandoned = next(v for v in content.variants if v.title == "trẻ bị bỏ rơi")
    assert keyed(papers_for(content, channel="online", variant=abandoned.id))[
        "bien_ban_bo_roi"
    ].must_be_attached
    assert "bien_ban_bo_roi" not in keyed(papers_for(content, channel="online"))


def test_one_of_two_forms_by_proxy(contents: Contents) -> None:
    content = contents["3.000333"]
    own = keyed(papers_for(content, channel="online", answers={"by_proxy": False}))
    assert "to_khai_04" in own
    assert "to_khai_05" not in own


def test_questions_are_put_in_words(contents: Contents) -> None:
    asked = circumstances(contents["1.001193"], channel="online")
    assert asked["surrogacy"] == "Trẻ sinh ra do mang thai hộ?"
    assert list(asked) == ["abandoned_child", "surrogacy", "by_proxy", "parents_married"]


def test_every_conditional_paper_is_decided_or_asked_about(contents: Contents) -> None:
    for content in contents.values():
        for channel in content.channels.items:
            for demand in papers_for(content, channel=channel, known=set()):
                if demand.need is Need.DEPENDS:
                    assert demand.circumstance or demand.paper.reading.asked_if
