"""The page of parts, read as a machine reads it and as a browser shows it."""

import mimetypes
import re
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.views.defaults import server_error

from lienthong.site import pages

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
HALLS = ["/parts", "/parts?hall=officer", "/parts?hall=committee", "/parts/wall"]
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]


def template(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, name)


urlpatterns = [
    path("parts", pages.parts),
    path("parts/wall", pages.wall),
    path("template/<str:name>", template),
    path("i18n/", include("django.conf.urls.i18n")),
]
pytestmark = pytest.mark.urls(__name__)
EVERY = [*HALLS, *(f"/template/{name}" for name in ERRORS)]


def read(address: str) -> str:
    response = Client(headers={"accept-language": "vi"}).get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", EVERY)
def test_nothing_needs_an_inline_style_or_script(address):
    html = read(address)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize("address", EVERY)
def test_nothing_is_fetched_from_elsewhere(address):
    loaded = re.findall(r'(?:src|href)="([^"#?]+)', read(address))
    assert not [url for url in loaded if "//" in url]
    for url in loaded:
        if url.startswith("/static/"):
            assert finders.find(url.removeprefix("/static/")), url


@pytest.mark.parametrize("address", HALLS)
def test_coordinates_are_never_written_the_vietnamese_way(address):
    """In Vietnamese 34.5 prints as 34,5, and a drawing breaks."""
    attributes = re.findall(r'\s(?:x|y|cx|cy|r|width|height|font-size|points|d)="([^"]*)"', read(address))
    assert len(attributes) > 200 or "wall" in address
    assert [value for value in attributes if re.search(r"\d,\d", value) and " " not in value] == []


@pytest.mark.parametrize("address", EVERY)
def test_ids_are_given_once(address):
    ids = Counter(re.findall(r'\sid="([^"]+)"', read(address)))
    assert [name for name, times in ids.items() if times > 1] == []


def test_each_error_leads_to_its_field():
    html = read("/parts")
    summary = html[html.index("govuk-error-summary") : html.index("<h1")]
    assert "Còn 2 chỗ cần sửa" in summary
    targets = re.findall(r'href="#([^"]+)">([^<]+)<', summary)
    assert [words for _id, words in targets] == [
        "Nhập tên của con",
        "Giờ sinh phải từ 00:00 đến 23:59, ví dụ 14:05",
    ]
    for target, _words in targets:
        assert f'id="{target}"' in html
        assert f'aria-describedby="{target}_helptext {target}_error"' in html or f'"{target}_error"' in html


def test_the_present_place_is_marked_and_counted():
    html = read("/parts?hall=officer")
    assert '<a href="?hall=officer" aria-current="page">Cán bộ <b>200</b></a>' in html
    assert html.count('aria-current="page"') == 2  # and the present page of the list


@pytest.mark.parametrize("address", [*HALLS, "/template/404.html"])
def test_the_ribbon_is_there_in_a_demo_only(address):
    with override_settings(DEMO=True):
        assert "Bản mẫu" in read(address)
    with override_settings(DEMO=False):
        assert "Bản mẫu" not in read(address)


def test_the_other_language_is_posted():
    assert '<form action="/i18n/setlang/" method="post">' in read("/parts")


def test_a_broken_server_still_speaks():
    """500.html is rendered without a request, a context or a database."""
    html = server_error(RequestFactory().get("/parts")).content.decode()
    assert "Những gì đã lưu trước đó vẫn còn" in html
    assert "csrfmiddlewaretoken" not in html


# In a browser, without a server: pages come from the test client, under their real security policy.


@pytest.fixture
def show(page, request):
    """Open an address of ours at a width; every complaint of the browser is an error."""
    complaints: list[str] = []
    client = Client(headers={"accept-language": "vi"})

    def answer(route):
        address = route.request.url.removeprefix("https://lienthong.test")
        if address.startswith("/static/"):
            found = finders.find(address.removeprefix("/static/"))
            kind = mimetypes.guess_type(found)[0]
            return route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        response = client.get(address)
        return route.fulfill(
            status=response.status_code, body=response.content, headers=dict(response.headers)
        )

    page.route("**/*", answer)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def open_at(address: str, width: int):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"https://lienthong.test{address}")
        assert complaints == []
        return page

    return open_at


@pytest.mark.journey
@pytest.mark.parametrize("address", ["/parts", "/parts?hall=officer", "/parts/wall", "/template/404.html"])
def test_axe_finds_nothing(show, address):
    """WCAG 2.0 to 2.2, A and AA, and axe's best practice, on a desk and on a phone."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for width in (1280, 390):
        page = show(address, width)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)["violations"]
        assert [(broken["id"], [node["html"] for node in broken["nodes"]]) for broken in found] == [], width


@pytest.mark.journey
def test_a_narrow_phone_needs_no_sideways_scrolling(show):
    """WCAG 2.2, 1.4.10: 320 px."""
    wide = [address for address in EVERY if show(address, 320).evaluate("document.body.scrollWidth") > 320]
    assert wide == []


@pytest.mark.journey
def test_the_error_summary_has_the_focus(show):
    page = show("/parts", 1280)
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"


@pytest.mark.journey
def test_paper_has_no_header_but_keeps_the_ribbon(show):
    page = show("/parts", 1280)
    page.emulate_media(media="print")
    assert not page.locator(".lt-head").is_visible()
    assert not page.locator(".lt-nav").is_visible()
    assert page.locator(".lt-ribbon").is_visible()


@pytest.mark.journey
def test_digits_of_a_column_are_as_wide_as_each_other(show):
    """Be Vietnam Pro's 1 is half as wide as its 8: figures take their digits from another font."""
    page = show("/parts", 1280)
    widths = page.evaluate(
        """async () => {
            await document.fonts.ready;
            return ["1111", "8888"].map(text => {
                const span = document.createElement("span");
                span.className = "num";
                span.textContent = text;
                document.querySelector("main").append(span);
                return span.getBoundingClientRect().width;
            });
        }"""
    )
    assert widths[0] == widths[1]


@pytest.mark.journey
def test_a_second_press_sends_nothing_twice(show):
    page = show("/parts", 1280)
    sent = page.evaluate(
        """() => {
            let sent = 0;
            window.addEventListener("submit", event => {
                if (!event.defaultPrevented) sent += 1;
                event.preventDefault();
            });
            const form = document.querySelector(".lt-bulk").closest("form");
            form.requestSubmit();
            form.requestSubmit();
            return sent;
        }"""
    )
    assert sent == 1
