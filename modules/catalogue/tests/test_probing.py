"""Whether apps answer: against a real server, into the day's track, with events at the turn."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.utils import timezone

from balai.outbox.models import Event
from modules.catalogue import tasks, topics
from modules.catalogue.models import Day
from modules.catalogue.selectors import health
from modules.catalogue.services import probing
from modules.catalogue.services.probing import Look
from modules.catalogue.states import Health, State
from modules.catalogue.templatetags.catalogue import day_strip

pytestmark = pytest.mark.django_db
ANSWERS = {"/ok": 200, "/login": 401, "/error": 500, "/gone": 404, "/only-get": 405}


class _App(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(ANSWERS[self.path])
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/only-get" else ANSWERS[self.path])
        self.end_headers()
        self.wfile.write(b"halo")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(settings) -> Iterator[str]:
    """A real server on loopback that this test alone may call."""
    http = HTTPServer(("127.0.0.1", 0), _App)
    settings.OUTBOUND_TRUSTED = [f"127.0.0.1:{http.server_port}"]
    thread = Thread(target=http.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    http.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "found"),
    [("/ok", "up"), ("/login", "up"), ("/only-get", "up"), ("/error", "down"), ("/gone", "down")],
)
def test_answers(server: str, path: str, found: str) -> None:
    assert probing.look_at(f"{server}{path}").health == found


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://169.254.169.254/", "file:///etc/passwd"]
)
def test_our_own_network_is_never_called(settings, url: str) -> None:
    settings.OUTBOUND_TRUSTED = []
    assert probing.look_at(url).health == "down"


def test_down_after_two_and_back_after_one(make_app) -> None:
    app, now = make_app(), timezone.localtime().replace(hour=0, minute=7)
    seen = []
    for letter in "duddud":
        probing.note(app=app, look=Look({"d": Health.DOWN, "u": Health.UP}[letter], 100), now=now)
        now += timedelta(minutes=5)
        app.refresh_from_db()
        seen.append(app.health)
    assert seen == ["unknown", "up", "up", "down", "up", "up"]
    told = list(Event.objects.filter(topic__in=[topics.DOWN, topics.UP]).order_by("pk"))
    assert [event.topic for event in told] == [topics.DOWN, topics.UP]
    day = Day.objects.get()
    assert day.track.startswith("-duddud-") and len(day.track) == 288
    assert (day.looks, day.failed, day.took_ms) == (6, 4, 600)
    found = health.of([app], day.date)[0]
    assert found.share == pytest.approx(1 / 3) and found.mean_ms == 100
    drawn = str(day_strip(day.track))
    assert drawn.count("<rect") == 5 and 'x="1" width="1"' in drawn


def test_only_apps_in_use_are_looked_at(server: str, make_app) -> None:
    fine = make_app("A", url=f"{server}/ok")
    make_app("B", url=f"{server}/ok", state=State.RETIRED)
    make_app("C", url=f"{server}/ok", probed=False)
    make_app("D", url=f"{server}/ok", sample=True)
    make_app("E", url="", package="id.go.contoh")
    assert health.due() == [fine.pk]
    assert tasks.look_at(health.due()) == 1
    fine.refresh_from_db()
    assert fine.health == Health.UP and isinstance(fine.checked_at, datetime)
    assert probing.probe(pks=[fine.pk], seconds=1) == 0, "no time for a whole look"
