"""One alias, two databases: the connection follows the region, and refuses inside a transaction."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError

from balai import context
from balai.context import NoRegionError, platform, region_context
from tenants import cells, roles
from tenants.backend.cells import CellInTransactionError
from tenants.backend.cursor import WrongCellError
from tenants.tests.conftest import _city_sql, city
from tests.support import cells as support
from tests.support.database import admin_cursor

pytestmark = pytest.mark.usefixtures("far")


@pytest.fixture(scope="module")
def timur(scratch_name: str) -> Iterator[context.Region]:
    """A city in a second database, with the same schema name as city A."""
    name = f"{scratch_name}_timur"
    far = replace(city("r_kota_a", name), cell="timur", slug="timur")
    with support.database(name) as url, support.addresses(timur=url, down=support.NOWHERE):
        login = connections.settings["default"]["USER"]
        with admin_cursor(name) as cursor:
            cursor.execute(roles.prepare_login_sql(login, name))
            cursor.execute(_city_sql(far, login, cursor.connection.server_version))
            cursor.execute("UPDATE r_kota_a.canary SET city = 'timur'")
        yield far


@pytest.fixture
def far(timur: context.Region, django_db_blocker) -> Iterator[context.Region]:
    with django_db_blocker.unblock():
        yield timur


def seen(wrapper, region=None) -> str:
    with region_context(region) if region else platform(), wrapper.cursor() as cursor:
        cursor.execute(
            "SELECT current_database()" if region is None else "SELECT min(city) FROM canary"
        )
        return cursor.fetchone()[0]


def names(wrapper) -> dict[str, int]:
    return {cell: kept.connection.info.backend_pid for cell, kept in wrapper._parked.items()}


def test_each_statement_goes_to_its_regions_cell_and_sessions_are_kept(
    scratch, scratch_name, a, b, far
) -> None:
    assert [seen(scratch, item) for item in (a, far, b, far)] == [
        "r_kota_a", "timur", "r_kota_b", "timur",
    ]  # fmt: skip
    assert seen(scratch) == scratch_name, "the platform is in the first database"
    before = names(scratch)
    assert seen(scratch, far) == "timur"
    assert seen(scratch) == scratch_name
    assert names(scratch) == before, "no connection was made anew"
    scratch.close_if_unusable_or_obsolete()
    assert names(scratch) == before
    with pytest.raises(NoRegionError), scratch.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_a_region_of_another_cell_is_refused_inside_a_transaction(scratch, a, far) -> None:
    with region_context(far), transaction.atomic(using=scratch.alias):
        assert seen(scratch, far) == "timur"
        with pytest.raises(CellInTransactionError):
            seen(scratch, a)
        assert seen(scratch, far) == "timur", "and the transaction goes on"
    with transaction.atomic(using=scratch.alias):
        assert seen(scratch, far) == "timur", "one that has done nothing yet moves along"
    assert seen(scratch, a) == "r_kota_a"


def test_a_kept_cursor_does_not_follow_to_another_cell(scratch, a, far) -> None:
    with region_context(a), scratch.cursor() as cursor:
        cursor.execute("SELECT 1")
        with region_context(far), pytest.raises(WrongCellError):
            cursor.execute("SELECT 1")


def write(wrapper, text: str) -> None:
    with wrapper.cursor() as cursor:
        cursor.execute("UPDATE canary SET city = %s WHERE id = 9", [text])


def read(wrapper, region) -> str:
    with region_context(region), wrapper.cursor() as cursor:
        cursor.execute("SELECT city FROM canary WHERE id = 9")
        return cursor.fetchone()[0]


def operators(wrapper) -> int:
    with platform(), wrapper.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM operators")
        return cursor.fetchone()[0]


def note(wrapper) -> None:
    with platform(), wrapper.cursor() as cursor:
        cursor.execute("INSERT INTO operators VALUES (1)")


def test_the_directory_is_written_beside_and_commits_or_rolls_back_together(scratch, far) -> None:
    with pytest.raises(KeyError), region_context(far), transaction.atomic(using=scratch.alias):
        write(scratch, "lost")
        note(scratch)
        assert operators(scratch) == 1
        raise KeyError
    assert (read(scratch, far), operators(scratch)) == ("timur", 0)
    with region_context(far), transaction.atomic(using=scratch.alias):
        write(scratch, "kept")
        note(scratch)
    assert (read(scratch, far), operators(scratch)) == ("kept", 1)
    with platform(), scratch.cursor() as cursor:
        cursor.execute("DELETE FROM operators")


def test_crossing_commits_in_both_cells(scratch, a, far) -> None:
    with region_context(a), transaction.atomic(using=scratch.alias):
        write(scratch, "here")
        with context.crossing(), region_context(far), transaction.atomic(using=scratch.alias):
            write(scratch, "there")
    assert (read(scratch, a), read(scratch, far)) == ("here", "there")
    assert scratch.cell in {"main", "timur"}
    assert not scratch._beside


def test_a_savepoint_that_cannot_take_back_the_other_cell_ends_the_transaction(
    scratch, a, far
) -> None:
    with region_context(far), transaction.atomic(using=scratch.alias):
        write(scratch, "outer")
        with pytest.raises(KeyError), transaction.atomic(using=scratch.alias):
            note(scratch)
            raise KeyError
        with pytest.raises(TransactionManagementError):
            read(scratch, far)
    assert read(scratch, far) != "outer"
    assert operators(scratch) == 0


def test_a_cell_that_is_down_takes_nobody_with_it(scratch, a, far) -> None:
    lost = replace(far, cell="down")
    for _ in range(2):
        with pytest.raises(cells.CellDownError):
            seen(scratch, lost)
        assert seen(scratch, a) in {"r_kota_a", "here"}
        assert seen(scratch, far) in {"timur", "there", "kept"}
    with pytest.raises(cells.UnknownCellError):
        seen(scratch, replace(far, cell="nobody"))
    assert seen(scratch, a)


def test_a_session_that_the_server_ended_is_replaced(scratch, scratch_name, a, far) -> None:
    seen(scratch, far)
    with admin_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [f"{scratch_name}_timur"],
        )
    assert seen(scratch, a)
    scratch.close_if_unusable_or_obsolete()
    scratch.health_check_enabled = True
    assert seen(scratch, far)


def test_threads_have_connections_of_their_own(scratch, scratch_name, a, far) -> None:
    found: list[list[str]] = []

    def work() -> None:
        wrapper = connections["scratch"]
        try:
            found.append([seen(wrapper, item) for item in (far, a, far)])
        finally:
            wrapper.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [[item in {"r_kota_a", "here"} for item in each] for each in found] == [
        [False, True, False]
    ] * 3


def test_a_server_process_ends_once_it_has_served_too_many_regions(
    scratch, a, b, far, settings
) -> None:
    settings.REGIONS_PER_CONNECTION = 2
    pid = lambda: scratch.connection.info.backend_pid  # noqa: E731  # the connection in use
    seen(scratch, far)
    away = pid()
    seen(scratch, a)
    first = pid()
    for _ in range(5):
        seen(scratch, b)
        scratch.close_if_unusable_or_obsolete()
        seen(scratch, a)
    assert pid() == first, "two regions, however often"
    seen(scratch)
    assert pid() == first, "not before the request is over"
    scratch.close_if_unusable_or_obsolete()
    seen(scratch, a)
    assert pid() != first
    seen(scratch, far)
    assert pid() == away, "the other cell's has served one"
    scratch.connection.served.update({"r_x", "r_y"})
    seen(scratch, a)
    scratch.close_if_unusable_or_obsolete()
    seen(scratch, far)
    assert pid() != away, "nor is one kept that waits"
