"""Which papers a case needs, and whether each is handed in, shown, or looked up by the agency."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lienthong.kit.errors import said
from lienthong.procedures.conditions import holds
from lienthong.procedures.content import Action, Channel, Content, Paper, TimeLimit
from lienthong.procedures.rules.limits import variant_of


class Need(StrEnum):
    """`DEPENDS`: on a circumstance that nobody has answered yet."""

    YES = "yes"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class PaperDemand:
    """One paper and what is done with it. `reason` with `facts` says why, in words for the applicant.

    `is_form`: filled on the screen, nothing to upload. `certified_copy`: sent by post in place of
    showing it (the sector's post rule). `circumstance`: the key to answer when `need` is DEPENDS.
    """

    paper: Paper
    action: Action
    need: Need
    reason: str
    facts: Mapping[str, str]
    is_form: bool = False
    certified_copy: bool = False
    circumstance: str | None = None
    question: str | None = None

    @property
    def must_be_attached(self) -> bool:
        """A file is wanted before the dossier may be filed."""
        return self.need is Need.YES and self.action == "submit" and not self.is_form


REGISTER_NAMES = {
    "population_db": said("cơ sở dữ liệu quốc gia về dân cư"),
    "civil_status_db": said("cơ sở dữ liệu hộ tịch điện tử"),
    "residence_db": said("cơ sở dữ liệu về cư trú"),
    "land_db": said("cơ sở dữ liệu quốc gia về đất đai"),
    "social_insurance_db": said("cơ sở dữ liệu bảo hiểm"),
    "enterprise_db": said("cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp"),
    "health_certificate_system": said("hệ thống giấy chứng nhận y tế điện tử"),
    "driving_licence_db": said("cơ sở dữ liệu giấy phép lái xe"),
    "violation_db": said("cơ sở dữ liệu xử lý vi phạm hành chính"),
    "poverty_db": said("cơ sở dữ liệu hộ nghèo, hộ cận nghèo"),
    "social_protection_db": said("cơ sở dữ liệu trợ giúp xã hội"),
    "merit_db": said("cơ sở dữ liệu người có công"),
    "account": said("tài khoản của ông, bà"),
}


def papers_for(
    content: Content,
    *,
    channel: Channel,
    variant: str | None = None,
    answers: Mapping[str, Any] | None = None,
    known: Collection[str] | None = None,
) -> list[PaperDemand]:
    """What this case asks for; papers that it does not ask for are left out.

    `answers` hold the form's answers and the circumstances (`demand.circumstance`) as yes or no.
    `known` are the registers that hold the fact for this case, and paper keys found by `result_reuse`:
    what they hold is looked up, never asked for (for residence: NĐ 104/2022/NĐ-CP art. 14.2).
    None: nobody has looked yet.
    Raises NoSuchVariant.
    """
    case = variant_of(content, variant)
    facts = dict(answers or {})
    demands = []
    for paper in content.papers.items:
        wanted = _wanted(paper, channel, case, facts)
        if wanted is not False:
            demand = _demand(paper, known, sure=wanted is True, by_form=bool(content.form.fields))
            demands.append(_by_post(demand, content) if channel == "post" else demand)
    return demands


def _demand(paper: Paper, known: Collection[str] | None, *, sure: bool, by_form: bool) -> PaperDemand:
    unsure = not sure or (paper.reading.only_if_missing and known is None)
    action, reason, words = _action(paper, known or ())
    return PaperDemand(
        paper,
        action,
        Need.DEPENDS if unsure else Need.YES,
        reason,
        words,
        is_form=paper.reading.is_form and by_form,
        circumstance=None if sure else paper.reading.circumstance,
        question=None if sure else paper.reading.question,
    )


def _by_post(demand: PaperDemand, content: Content) -> PaperDemand:
    """What would be shown at the counter is sent as a certified copy, where the sector's rule says so."""
    if demand.action != "present" or content.reception_rules is None:
        return demand
    reason = said("Gửi bưu chính thì kèm bản sao có chứng thực.")
    return replace(demand, action="submit", reason=reason, facts={}, certified_copy=True)


def _wanted(paper: Paper, channel: Channel, case: TimeLimit | None, facts: Mapping[str, Any]) -> bool | None:
    """Whether this case asks for the paper; None while a circumstance is not answered."""
    reading = paper.reading
    if reading.channels and channel not in reading.channels:
        return False
    if reading.variant and case is not None and case.title is not None:
        return case.title == reading.variant or facts.get(reading.circumstance or "") is True
    if reading.asked_if:
        return holds(reading.asked_if, facts)
    if reading.circumstance:
        answer = facts.get(reading.circumstance)
        return None if answer is None else bool(answer)
    return True


def _action(paper: Paper, known: Collection[str]) -> tuple[Action, str, dict[str, str]]:
    """Look it up where a register holds it; otherwise hand in or show, as the record says."""
    register = paper.obtainable_from
    if paper.key in known:
        return "looked_up", said("Đã có trong kho kết quả; dùng lại, không phải nộp."), {}
    if register and register in known:
        reason = said("Cơ quan tra cứu trong {register}; không phải nộp.")
        return "looked_up", reason, {"register": REGISTER_NAMES[register]}
    if paper.action == "looked_up":
        return "looked_up", said("Chỉ khai thông tin; cơ quan tự tra cứu."), {}
    if register:
        reason = said("Cần đến khi chưa tra cứu được trong {register}.")
        return paper.action, reason, {"register": REGISTER_NAMES[register]}
    if paper.when:
        return paper.action, said("Thuộc trường hợp: {when}."), {"when": paper.when}
    return paper.action, said("Thành phần hồ sơ của thủ tục."), {}


def circumstances(content: Content, *, channel: Channel) -> dict[str, str]:
    """The yes-or-no questions that decide which papers are needed, by key, in the record's order."""
    asked: dict[str, str] = {}
    for paper in content.papers.items:
        reading = paper.reading
        if (
            reading.circumstance
            and reading.question
            and (not reading.channels or channel in reading.channels)
        ):
            asked.setdefault(reading.circumstance, reading.question)
    return asked


def component_result(component_code: str) -> str | None:
    """The result code inside a component code: 000.00.00.G15-KQ003204 is KQ.G15.003204, else None."""
    place, _, number = component_code.rpartition("-KQ")
    sector = place.rpartition(".")[2]
    return f"KQ.{sector}.{number}" if sector and number.isdigit() else None


def result_reuse(content: Content, held: Collection[str]) -> dict[str, str]:
    """Papers that a result the person already holds stands for: paper key to result code (KQ.G15.000031)."""
    reusable = {}
    for paper in content.papers.items:
        code = component_result(paper.component_code) if paper.component_code else None
        if code and code in held:
            reusable[paper.key] = code
    return reusable
