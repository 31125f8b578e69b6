"""A browser goes by a pseudonym that changes with the month (Luật 91/2025/QH15: data minimisation)."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from identity.people import citizen, sign_in
from lienthong.identity.devices import COOKIE, device_of, pseudonym, word_of
from makers import at

WORD = "0123456789abcdef" * 2


def test_a_browser_has_one_name_a_month_and_another_the_next() -> None:
    november, december = pseudonym(WORD, "2026-11"), pseudonym(WORD, "2026-12")
    assert november == pseudonym(WORD, "2026-11") != december
    assert len(november) == 16
    assert november not in WORD


@pytest.mark.parametrize("given", ["", "abc", WORD.upper(), WORD + "0", "<script>"])
def test_a_word_that_we_did_not_give_is_none(given: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = given
    assert word_of(request) == device_of(request) == ""


def test_the_name_is_of_the_month_it_is() -> None:
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = WORD
    with at("30/11/2026 23:59"):
        assert device_of(request) == pseudonym(WORD, "2026-11")


@pytest.mark.django_db
def test_only_the_browser_of_somebody_signed_in_gets_a_word_and_keeps_it() -> None:
    browser = Client()
    browser.get(reverse("portal:home"))
    assert COOKIE not in browser.cookies
    sign_in(browser, citizen(level=2))
    browser.get(reverse("portal:home"))
    first = browser.cookies[COOKIE]
    assert first["httponly"]
    assert first["samesite"] == "Lax"
    word = first.value
    browser.get(reverse("portal:home"))
    assert browser.cookies[COOKIE].value == word
