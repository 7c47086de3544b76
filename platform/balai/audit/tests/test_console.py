"""The audit log in the console."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai import audit, csv_out
from balai.audit.actor import acting_as
from balai.audit.models import Entry
from balai.context import region_context

pytestmark = pytest.mark.django_db
LOG = "/console/audit/"


@pytest.fixture
def client(region, make_user, client_for):
    return client_for(region, make_user("admin", city=region))


def targets(response) -> list[str]:
    return [entry.target for entry in response.context["page"]]


@pytest.mark.parametrize("path", ["", "export.csv"])
@pytest.mark.parametrize("role", [None, "coordinator", "leader"])
def test_only_admins_read_it(region, make_user, client_for, role, path) -> None:
    client = client_for(region, make_user(role, city=region))
    assert client.get(LOG + path).status_code == 403
    assert client.post(LOG + "verify/").status_code == 403


def test_search_and_filters(region, client) -> None:
    with region_context(region), acting_as("Siti"):
        audit.record(action="uji.satu", target="T-1", reason="karena hujan")
        audit.record(action="uji.dua", target="T-2")
    assert targets(client.get(LOG, {"q": "HUJAN"})) == ["T-1"]
    assert targets(client.get(LOG, {"q": "T-2"})) == ["T-2"]
    assert targets(client.get(LOG, {"action": "uji.dua"})) == ["T-2"]
    assert targets(client.get(LOG, {"actor": "siti"})) == ["T-2", "T-1"]
    assert targets(client.get(LOG, {"actor": "siti", "until": "2020-01-01"})) == []
    assert targets(client.get(LOG, {"actor": "siti", "since": "2020-01-01"})) == ["T-2", "T-1"]
    assert client.get(LOG, {"since": "kemarin", "action": "x", "page": "y"}).status_code == 200


def test_one_entry_or_many_cost_the_same(region, client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as spent:
            client.get(LOG, {"action": "uji.satu"})
        # Finding the region is remembered for a moment only; that is not this page's cost.
        return sum("tenants_" not in str(query["sql"]) for query in spent)

    with region_context(region):
        audit.record(action="uji.satu", target="x", after={"a": 1})
    with_one = cost()
    with region_context(region):
        for _ in range(3):
            audit.record(action="uji.satu", target="x", after={"a": 1})
    assert cost() == with_one


def test_the_actor_is_who_signed_in(region, make_user, client_for) -> None:
    admin = make_user("admin", city=region, name="Admin Uji")
    client_for(region, admin).post(
        "/console/officers/invite/", {"contact": "e@c.test", "role": "viewer"},
        headers={"x-request-id": "permintaan-1234"},
    )  # fmt: skip
    with region_context(region):
        entry = Entry.objects.get(action="invitation.sent")
    assert (entry.actor_uuid, entry.actor_label) == (admin.uuid, "Admin Uji")
    assert entry.request_id == "permintaan-1234"
    assert "e@c.test" not in f"{entry.target}{entry.after}"


def test_the_chain_is_checked_on_request(region, client, as_owner) -> None:
    with region_context(region):
        touched = audit.record(action="uji.satu", target="x").seq
    page = client.post(LOG + "verify/", follow=True).content.decode()
    assert "toast--success" in page
    as_owner(region, "UPDATE audit_entry SET target = 'y' WHERE seq = %s", [touched])
    page = client.post(LOG + "verify/", follow=True).content.decode()
    assert "toast--error" in page
    assert str(touched) in page


def test_the_export_runs_nothing_in_a_spreadsheet(region, client) -> None:
    evil = '=HYPERLINK("http://jahat.test")'
    with region_context(region), acting_as("+Siti"):
        audit.record(action="uji.satu", target=evil, reason="@SUM(A1)")
    response = client.get(LOG + "export.csv", {"action": "uji.satu"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    head, row = list(csv.reader(io.StringIO(text)))
    cells = dict(zip(head, row, strict=True))
    assert cells["target"] == f"'{evil}"
    assert cells["reason"] == "'@SUM(A1)"
    assert cells["actor_label"] == "'+Siti"
    with region_context(region):
        assert Entry.objects.first().action == "audit.exported"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_formulas_are_disarmed_and_numbers_stay(text: str) -> None:
    assert csv_out.safe(text) == f"'{text}"
    assert csv_out.safe(-5) == "-5"
    assert csv_out.safe(None) == ""
    assert csv_out.safe("Jalan 5") == "Jalan 5"
