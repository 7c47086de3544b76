"""The city as one: a story through five modules, and an institution that serves two cities."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone
from playwright.sync_api import Page, expect

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import platform
from balai.directory.models import Agency
from balai.embedded import ports
from balai.signon.tests import processes
from modules.catalogue.models import App
from modules.catalogue.states import Category, SignOn, State
from modules.partners.models import Partner
from modules.partners.services import agreements, delegates, people
from modules.partners.tests.conftest import paper
from provisioning.models import PartnerAccess
from tests.journeys.conftest import PASSWORD, address, enter
from tests.support.stack import Stack

A, B = "tangerang", "purworejo"
STORY = "Dua orang membawa senjata tajam mondar-mandir di depan warung sejak sore."
REPLY = "Patroli sudah di lokasi, dua orang diamankan."
ORDER = "Pastikan pos ronda Cibodas terisi malam ini"
DONE = "Dua regu berjaga sampai pagi."
BUDI = "budi.santoso@polri.go.id"


def agree() -> None:
    """Agree with Polres that security reports come by themselves; give everybody a seat."""
    police = Partner.objects.get(slug="polres")
    row = agreements.save_cooperation(partner=police, told=paper())
    agreements.add_rule(cooperation=row, told={
        "source": "complaints", "categories": ["gangguan-keamanan"], "areas": [],
        "fields": ["text"], "moment": "arrived",
    })  # fmt: skip
    for role in ("citizen", "partner", "agency_head"):
        user = User.objects.create_user(
            email=address(role), name=f"{role.title()} Kota", password=PASSWORD
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    people.add(partner=police, email=address("partner"))
    head = User.objects.get(email=address("agency_head"))
    grant_role(user=head, role="agency_head", agency=Agency.objects.get(code="satpolpp"))


def put_on_home(home: str, client: str) -> None:
    """Put an old app of the city beside the modules."""
    App.objects.create(
        slug="perizinan-lama", name="Perizinan Lama", category=Category.PERMITS,
        state=State.LIVE, url=home, login_address=f"{home}masuk", sign_on=SignOn.OIDC,
        client_id=client, on_home=True, probed=False,
    )  # fmt: skip


def connect(page: Page, stack: Stack, home: str) -> tuple[str, str]:
    """Register the app in the console; return its client id and the secret, shown once."""
    enter(page, stack, "admin")
    page.goto(stack.url("/console/sign-on/new/", A))
    page.locator("[name=name]").fill("Perizinan Lama")
    page.locator("[name=redirect_uris]").fill(f"{home}cb")
    for word in ("profile", "email"):
        page.locator(f"[name=learns][value={word}]").check()
    page.locator("main form[method=post] button[type=submit]").first.click()
    secret = page.locator("#made-secret").inner_text()
    link = page.locator("main a[href*='/sign-on/apps/']").first.get_attribute("href")
    return str(link).rstrip("/").rpartition("/")[2], secret


def report(page: Page, stack: Stack) -> None:
    """Report as a citizen who is signed in, from a phone."""
    enter(page, stack, "citizen")
    page.goto(stack.url("/complaints/new/", A))
    page.locator("[name=category][value=other]").check()
    page.locator("[name=other_category]").select_option(label="Gangguan keamanan")
    page.locator("[name=text]").fill(STORY)
    page.locator("[name=district]").select_option(label="Cibodas")
    page.locator(".dock--form button").click()
    page.wait_for_url("**/complaints/receipt/**")


def answer(page: Page, stack: Stack) -> None:
    """Acknowledge and answer as Polres, from a phone."""
    enter(page, stack, "partner")
    page.goto(stack.url("/desk/partners/", A))
    page.locator("main tr a").first.click()
    expect(page.locator("main")).to_contain_text(STORY)
    page.locator("a[href='?do=acknowledge#do']").click()
    page.locator("[name=acknowledge-reference]").fill("LP/B/77")
    page.locator("#do button[type=submit]").click()
    page.locator("a[href='?do=answer#do']").click()
    page.locator("[name=answer-outcome][value=handled]").check()
    page.locator("[name=answer-text]").fill(REPLY)
    page.locator("#do button[type=submit]").click()
    expect(page.locator("main .track")).to_contain_text(REPLY)


def test_a_security_matter_goes_through_the_city(
    stack: Stack, visit: Callable[..., Page], ask: Callable, shot: Callable, tmp_path: Path
) -> None:
    ask(agree)
    wall = visit()
    wall.set_default_navigation_timeout(30_000)  # the first page of new processes
    enter(wall, stack, "leader")
    wall.goto(stack.url("/desk/liveroom/", A))
    tile = wall.locator("[data-live*='partners.acknowledge'] dl.stat dd").first
    expect(tile).to_have_text("0")

    phone = visit(phone=True)
    report(phone, stack)
    expect(tile).to_have_text("1", timeout=5_000)
    shot(wall, "one-wall-waiting-1280")
    police = visit(phone=True)
    answer(police, stack)
    expect(tile).to_have_text("0", timeout=5_000)

    wall.goto(stack.url("/desk/liveroom/instructions/new/?agency=satpolpp", A))
    wall.locator("[name=text]").fill(ORDER)
    wall.locator("main form[method=post] button[type=submit]").first.click()
    expect(wall.locator("h1")).to_contain_text(ORDER)
    head = visit(phone=True)
    enter(head, stack, "agency_head")
    head.goto(stack.url("/desk/liveroom/instructions/", A))
    head.get_by_role("link", name=ORDER).first.click()
    head.locator("a[href='?do=answer#do']").click()
    head.locator("#do [name=text]").fill(DONE)
    head.locator("#do button[type=submit]").click()
    wall.reload()
    expect(wall.locator("main")).to_contain_text(DONE)
    shot(wall, "one-instruction-1280")

    port = ports.unused()
    home = f"http://127.0.0.1:{port}/"
    admin = visit()
    client, secret = connect(admin, stack, home)
    ask(lambda: put_on_home(home, client))
    for page in (wall, phone, police, head, admin):
        assert page.faults == []  # type: ignore[attr-defined]  # set by ``visit``; before the app's own pages
    with processes.app("with_authlib", base=stack.url("", A), port=port, client_id=client,
                       secret=secret, folder=tmp_path):  # fmt: skip
        phone.goto(stack.url("/", A))
        phone.locator(".tiles a", has_text="Perizinan Lama").click()
        phone.locator("button[name=action][value=grant]").click()
        expect(phone.locator("#name")).to_have_text("Citizen Kota")


def let_in() -> None:
    """Let Budi of Polres into a city."""
    police = Partner.objects.get(slug="polres")
    agreements.save_cooperation(partner=police, told=paper(number="PKS/B/2026"))
    delegates.grant(partner=police, email=BUDI, name="Budi Santoso",
                    ends_on=timezone.localdate() + timedelta(days=30))  # fmt: skip


def known(ask: Callable) -> None:
    """Wait until the platform has heard of both cities' grants."""

    def count() -> int:
        with platform():
            return PartnerAccess.objects.count()

    deadline = time.monotonic() + 40
    while time.monotonic() < deadline and ask(count) < 2:
        time.sleep(0.1)
    assert ask(count) == 2


def sign_in_at_the_apex(page: Page, stack: Stack) -> None:
    """Sign in by a mailed code and add an authenticator app, as the pages lead."""
    page.goto(stack.url("/regions/"))
    page.locator("[name=login]").fill(BUDI)
    page.locator("main form button[type=submit]").first.click()
    page.locator("[name=code]").wait_for()
    page.locator("[name=code]").fill(code_for(stack))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/regions/")
    page.locator("main .note a").click()
    page.locator("a[href*='totp/activate']").click()
    secret = re.findall(r"\b[A-Z2-7]{32}\b", page.content())[0]
    counter = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    page.locator("[name=code]").fill(code)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/recovery-codes/**")


def code_for(stack: Stack) -> str:
    """Return the code that was mailed for signing in; an invitation holds none."""
    for _ in range(100):
        found = [re.findall(r"^\s*(\d{6})\s*$|\b(\d{6})\b", text, re.M) for text in
                 stack.mails(BUDI) if "Subject: " in text]  # fmt: skip
        codes = [one or two for hits in found for one, two in hits]
        if codes:
            return codes[-1]
        time.sleep(0.1)
    raise AssertionError(stack.logs())


def test_an_institution_signs_in_once_and_changes_the_city(
    stack: Stack, visit: Callable[..., Page], ask: Callable, shot: Callable,
    accessible: Callable,
) -> None:  # fmt: skip
    for city in (A, B):
        ask(let_in, city)
    page = visit()
    known(ask)
    sign_in_at_the_apex(page, stack)
    page.goto(stack.url("/regions/"))
    expect(page.locator("main li a")).to_have_count(2)
    accessible(page)
    shot(page, "regions-1280")
    page.locator(f"main a[href*='{A}']").click()
    page.wait_for_url(f"**{A}.localhost:{stack.port}/desk/partners/")
    shot(page, "desk-of-a-1280")
    accessible(page)
    page.locator("main header a[href$='/regions/']").click()
    page.locator(f"main a[href*='{B}']").click()
    page.wait_for_url(f"**{B}.localhost:{stack.port}/desk/partners/")
    assert page.goto(stack.url("/console/", B)).status == 403
    assert page.goto(stack.url("/operator/")).status == 403
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(stack.url("/regions/"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, "regions-360")
