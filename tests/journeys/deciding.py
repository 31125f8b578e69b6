"""Officers at work on a dossier: each act as one does it on the page."""

import re

from playwright.sync_api import Locator

from journeys.filing import tick
from journeys.visitors import Visitor


def opens(visitor: Visitor, code: str) -> None:
    """By the queue: the code typed above the list, then the line that is found."""
    visitor.goes("/can-bo/")
    visitor.title("Hàng việc")
    visitor.page.get_by_label("Mã hồ sơ, tên người nộp, số định danh").fill(code)
    visitor.presses("Lọc", inside=visitor.page.get_by_role("search"))
    visitor.follows(code)
    visitor.title("Đăng ký khai sinh")


def task(visitor: Visitor, title: str) -> Locator:
    """One of the things to do now, unfolded."""
    found = visitor.page.locator("#viec .lt-task").filter(
        has=visitor.page.locator("summary, h3").get_by_text(title, exact=True)
    )
    if found.locator("summary").count():
        found.locator("summary").click()
    return found


def does(visitor: Visitor, title: str) -> None:
    """Press the button of a task that needs no more words."""
    visitor.presses(title, inside=task(visitor, title))


def asks_for(visitor: Visitor, paper: str, flaw: str, rule: str) -> None:
    """One paper, what is wrong with it and by which rule: decree 118/2025/NĐ-CP."""
    form = task(visitor, "Yêu cầu bổ sung")
    row = form.get_by_role("group", name=paper)
    row.get_by_label(paper, exact=True).check()
    row.get_by_label("Chỗ chưa đạt").fill(flaw)
    row.get_by_label("Điều khoản quy định").fill(rule)
    visitor.presses("Yêu cầu bổ sung", inside=form)


def looks_at_papers(visitor: Visitor) -> None:
    """Every paper is found good."""
    for verdict in visitor.page.get_by_label(re.compile("^Kết quả xem")).all():
        verdict.select_option("Đạt")
    visitor.presses("Ghi kết quả xem giấy tờ")


def proposes(visitor: Visitor, opinion: str) -> None:
    form = task(visitor, "Trình lãnh đạo")
    tick(form, "Trình giải quyết theo đề nghị")
    form.get_by_label("Ý kiến thẩm định, người nộp đọc được").fill(opinion)
    visitor.presses("Trình lãnh đạo", inside=form)


def decides(visitor: Visitor) -> None:
    form = task(visitor, "Quyết định và ký số")
    tick(form, "Giải quyết theo đề nghị")
    visitor.presses("Quyết định và ký số", inside=form)
