"""Open311: discovery, services and requests as the standard has them, public reports only."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.context import region_context
from modules.complaints import services
from modules.complaints.models import Complaint, Photo
from modules.complaints.open311 import rendering
from modules.complaints.states import State
from modules.complaints.tests import georeport
from modules.complaints.tests.conftest import own_queries, photo

ROOT = "/open311/v2"
READABLE = (
    ("discovery", georeport.DISCOVERY), ("services", georeport.SERVICES),
    ("services/lampu-jalan", georeport.DEFINITION), ("requests", georeport.REQUESTS),
)  # fmt: skip


@pytest.mark.parametrize(("address", "schema"), READABLE, ids=lambda value: str(value)[:20])
def test_both_formats_say_the_same_and_fit_the_standard(visitor, resolved, address, schema):
    resolved()
    as_json = georeport.read_json(visitor.get(f"{ROOT}/{address}.json"))
    georeport.check(schema, as_json)
    assert as_json, "an empty list proves nothing"
    as_xml = georeport.spark(georeport.read_xml(visitor.get(f"{ROOT}/{address}.xml")))
    assert as_xml == georeport.as_texts(as_json)


def test_discovery_leads_to_an_endpoint_that_answers(visitor, in_region):
    told = visitor.get(f"{ROOT}/discovery.json").json()
    [endpoint] = told["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == f"{in_region.base_url}{ROOT}"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert in_region.name in told["contact"]


def test_the_elements_of_xml_have_the_standard_s_names(visitor, resolved):
    resolved()
    root = georeport.read_xml(visitor.get(f"{ROOT}/requests.xml"))
    assert (root.tag, root[0].tag) == ("service_requests", "request")
    root = georeport.read_xml(visitor.get(f"{ROOT}/services/lampu-jalan.xml"))
    assert root.tag == "service_definition"
    assert [item.tag for item in root.find("attributes")] == ["attribute", "attribute"]
    assert root.findtext("attributes/attribute/values/value/key")
    root = georeport.read_xml(visitor.get(f"{ROOT}/services.xml"))
    assert root.findtext("service/metadata") == "true"


def test_a_report_is_told_whole(visitor, resolved, in_region, village, coordinator):
    report = resolved(area=village, pin=(-6.178, 106.63), landmark="dekat pasar", name="Rahasia",
                      email="rahasia@contoh.test", photos=[photo()])  # fmt: skip
    services.approve_photos(complaint=report, by=coordinator)
    [told] = visitor.get(f"{ROOT}/requests/{report.number}.json").json()
    georeport.check(georeport.REQUEST, told)
    report.refresh_from_db()
    assert told["status"] == "closed"
    assert told["status_notes"]
    assert told["service_code"] == "lampu-jalan"
    assert told["agency_responsible"] == report.agency.name
    assert told["address"].startswith("dekat pasar, ")
    assert told["address_id"] == village.code
    assert (told["lat"], told["long"]) == (-6.178, 106.63)
    assert told["updated_datetime"].endswith("+07:00")
    assert told["expected_datetime"] is None
    assert "ahasia" not in str(told)
    media = told["media_url"].removeprefix(in_region.base_url)
    fetched = visitor.get(media)
    assert (fetched.status_code, fetched["Content-Type"]) == (200, "image/jpeg")


def test_photos_nobody_looked_at_are_not_named(visitor, resolved):
    report = resolved(photos=[photo()])
    Photo.objects.update(approved_at=None)
    [told] = visitor.get(f"{ROOT}/requests/{report.number}.json").json()
    assert told["media_url"] is None


def test_an_open_one_says_until_when(visitor, routed):
    report = routed()
    [told] = visitor.get(f"{ROOT}/requests/{report.number}.json").json()
    assert told["status"] == "open"
    assert told["expected_datetime"]
    assert told["updated_datetime"] >= told["requested_datetime"]


def test_what_is_not_public_does_not_exist(visitor, make_report, resolved, coordinator):
    waiting = make_report()
    hidden = services.make_secret(complaint=resolved(), by=coordinator)
    whistle = resolved(kind="whistle")
    numbers = [report.number for report in (waiting, hidden, whistle)]
    assert visitor.get(f"{ROOT}/requests.json").json() == []
    for number in numbers:
        assert visitor.get(f"{ROOT}/requests/{number}.json").status_code == 404
    wanted = ",".join(numbers)
    assert visitor.get(f"{ROOT}/requests.json?service_request_id={wanted}").json() == []


def test_nothing_is_listed_where_the_region_keeps_its_list_closed(visitor, resolved, with_settings):
    report = resolved()
    with_settings(public_list=False)
    assert visitor.get(f"{ROOT}/requests.json").json() == []
    assert visitor.get(f"{ROOT}/requests/{report.number}.json").status_code == 404


def test_ids_stand_above_other_filters(visitor, resolved):
    old = resolved()
    new = resolved()
    Complaint.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=200))
    listed = visitor.get(f"{ROOT}/requests.json").json()
    assert [row["service_request_id"] for row in listed] == [new.number], "90 days by default"
    query = f"service_request_id={old.number},{new.number},NOPE&status=open"
    both = visitor.get(f"{ROOT}/requests.json?{query}").json()
    assert [row["service_request_id"] for row in both] == [new.number, old.number]


def test_filters_by_kind_state_time_and_page(visitor, resolved, routed):
    done, waiting = resolved(), routed()

    def ask(query):
        response = visitor.get(f"{ROOT}/requests.json?{query}")
        assert response.status_code == 200, response.content
        return {row["service_request_id"] for row in response.json()}

    everything = {done.number, waiting.number}
    assert ask("status=open") == {waiting.number}
    assert ask("status=closed") == {done.number}
    assert ask("status=open,closed") == ask("status=") == everything
    assert ask("service_code=lampu-jalan") == everything
    assert ask("service_code=jalan-rusak,no-such-code") == set()
    now = timezone.now()
    ago = (now - timedelta(hours=1)).isoformat()
    assert ask(f"start_date={quote(ago)}") == everything
    assert ask(f"start_date={ago}") == everything, "a plus sign that was not escaped"
    assert ask(f"end_date={quote(ago)}") == set()
    assert ask(f"start_date={timezone.localdate()}") == everything
    future = (now + timedelta(days=3)).isoformat()
    assert ask(f"start_date={quote(future)}") == set()
    pages = [ask(f"page_size=1&page={number}") for number in (1, 2, 3)]
    assert pages == [{waiting.number}, {done.number}, set()]


@pytest.mark.parametrize(
    "query",
    [
        "status=done", "start_date=yesterday", "start_date=2026-13-01T00:00:00Z",
        "end_date=2026-01-01T00:00:00Z&start_date=2026-02-01T00:00:00Z",
        "start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z",
        "start_date=0001-01-01T00:00:00%2B14:00", "end_date=9999-12-31T23:59:59-12:00",
        "page=0", "page=x", "page_size=1001", "page_size=-1", "page=99999999",
        "start_date=%00&status=x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["xml", "json"])
def test_bad_queries_are_400_in_the_format_asked_for(visitor, query, form):
    response = visitor.get(f"{ROOT}/requests.{form}?{query}")
    assert response.status_code == 400
    if form == "json":
        georeport.check(georeport.ERRORS, georeport.read_json(response))
        assert response.json()[0]["code"] == 400
    else:
        root = georeport.read_xml(response)
        assert (root.tag, root.findtext("error/code")) == ("errors", "400")
        assert root.findtext("error/description")


@pytest.mark.parametrize(
    "address",
    [
        "services/no-such", "services/%00", "requests/TNG-26-000000", "requests/%3Cx%3E",
        "tokens/none", "tokens/11111111-2222-3333-4444-555555555555", "nothing", "a/b/c",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["xml", "json"])
def test_what_does_not_exist_is_404_in_the_format_asked_for(visitor, address, form):
    response = visitor.get(f"{ROOT}/{address}.{form}")
    assert response.status_code == 404
    read = georeport.read_json if form == "json" else georeport.read_xml
    read(response)


def test_another_format_is_404_in_xml_which_all_clients_read(visitor):
    for address in ("services", "services.pdf", "requests.html", "services.XML"):
        response = visitor.get(f"{ROOT}/{address}")
        assert response.status_code == 404
        assert georeport.read_xml(response).findtext("error/code") == "404"


@pytest.mark.parametrize("address", ["services", "services/lampu-jalan", "requests", "discovery"])
def test_the_jurisdiction_is_the_region(visitor, in_region, other_region, address):
    for name in ("", in_region.code, in_region.slug, in_region.slug.upper(), in_region.host):
        query = f"jurisdiction_id={quote(name)}"
        assert visitor.get(f"{ROOT}/{address}.json?{query}").status_code == 200, name
    for name in (other_region.code, other_region.slug, "sfgov.org"):
        response = visitor.get(f"{ROOT}/{address}.json?jurisdiction_id={name}")
        assert response.status_code == 404
        assert "jurisdiction_id" in response.json()[0]["description"]


def test_i01_one_city_s_reports_are_not_in_another_s_answers(
    resolved, in_region, other_region, client_for
):
    report = resolved()
    there = client_for(other_region)
    assert there.get(f"{ROOT}/requests.json").json() == []
    assert there.get(f"{ROOT}/requests/{report.number}.json").status_code == 404
    with region_context(other_region):
        assert not Complaint.objects.filter(number=report.number).exists()


def test_a_token_leads_to_the_number(visitor, make_report):
    report = make_report()
    for form in ("xml", "json"):
        response = visitor.get(f"{ROOT}/tokens/{report.uuid}.{form}")
        assert response.status_code == 200
    georeport.check(georeport.TOKEN, response.json())
    assert response.json() == [{"service_request_id": report.number, "token": str(report.uuid)}]


def test_methods_and_head(visitor):
    for method in ("put", "delete", "patch"):
        response = getattr(visitor, method)(f"{ROOT}/requests.json")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
    assert visitor.post(f"{ROOT}/services.xml").status_code == 405
    assert visitor.head(f"{ROOT}/services.xml").status_code == 200
    assert visitor.get(f"{ROOT}/services.json")["Access-Control-Allow-Origin"] == "*"


def test_reading_is_limited_by_address(visitor, settings):
    settings.API_CALLS_PER_MINUTE = 2
    statuses = [visitor.get(f"{ROOT}/services.json").status_code for _ in range(4)]
    assert statuses == [200, 200, 429, 429]


def test_a_list_of_three_costs_as_much_as_one_of_one(visitor, resolved):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            resolved()
        visitor.get(f"{ROOT}/requests.json")
        with CaptureQueriesContext(connection) as seen:
            assert visitor.get(f"{ROOT}/requests.json").status_code == 200
        counts.append(own_queries(seen))
    assert counts[0] == counts[1] <= 4


def test_text_that_xml_cannot_hold_breaks_nothing(visitor, resolved):
    report = resolved(text="Lampu \x0b mati <b>&\ufffe semua di depan pasar lama.")
    root = georeport.read_xml(visitor.get(f"{ROOT}/requests/{report.number}.xml"))
    assert root.findtext("request/description") == "Lampu  mati <b>& semua di depan pasar lama."
    answer = rendering.respond("xml", "errors", [{"code": 400, "description": "\ud800x"}])
    assert georeport.read_xml(answer).findtext("error/description") == "x"


def test_duplicates_are_closed_and_say_so(visitor, resolved, routed):
    report = routed()
    Complaint.objects.filter(pk=report.pk).update(state=State.DUPLICATE)
    [told] = visitor.get(f"{ROOT}/requests/{report.number}.json").json()
    assert told["status"] == "closed"


def test_what_happened_is_told_to_fixmystreet(visitor, resolved, make_report):
    report, hidden = resolved(), make_report()
    root = georeport.read_xml(visitor.get(f"{ROOT}/servicerequestupdates.xml"))
    assert root.tag == "service_request_updates"
    told = [spark for spark in georeport.spark(root)]
    assert {row["service_request_id"] for row in told} == {report.number}
    assert hidden.number not in str(told)
    assert told[-1]["status"] == "CLOSED"
    assert len({row["update_id"] for row in told}) == len(told)
    past = "start_date=2020-01-01T00:00:00Z&end_date=2020-01-31T00:00:00Z"
    assert visitor.get(f"{ROOT}/servicerequestupdates.json?{past}").json() == []
