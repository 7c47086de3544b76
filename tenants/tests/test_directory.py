"""Finding a region: no query when warm, at once anew after NOTIFY."""

import select
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest
from django.db import connection, transaction

from balai.context import platform
from tenants import directory
from tenants.models import Domain, Region
from tenants.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_directory():
    """Nothing remembered, and listening, as in a web process."""
    directory.listening_restored()
    yield
    directory.listening_lost()
    directory.invalidate()


def test_warm_means_no_query(region, django_assert_num_queries) -> None:
    name = region.host.partition(":")[0]
    with django_assert_num_queries(3):
        found = directory.by_host(name)
    with django_assert_num_queries(0):
        assert directory.by_host(name) is found
    assert found == region


def test_unknown_names_are_remembered_too(django_assert_num_queries, region) -> None:
    with django_assert_num_queries(1):
        assert directory.by_host("nowhere.localhost") is None
    with django_assert_num_queries(0):
        assert directory.by_host("nowhere.localhost") is None


def test_a_region_is_frozen_through_and_through(region) -> None:
    with platform():
        row = Region.objects.get(pk=region.id)
        row.brand = {"colours": {"primary": "#00687a"}, "list": [1]}
        row.save()
    fresh = directory.by_schema(region.schema)
    assert fresh.brand["list"] == (1,)
    with pytest.raises(TypeError):
        fresh.brand["colours"]["primary"] = "red"


def test_notify_forgets_one_region_or_all(region, other_region, django_assert_num_queries) -> None:
    names = [city.host.partition(":")[0] for city in (region, other_region)]
    for payload, queries in ((region.schema, 3), (directory.EVERYTHING, 6), ("", 6)):
        for name in names:
            directory.by_host(name)
        directory.on_notify(payload)
        with django_assert_num_queries(queries):
            for name in names:
                directory.by_host(name)


def test_while_nobody_listens_entries_live_one_second(region, monkeypatch) -> None:
    now = 1000.0
    monkeypatch.setattr(directory._known, "clock", lambda: now)
    directory.by_host(region.host.partition(":")[0])
    generation = directory._known
    directory.listening_lost()
    now = 1000.9
    assert generation.get(region.host.partition(":")[0], directory.DEAF_AGE)
    now = 1001.1
    assert generation.get(region.host.partition(":")[0], directory.DEAF_AGE) is None


def test_own_domains_count_only_when_proven_and_lead_when_primary(region) -> None:
    with platform():
        row = Region.objects.get(pk=region.id)
        own = Domain.objects.create(
            tenant=row, domain="layanan.example.go.id", kind="own", is_primary=True
        )
    assert directory.by_host("layanan.example.go.id") is None
    assert directory.by_schema(region.schema).host == region.host
    with platform():
        own.verified_at = row.created_at
        own.save()
    directory.invalidate()
    found = directory.by_host("layanan.example.go.id")
    assert found.id == region.id
    assert found.host.startswith("layanan.example.go.id")


def test_a_saved_row_tells_every_process_when_it_commits(region) -> None:
    name = region.host.partition(":")[0]
    listener = listen()
    directory.by_host(name)
    # A thread has its own connection and so commits for real, unlike the test's own.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(change_state, region.schema, State.PAST_DUE, listener).result()
        try:
            select.select([listener], [], [], 5)
            listener.poll()
            assert [note.payload for note in listener.notifies] == [region.schema]
            assert directory.by_host(name).state == State.PAST_DUE
        finally:
            pool.submit(change_state, region.schema, region.state, listener).result()
            listener.close()


def change_state(schema: str, state: str, listener) -> None:
    try:
        with platform(), transaction.atomic():
            row = Region.objects.get(schema_name=schema)
            row.state = state
            row.save()
            listener.poll()
            assert listener.notifies == [] or state != State.PAST_DUE
    finally:
        connection.close()


def listen():
    chosen = connection.settings_dict
    listener = psycopg2.connect(
        dbname=chosen["NAME"], user=chosen["USER"], password=chosen["PASSWORD"],
        host=chosen["HOST"], port=chosen["PORT"],
    )  # fmt: skip
    listener.autocommit = True
    listener.cursor().execute(f"LISTEN {directory.CHANNEL}")
    return listener
