"""A region opens itself in the browser: mail, code, region, address, contents, steps, console."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.stack import Stack


def go_on(page: Page) -> None:
    page.locator("main form[method=post] button[type=submit]").last.click()
    page.wait_for_load_state()


def order(page: Page, stack: Stack, *, email: str, name: str, slug: str) -> None:
    """Walk the wizard up to the page with the steps."""
    page.goto(stack.url("/"))
    page.locator("main a[href='/open/']:visible").first.click()
    page.locator("[name=email]").fill(email)
    page.locator("[name=applicant]").fill("Rina Wulandari")
    page.locator("[name=position]").fill("Kepala Bidang E-Government, Diskominfo")
    go_on(page)
    page.locator("[name=code]").fill(stack.wait_for_code(email))
    page.locator("form[action='/open/code/'] button").click()
    page.locator("[name=q]").first.fill(name)
    page.locator(".choice", has_text=name).first.locator("input").check()
    go_on(page)
    page.locator("[name=slug]").fill(slug)
    expect(page.locator("#address-check .chip--green")).to_be_visible()
    go_on(page)
    go_on(page)
    page.locator("[name=agree]").check()
    go_on(page)


@pytest.mark.parametrize(
    "phone", [True, pytest.param(False, marks=pytest.mark.soak)], ids=["360", "1280"]
)
def test_region_opens_in_minutes(phone: bool, stack: Stack, visit, accessible, shot) -> None:
    place = ("Kota Bogor", "bogor") if phone else ("Kabupaten Sleman", "sleman")
    page: Page = visit(phone=phone)
    width = "360" if phone else "1280"
    order(page, stack, email=f"kominfo@{place[1]}.go.id", name=place[0], slug=place[1])
    expect(page.locator(".track li").first).to_be_visible()
    enter = page.locator("form[action='/open/enter/'] button")
    enter.wait_for(timeout=60_000)
    shot(page, f"opening-steps-{width}")
    accessible(page)
    enter.click()
    page.wait_for_url(f"**//{place[1]}.localhost:*/accounts/link/**")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**//{place[1]}.localhost:*/console/**")
    expect(page.locator("h1")).to_be_visible()
    shot(page, f"opening-console-{width}")
    accessible(page)
    assert page.faults == []
    assert stack.get("/", city=place[1]) == 200


def test_taken_regions_bad_codes_and_bad_addresses_are_explained(stack: Stack, visit) -> None:
    page: Page = visit(phone=True)
    page.goto(stack.url("/open/"))
    page.locator("[name=email]").fill("bukan-alamat")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    go_on(page)
    expect(page.locator(".field__error").first).to_be_visible()
    assert page.locator("[name=email]").input_value() == "bukan-alamat"
    page.locator("[name=email]").fill("kominfo@depok.go.id")
    page.locator("[name=applicant]").fill("Dedi")
    page.locator("[name=position]").fill("Diskominfo")
    go_on(page)
    stack.wait_for_code("kominfo@depok.go.id")
    page.locator("[name=code]").fill("000000")
    page.locator("form[action='/open/code/'] button").click()
    expect(page.locator(".field__error").first).to_be_visible()
    page.locator("[name=code]").fill(stack.wait_for_code("kominfo@depok.go.id"))
    page.locator("form[action='/open/code/'] button").click()
    page.locator("[name=q]").first.fill("Kota Tangerang")
    taken = page.locator(".choice", has_text="36.71")
    expect(taken).to_be_visible()
    assert taken.locator("input").count() == 0, "an open region cannot be chosen again"
    page.locator("[name=q]").first.fill("Kota Depok")
    page.locator(".choice", has_text="Kota Depok").locator("input").check()
    go_on(page)
    page.locator("[name=slug]").fill("tangerang")
    expect(page.locator("#address-check .chip--red")).to_be_visible()
    go_on(page)
    expect(page.locator(".field__error").first).to_be_visible()
    assert page.locator("[name=slug]").input_value() == "tangerang"
