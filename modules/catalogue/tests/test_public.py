"""What citizens see, and the door out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.home.search import everywhere
from modules.catalogue.models import Day
from modules.catalogue.states import Audience, SignOn, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(region, client_for):
    return client_for(region)


def test_citizens_find_their_apps_and_no_others(
    region, make_app, make_user, visitor, client_for
) -> None:
    make_app("Perizinan")
    make_app("Absen ASN", audience=Audience.OFFICER)
    make_app("Rahasia", state=State.DRAFT)
    page = visitor.get("/catalogue/").content.decode()
    assert "Perizinan" in page and "Absen ASN" not in page and "Rahasia" not in page
    assert (
        "Absen ASN" in client_for(region, make_user("viewer")).get("/catalogue/").content.decode()
    )
    assert visitor.get("/catalogue/apps/absen-asn/").status_code == 404
    assert visitor.get("/catalogue/apps/rahasia/open/").status_code == 404
    assert "Perizinan" in visitor.get("/catalogue/?q=usaha+izin&about=permits").content.decode()
    empty = visitor.get("/catalogue/?q=%00tidakada")
    assert empty.status_code == 200 and "/search/?q=" in empty.content.decode()
    found = [hit.title for part in everywhere("izin usaha", None) for hit in part.hits]
    assert "Perizinan" in found


def test_pages_cost_the_same_for_one_and_three(
    make_app, visitor, django_assert_max_num_queries
) -> None:
    counts = []
    visitor.get("/catalogue/")
    for number in range(3):
        make_app(f"App {number}", on_home=True)
        if number in (0, 2):
            with CaptureQueriesContext(connection) as seen:
                visitor.get("/catalogue/")
            counts.append(len(seen))
    assert counts[0] == counts[1] < 9


def test_opening_counts_clicks_and_nobody(make_app, visitor, region) -> None:
    app = make_app(package="id.go.contoh.izin")
    for _ in range(2):
        assert visitor.get("/catalogue/apps/perizinan/open/")["Location"] == app.url
    store = visitor.get("/catalogue/apps/perizinan/open/?as=android")
    assert store["Location"] == "https://play.google.com/store/apps/details?id=id.go.contoh.izin"
    visitor.head("/catalogue/apps/perizinan/open/")
    visitor.get("/catalogue/apps/perizinan/open/", headers={"Sec-Purpose": "prefetch"})
    assert Day.objects.get(app=app, date=timezone.localdate()).opened == 3
    assert not visitor.cookies


def test_an_app_with_sign_on_begins_there(make_app, visitor, region) -> None:
    make_app(sign_on=SignOn.OIDC, client_id="x", login_address="https://izin.contoh.test/masuk?a=1")
    where = visitor.get("/catalogue/apps/perizinan/open/")["Location"]
    assert where.startswith("https://izin.contoh.test/masuk?a=1&iss=http%3A%2F%2Ftangerang")


def test_states_that_cannot_be_opened_say_why(make_app, visitor) -> None:
    make_app("Bus", state=State.MAINTENANCE, state_note="Pindah server")
    new = make_app("Baru")
    make_app("Lama", state=State.RETIRED, state_note="Digabung", replaced_by=new)
    assert visitor.get("/catalogue/apps/bus/open/")["Location"] == "/catalogue/apps/bus/"
    assert "Pindah server" in visitor.get("/catalogue/apps/bus/").content.decode()
    gone = visitor.get("/catalogue/apps/lama/").content.decode()
    assert "Digabung" in gone and "/catalogue/apps/baru/" in gone
    assert "Lama" not in visitor.get("/catalogue/").content.decode()


def test_tiles_on_the_home_page(make_app, visitor) -> None:
    make_app(on_home=True)
    make_app("Lain")
    page = visitor.get("/").content.decode()
    assert "/catalogue/apps/perizinan/open/" in page and "/catalogue/apps/lain/" not in page


def test_programs_read_the_same(make_app, visitor) -> None:
    make_app()
    make_app("Absen", audience=Audience.OFFICER)
    table = b"".join(visitor.get("/catalogue/data/apps.csv").streaming_content).decode()
    assert "perizinan" in table and "absen" not in table
    assert [row["id"] for row in visitor.get("/catalogue/data/apps.json").json()["apps"]] == [
        "perizinan"
    ]
    assert (
        visitor.get("/api/v1/catalogue/apps?q=izin&category=permits").json()[0]["cost_per_year"]
        == 36_500_000
    )
    assert visitor.get("/api/v1/catalogue/apps/perizinan").json()["name"] == "Perizinan"
    assert visitor.get("/api/v1/catalogue/apps/absen").status_code == 404
