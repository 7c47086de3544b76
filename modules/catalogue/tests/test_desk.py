"""Use, cost, overlaps, the console's form."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.signon import clients
from balai.signon.clients import App as Client
from modules.catalogue import contract, sample
from modules.catalogue.models import App, Day
from modules.catalogue.selectors import shrink, use
from modules.catalogue.states import State

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Bus Kota", "category": "transport", "audience": "citizen", "sign_on": "none",
    "url": "https://bus.contoh.test/", "probed": "on", "cost_per_year": "76000000",
}  # fmt: skip


@pytest.fixture
def admin(region, manager, client_for):
    return client_for(region, manager)


def used(app: App, opened: int, back: int = 0) -> None:
    Day.objects.create(app=app, date=timezone.localdate() - timedelta(days=back), opened=opened)


def test_cost_per_use_is_the_windows_part_of_a_year(make_app) -> None:
    app = make_app()
    used(app, 80)
    used(app, 10, back=89)
    used(app, 500, back=90)
    found = use.every(timezone.localdate())[0]
    assert (found.opened, found.per_use) == (90, 36_500_000 * 90 // 365 // 90)


def test_overlaps_connect_and_the_most_used_stays(make_app) -> None:
    first, second = make_app("A", overlaps=["b"]), make_app("B")
    third, _alone = make_app("C", overlaps=["b"]), make_app("D")
    used(second, 5)
    report = shrink.report(timezone.localdate())
    assert [[one.app.name for one in cluster.uses] for cluster in report.clusters] == [
        ["B", "A", "C"]
    ]
    assert report.possible == first.cost_per_year + third.cost_per_year
    assert report.unused == [], "young apps are not called unused"
    App.objects.update(created_at=timezone.now() - timedelta(days=200))
    report = shrink.report(timezone.localdate())
    assert [one.app.name for one in report.unused] == ["A", "C", "D"]
    assert report.possible == 3 * first.cost_per_year, "each app once"


def test_the_sample_fills_every_page(admin, region, client_for) -> None:
    assert sample.load() == 167 == sample.load()
    assert sum(row.apps for row in contract.costs()) > 150
    for page in ("", "shrink/", "uptime/", "?sort=per_use&q=pajak&state=live&about=tax", "?page=2"):
        with CaptureQueriesContext(connection) as seen:
            assert admin.get(f"/desk/catalogue/{page}").status_code == 200
        assert len(seen) < 25, page
    report = shrink.report(timezone.localdate())
    assert len(report.clusters) >= 5 and len(report.planned) == 2 and report.possible > 100_000_000
    assert admin.get("/desk/catalogue/apps/pbb-online/").status_code == 200
    rows = b"".join(admin.get("/desk/catalogue/apps.csv").streaming_content).decode()
    assert rows.count("\r\n") == 168
    assert client_for(region).get("/catalogue/apps/pbb-online/").status_code == 200
    assert sample.clear() == 167 and not Day.objects.exists()


def test_a_form_adds_and_changes(admin) -> None:
    assert admin.get("/console/catalogue/new/").status_code == 200
    admin.post("/console/catalogue/new/", FORM)
    app = App.objects.get()
    assert (app.slug, app.state, app.cost_per_year) == ("bus-kota", State.DRAFT, 76_000_000)
    App.objects.update(health="down", failures=3)
    admin.post("/console/catalogue/apps/bus-kota/", {**FORM, "url": "https://baru.contoh.test/"})
    app.refresh_from_db()
    assert (app.health, app.failures, app.slug) == ("unknown", 0, "bus-kota")
    assert "Bus Kota" in admin.get("/console/catalogue/?q=bus").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"url": ""}, {"url": "ftp://x.contoh.test/"}, {"deeplink": "javascript://x"}, {"name": ""},
        {"deeplink": "kota"}, {"package": "kota"}, {"sign_on": "oidc"}, {"client_id": "nobody"},
        {"category": ""}, {"overlaps": ["nobody"]}, {"cost_per_year": "-1"},
    ],
)  # fmt: skip
def test_wrong_forms_keep_what_was_typed(admin, change) -> None:
    answer = admin.post("/console/catalogue/new/", {**FORM, **change})
    assert (
        answer.status_code == 422
        and "76000000" in answer.content.decode()
        or "cost_per_year" in change
    )
    assert not App.objects.exists()


def test_a_connected_app_shows_its_people(admin) -> None:
    client, _secret = clients.register(app=Client("Bus", ["https://bus.contoh.test/cb"]))
    admin.post("/console/catalogue/new/", {**FORM, "sign_on": "oidc", "client_id": client.pk})
    assert App.objects.get().client_id == client.pk
    assert use.every(timezone.localdate())[0].people == 0


def test_moves_ask_and_are_made(admin, make_app, region, make_user, client_for) -> None:
    app = make_app()
    url = "/desk/catalogue/apps/perizinan"
    assert "plan" in admin.get(f"{url}/").content.decode()
    assert admin.get(f"{url}/plan/").status_code == 200
    assert admin.post(f"{url}/plan/", {"reason": "x", "retire_on": "2020-01-01"}).status_code == 422
    admin.post(
        f"{url}/plan/", {"reason": "Digabung", "retire_on": timezone.localdate().isoformat()}
    )
    app.refresh_from_db()
    assert app.state == State.RETIRING
    assert admin.post(f"{url}/publish/").status_code == 302, "it has moved on"
    viewer = client_for(region, make_user("viewer"))
    assert viewer.get(f"{url}/").status_code == 200
    assert viewer.get(f"{url}/keep/").status_code == 403
