"""An alert from the composer to a page that is open: no reload, no other region."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.stack import Stack

HEADLINE = "Waspada banjir di Periuk, air Cisadane naik"


def write(page: Page, stack: Stack) -> str:
    """Write an alert by keyboard, mouse and map; return its address at the desk."""
    page.goto(stack.url("/desk/emergency/alerts/new/?template=flood", "tangerang"))
    for name, text in (("headline_id", HEADLINE), ("description_id", "Air naik 10 cm per jam."),
                       ("headline_en", "Flood warning for Periuk"),
                       ("description_en", "Rising 10 cm an hour.")):  # fmt: skip
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=areas]").first.check()
    page.locator("form.composer button[type=submit]").click()
    page.wait_for_url(re.compile(r"/alerts/[0-9a-f-]{36}/$"))
    return page.url


def test_the_second_person_s_click_is_on_every_open_page(
    stack: Stack, visit: Callable, sign_in: Callable, accessible: Callable, shot: Callable
) -> None:
    author, leader, citizen, elsewhere = visit(), visit(), visit(phone=True), visit()
    sign_in(author, "coordinator")
    address = write(author, stack)
    shot(author, "alert-draft")
    author.locator("button:has-text('persetujuan'), form:has([value=submit]) button").first.click()
    sign_in(leader, "leader")
    leader.goto(address)
    citizen.goto(stack.url("/", "tangerang"))
    elsewhere.goto(stack.url("/", "purworejo"))
    author.goto(stack.url("/desk/emergency/alerts/", "tangerang"))
    for page in (citizen, author, elsewhere):
        page.locator("html[data-live-state=live]").wait_for(state="attached")
    leader.locator("form:has([value=publish]) button").click()
    for page in (citizen, author):
        expect(page.locator("#banners .banner")).to_contain_text(HEADLINE, timeout=5000)
    accessible(author)
    expect(elsewhere.locator("#banners .banner")).to_have_count(0)
    shot(citizen, "banner-citizen")
    shot(author, "banner-desk")
    citizen.locator("#banners .banner a").first.click()
    expect(citizen.locator("h1")).to_contain_text(HEADLINE)
    accessible(citizen)
    shot(citizen, "alert-citizen")
    citizen.locator("#banners .banner__hide").click()
    expect(citizen.locator("#banners .banner")).to_have_count(0)
    citizen.goto(stack.url("/emergency/alerts/", "tangerang"))
    expect(citizen.locator("#banners .banner")).to_have_count(0)
    expect(citizen.locator("main")).to_contain_text(HEADLINE)
    assert [page.faults for page in (author, leader, citizen, elsewhere)] == [[], [], [], []]
