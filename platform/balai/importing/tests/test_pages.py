"""Who gets in, what the list costs, what the examples are."""

import csv
import io

from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.importing import registry
from balai.importing.models import ImportRun
from balai.importing.tests.conftest import table, work

HEAD = ["Catatan", "Gema"]
KIND = "/console/import/new/specimen.notes/"


def test_only_those_who_may_use_an_importer_get_in(in_region, make_user, client_for) -> None:
    for role, status in (("admin", 200), ("officer", 403), (None, 403)):
        client = client_for(in_region, make_user(role))
        assert client.get(KIND).status_code == status, role
    answer = client_for(in_region).get(KIND)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_an_importer_needs_its_own_permission(
    in_region, make_user, client_for, monkeypatch
) -> None:
    importer = registry.find("specimen.notes")
    run = ImportRun.objects.create(kind="specimen.notes", name="rahasia.csv", columns=["a"])
    monkeypatch.setattr(importer, "permission", "specimen.nobody")
    client = client_for(in_region, make_user("admin"))
    assert client.get(KIND).status_code in (403, 404)
    assert client.get(f"/console/import/{run.uuid}/").status_code in (403, 404)


def test_a_module_that_is_off_offers_nothing(region, make_user) -> None:
    from dataclasses import replace

    from balai.context import region_context

    user = make_user("admin", city=region)
    with region_context(region):
        assert registry.allowed(user, "specimen.notes")
    with region_context(replace(region, active_modules=frozenset())):
        assert registry.find("specimen.notes") is None


def test_the_list_costs_the_same_at_one_and_three_rows(page, admin) -> None:
    page.get("/console/import/")
    counts = []
    for more in (1, 2):
        for number in range(more):
            ImportRun.objects.create(kind="specimen.notes", name=f"{number}.csv", created_by=admin)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert page.get("/console/import/").status_code == 200
        counts.append(sum('"shared"' not in query["sql"] for query in seen.captured_queries))
    assert counts[0] == counts[1]


def test_the_example_goes_in_as_it_is(page, send) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    for form in ("csv", "xlsx"):
        answer = page.get(f"{KIND}example.{form}")
        content = b"".join(answer.streaming_content)
        assert form in answer["Content-Disposition"]
        run = send(SimpleUploadedFile(f"contoh.{form}", content))
        assert (run.total, run.failed) == (1, 0), [error.text for error in run.row_errors.all()]
    assert page.get(f"{KIND}example.pdf").status_code == 404
    rows = list(csv.reader(io.StringIO(b"".join(
        page.get(f"{KIND}example.csv").streaming_content).decode("utf-8-sig"))))  # fmt: skip
    assert len(rows) == 2


def test_a_needed_column_must_be_chosen_and_none_twice(page) -> None:
    page.post(KIND, {"file": table([["satu", "dua"], ["a", "b"]])})
    run = ImportRun.objects.latest("id")
    assert run.mapping == {}
    address = f"/console/import/{run.uuid}/columns/"
    assert "satu" in page.get(address).content.decode()
    assert page.post(address, {"column_text": ""}).status_code == 422
    assert page.post(address, {"column_text": "0", "column_echoes": "0"}).status_code == 422
    assert page.post(address, {"column_text": "7"}).status_code == 422
    assert page.post(address, {"column_text": "1"}).status_code == 302
    work()
    run.refresh_from_db()
    assert (run.state, run.mapping) == ("checked", {"text": 1})


def test_the_part_that_renews_itself_and_the_page_say_the_same(page, send) -> None:
    run = send(table([HEAD, ["a", "banyak"]]))
    part = page.get(f"/console/import/{run.uuid}/progress/").content.decode()
    assert "banyak" in part
    assert part.strip() in page.get(f"/console/import/{run.uuid}/").content.decode()


def test_who_may_hear_of_imports(in_region, admin, make_user) -> None:
    from balai.importing.policies import may_listen

    assert may_listen(admin, "importing.step")
    assert not may_listen(make_user("officer"), "importing.step")
    assert not may_listen(None, "importing.step")


def test_officers_without_a_console_find_their_way_from_the_desk(
    in_region, make_user, client_for, monkeypatch
) -> None:
    importer = registry.find("specimen.notes")
    monkeypatch.setattr(importer, "permission", "complaints.verify")
    client = client_for(in_region, make_user("coordinator"))
    assert 'href="/console/import/"' in client.get("/desk/complaints/").content.decode()
    page = client.get("/console/import/").content.decode()
    assert "/console/modules/" not in page
    assert 'href="/console/import/new/specimen.notes/"' in page


def test_a_right_at_one_agency_is_not_enough(in_region, make_user, client_for, monkeypatch) -> None:
    monkeypatch.setattr(registry.find("specimen.notes"), "permission", "specimen.access_desk")
    assert client_for(in_region, make_user("officer")).get(KIND).status_code == 403
    assert client_for(in_region, make_user("admin")).get(KIND).status_code == 200
