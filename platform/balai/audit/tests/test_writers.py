"""Two writers at the same time: one after the other, and the chain holds."""

import threading
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from balai import audit
from balai.audit import chain
from balai.audit.models import Entry
from balai.context import Region, platform, region_context

EACH = 20


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker, as_owner) -> Iterator[Region]:
    """A city whose log really commits; it is put back after the test."""
    with django_db_blocker.unblock():
        with platform():
            city = import_string(settings.REGION_LOADER)("r_tangerang")
        with region_context(city):
            before = chain.head().seq
            yield city
        as_owner(city, "DELETE FROM audit_entry WHERE seq > %s", [before])


def test_concurrent_writers_keep_the_chain(committed: Region) -> None:
    before = chain.head().seq
    gate = threading.Barrier(4)
    errors: list[Exception] = []

    def write() -> None:
        try:
            with region_context(committed):
                gate.wait(timeout=10)
                for _ in range(EACH):
                    with transaction.atomic():
                        audit.record(action="race.run", target="x")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not errors
    assert chain.head().seq == before + 4 * EACH
    assert audit.verify() is None


def test_a_rolled_back_writer_leaves_no_gap(committed: Region) -> None:
    before = chain.head()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(action="race.lost", target="x")
        raise ZeroDivisionError
    assert chain.head() == before
    audit.record(action="race.won", target="x")
    assert audit.verify() is None
    assert not Entry.objects.filter(action="race.lost").exists()
