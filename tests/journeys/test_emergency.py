"""112 from call to close in three browsers at once, also with everything it does not need stopped.

And calls that are sent while web processes are killed: what was acknowledged is there, once (D-01).
"""

import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException

import pytest
from playwright.sync_api import Browser, Page, expect

from balai.ui.tests.browser import PATIENCE
from modules.emergency.models import Incident, Stamp
from modules.emergency.states import State
from tests.journeys.conftest import DESKTOP, PASSWORD, PHONE, SHOTS, address, enter
from tests.support.officer import Officer
from tests.support.stack import Stack

CITY = "tangerang"
TRIALS = 60
UNIT = "Ambulans 01"
STOPPED = ("worker", "beat", "relay", "valkey")
STEPS = ("acknowledge", "depart", "arrive", "transport", "clear")


@dataclass
class Centre:
    """Three people at work, each at a screen of their own."""

    taker: Page
    dispatcher: Page
    crew: Page


@pytest.fixture(scope="module")
def centre(stack: Stack, browser: Browser) -> Iterator[Centre]:
    """Sign the three in; the crew signs on to its ambulance."""
    pages = {}
    for role in ("call_taker", "dispatcher", "crew"):
        phone = role == "crew"
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP, locale="id-ID", timezone_id="Asia/Jakarta",
            is_mobile=phone, has_touch=phone,
        )  # fmt: skip
        page = pages[role] = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.faults = []  # type: ignore[attr-defined]  # read by the tests
        page.on("pageerror", lambda error, of=page: of.faults.append(str(error)))
        enter(page, stack, role)
    crew = pages["crew"]
    crew.goto(stack.url("/desk/emergency/crew/", CITY))
    crew.locator("li.card", has_text=UNIT).locator("button").click()
    expect(crew.locator("[data-crew-panel]")).to_contain_text(UNIT)
    yield Centre(pages["call_taker"], pages["dispatcher"], crew)
    for role, page in pages.items():
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/last-emergency-{role}.png", full_page=True)
        page.context.close()


def carry(stack: Stack, at: Centre, place: str) -> str:
    """Carry an emergency from the ring of the phone to its end; return its number."""
    at.dispatcher.goto(stack.url("/desk/emergency/board/", CITY))
    row = at.dispatcher.locator("tr[data-incident]", has_text=place)
    expect(row).to_have_count(0)
    _take(stack, at.taker, place)
    expect(row).to_be_visible()
    row.locator("a[data-row]").click()
    number = at.dispatcher.locator("header .mono").first.inner_text()
    sent = at.dispatcher.locator(f"li:has-text('{UNIT}') form:has(input[value=send]) button")
    sent.first.click()
    expect(at.crew.locator("[data-crew-panel]")).to_contain_text(place)
    for name in STEPS:
        at.crew.locator(f"form[data-step={name}] button").click()
        expect(at.crew.locator(f"form[data-step={name}]")).to_be_hidden()
    at.dispatcher.locator("a[data-key=c]").click()
    at.dispatcher.locator("[name=outcome]").select_option(index=1)
    at.dispatcher.locator("#act button[type=submit]").last.click()
    expect(at.dispatcher.locator(".note--green").first).to_be_visible()
    expect(at.crew.locator("[data-crew-panel] .empty")).to_be_visible()
    faults = [page.faults for page in (at.taker, at.dispatcher, at.crew)]  # type: ignore[attr-defined]  # set above
    assert faults == [[], [], []]
    return number


def _take(stack: Stack, page: Page, place: str) -> None:
    page.goto(stack.url("/desk/emergency/take/", CITY))
    page.keyboard.press("a")
    page.wait_for_url(lambda url: url.rstrip("/").rsplit("/", 1)[-1] not in ("take", "answer"))
    page.locator("[name=number]").fill("0800 0112 0001")
    page.locator("[name=category][value=medis]").check()
    page.locator("[name=address]").fill(place)
    page.locator("[name=text]").fill("Bapak 62 tahun sesak napas, keringat dingin.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/desk/emergency/calls/**")


def test_an_emergency_from_call_to_close(stack: Stack, centre: Centre, ask: Callable) -> None:
    number = carry(stack, centre, "Jl. Melati 12")

    def stored() -> tuple[str, list[str]]:
        row = Incident.objects.get(number=number)
        moments = Stamp.objects.filter(incident=row).order_by("id")
        return row.state, list(moments.values_list("what", flat=True))

    state, moments = ask(stored)
    assert state == State.CLOSED
    assert moments == ["taken", "queued", "dispatch", *STEPS, "close"]


def test_it_needs_neither_valkey_nor_broker_nor_workers_nor_mail(
    stack: Stack, centre: Centre, ask: Callable
) -> None:
    for name in STOPPED:
        stack.kill(name)
    stack.stop_mail()
    try:
        assert not [port for port in _ports(stack) if _answers(port)], "they really are gone"
        began = time.monotonic()
        number = carry(stack, centre, "Jl. Kenanga 5")
        assert time.monotonic() - began < 15
        assert ask(lambda: Incident.objects.get(number=number).state) == State.CLOSED
        assert stack.get("/emergency/", CITY) == 200
    finally:
        stack.start_mail()
        for name in reversed(STOPPED):
            stack.start(name)


def _ports(stack: Stack) -> list[int]:
    """Return where Valkey (cache and broker) and the mail server listen."""
    at = stack.made_of["valkey"].environment["REDIS_URL"]
    return [int(at.rsplit(":", 1)[1].partition("/")[0]), stack.mail_port]


def _answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Promise:
    """A call as its taker knows it: how often it was sent, and what was acknowledged."""

    mark: str
    attempts: int = 0
    receipts: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


@pytest.mark.soak  # tests/durability has the short form
def test_d01_calls_taken_while_web_processes_are_killed_are_there_once(
    stack: Stack, ask: Callable
) -> None:
    enough, log = threading.Event(), list[Promise]()
    host = f"{CITY}.localhost:{stack.port}"
    takers = [Officer(stack.port, host).sign_in(address("call_taker"), PASSWORD) for _ in range(3)]
    threads = [threading.Thread(target=_shift, args=(taker, enough, log)) for taker in takers]
    for thread in threads:
        thread.start()
    for trial in range(TRIALS):
        time.sleep(0.7)
        for name in ("web-1",) if trial % 2 else ("web-1", "web-2"):
            stack.kill(name)
            stack.start(name)
        assert _back(stack), stack.logs()
    time.sleep(0.5)
    enough.set()
    for thread in threads:
        thread.join(60)
    marks = [promise.mark for promise in log]
    found = ask(
        lambda: list(Incident.objects.filter(address__in=marks).values_list("address", flat=True))
    )
    assert [promise.refusals for promise in log if promise.refusals] == []
    kept = [promise for promise in log if promise.receipts]
    assert len(kept) >= 2 + TRIALS // 4, "calls were taken in between"
    assert sorted(found) == sorted({promise.mark for promise in kept}), "lost, or there twice"
    assert all(len(set(promise.receipts)) == 1 for promise in kept)
    assert any(promise.attempts > 2 for promise in kept), "some answers really were lost"


def _back(stack: Stack) -> bool:
    """Wait until some web process answers; return whether one did."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(OSError, HTTPException):
            if stack.get("/healthz") == 200:
                return True
        time.sleep(0.05)
    return False


def _shift(taker: Officer, enough: threading.Event, log: list[Promise]) -> None:
    """Take calls, each sent until it is acknowledged, and once more as an impatient hand does."""
    taker.timeout = 5
    while not enough.is_set():
        promise = Promise(f"Jl. Uji {uuid.uuid4().hex}")
        log.append(promise)
        form_at = f"/desk/emergency/take/{uuid.uuid4()}/"
        deadline = time.monotonic() + 30
        while len(promise.receipts) < 2 and time.monotonic() < deadline:
            promise.attempts += 1
            told = {
                "kind": "normal", "channel": "call", "category": "medis", "text": "Uji.",
                "address": promise.mark,
            }  # fmt: skip
            try:
                answer = taker.post(form_at, told, **{"X-Requested-With": "fetch"})
            except (OSError, HTTPException):
                time.sleep(0.05)
                continue
            if answer.status == 201:
                promise.receipts.append(answer.location)
            else:
                promise.refusals.append(f"{answer.status} {answer.location} {answer.body[:300]}")
                time.sleep(0.05)
