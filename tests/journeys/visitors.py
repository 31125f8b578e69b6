"""Somebody at a browser. Every page that opens is looked at: no accessibility fault, no broken script."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Response, expect

from journeys.stage import Stage
from lienthong.identity.public import DEMO_PASSWORD

AXE = Path(__file__).parents[1] / "site" / "vendor" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROWEST = 320
"""CSS pixels at which nothing may need sideways scrolling: WCAG 2.2, 1.4.10."""


class Visitor:
    """One person, one browser window."""

    def __init__(self, browser: Browser, stage: Stage, *, axe: bool = True, **window: object) -> None:
        told = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "base_url": stage.url, **window}
        self.context = browser.new_context(**told)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.stage, self.axe = stage, axe
        self.faults: list[str] = []
        self.visited: list[str] = []
        self.posted: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", lambda said: self._hear(said.type, said.text))
        self.page.on("response", self._answered)
        self.page.on("request", lambda sent: self.posted.append(sent.url) if sent.method == "POST" else None)

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append(f"console: {text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.faults.append(f"{response.status}: {response.url}\n{self.stage.complaints}")

    # ---- moving about

    def goes(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{answer.status}: {self.page.url}\n{self.stage.complaints}"
        self.looks()

    def presses(self, name: str, *, inside: Locator | None = None) -> None:
        """A button that leads to another page."""
        self._arrives((inside or self.page).get_by_role("button", name=name, exact=True).first)

    def follows(self, name: str | re.Pattern[str], *, inside: Locator | None = None) -> None:
        """A link to another page."""
        self._arrives((inside or self.page.locator("main")).get_by_role("link", name=name).first)

    def _arrives(self, control: Locator) -> None:
        with self.page.expect_navigation():
            control.click()
        self.looks()

    def sees(self, *texts: str | re.Pattern[str]) -> None:
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def title(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def downloads(self, name: str | re.Pattern[str]) -> bytes:
        """What a link leads to, fetched as the browser would."""
        link = self.page.locator("main").get_by_role("link", name=name).first
        answer = self.context.request.get(link.get_attribute("href") or "")
        assert answer.ok, f"{answer.status}: {answer.url}\n{self.stage.complaints}"
        return answer.body()

    # ---- looking at a page

    def looks(self) -> None:
        """No fault of WCAG 2.0 to 2.2, A and AA; no sideways scrolling on the narrowest screen; one heading."""
        self.page.wait_for_load_state()
        path = self.page.url.removeprefix(self.stage.url)
        self.visited.append(path)
        assert self.faults == [], path
        assert self.page.locator("h1").count() == 1, path
        if self.axe:
            self._runs_axe(path)
            self._narrows(path)

    def _runs_axe(self, path: str) -> None:
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)["violations"]
        told = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
        assert told == [], path

    def _narrows(self, path: str) -> None:
        before = self.page.viewport_size
        assert before is not None
        self.page.set_viewport_size({"width": NARROWEST, "height": 800})
        wide = self.page.evaluate(
            """limit => document.documentElement.scrollWidth <= limit ? [] :
            [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > limit + 1)
            .slice(0, 5).map(e => e.outerHTML.slice(0, 200))""",
            NARROWEST,
        )
        self.page.set_viewport_size(before)
        assert wide == [], f"{path} needs sideways scrolling at {NARROWEST} px: {wide}"

    # ---- signing in

    @property
    def session(self) -> str:
        """The key of the session this browser carries."""
        return next(str(each["value"]) for each in self.context.cookies() if each["name"] == "sessionid")

    def signs_in(self, account: str) -> None:
        """By the password, and the one-time code where the account has an app."""
        self.goes("/dang-nhap/" if is_citizen(account) else "/dang-nhap/can-bo/")
        self.signs_in_here(account)

    def signs_in_here(self, account: str) -> None:
        """On the sign-in page that is open."""
        name = "Số định danh cá nhân" if is_citizen(account) else "Tên đăng nhập"
        self.page.get_by_label(name).fill(account)
        self.page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
        self.presses("Đăng nhập", inside=self.page.locator("main"))
        if "/buoc-hai/" in self.page.url:
            self.gives_code(account)

    def gives_code(self, account: str, *, button: str = "Tiếp tục") -> None:
        self.page.get_by_label("Mã").fill(self.stage.code(account))
        self.presses(button)


def is_citizen(account: str) -> bool:
    return account.isdigit()
