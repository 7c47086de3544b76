"""The hash chain: whole when untouched, broken at the first touched line."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from balai import audit
from balai.audit import chain
from balai.audit.actor import acting_as
from balai.audit.models import Entry
from balai.context import Region, platform, region_context


def _fill(count: int = 5) -> list[Entry]:
    with acting_as("Siti"):
        return [
            audit.record(action="module.switched", target="jobs", before={"on": n}, after={"n": n})
            for n in range(count)
        ]


def test_untouched_chain_holds(in_region: Region) -> None:
    start = chain.head().seq
    entries = _fill()
    assert [entry.seq for entry in entries] == list(range(start + 1, start + 6))
    assert audit.verify() is None
    assert chain.verify(known=chain.head()) is None


def test_values_hash_the_same_after_a_trip_through_the_database(in_region: Region) -> None:
    given = {"list": [3, "ä", None, True], "share": 0.1, "nested": {"z": 1, "a": 2}}
    entry = audit.record(action="test.done", target="x", before=given, reason="karena\nbegitu")
    assert chain.digest(Entry.objects.get(pk=entry.pk)) == entry.hash
    assert audit.verify() is None


@pytest.mark.parametrize(
    ("statement", "place", "problem"),
    [
        ("UPDATE audit_entry SET reason = 'x' WHERE seq = %s", 2, "altered"),
        ("UPDATE audit_entry SET actor_label = 'Budi' WHERE seq = %s", 2, "altered"),
        ("UPDATE audit_entry SET at = at + interval '1 second' WHERE seq = %s", 2, "altered"),
        ("UPDATE audit_entry SET after = '{\"n\": 9}' WHERE seq = %s", 2, "altered"),
        ("UPDATE audit_entry SET prev_hash = hash WHERE seq = %s", 2, "unlinked"),
        ("DELETE FROM audit_entry WHERE seq = %s", 2, "missing"),
    ],
)
def test_tampering_is_found(
    db: None, region: Region, as_owner: Callable, statement: str, place: int, problem: str
) -> None:
    with region_context(region):
        first = _fill()[0].seq
        touched = first + place
    as_owner(region, statement, [touched])
    with region_context(region):
        assert audit.verify() == chain.Broken(touched, problem)


def test_cut_off_end_is_found_by_a_head_written_down(
    db: None, region: Region, as_owner: Callable
) -> None:
    with region_context(region):
        _fill()
        known = chain.head()
    as_owner(region, "DELETE FROM audit_entry WHERE seq = %s", [known.seq])
    with region_context(region):
        assert audit.verify() is None, "the rest of the chain is whole by itself"
        assert chain.verify(known) == chain.Broken(known.seq, "missing")


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET reason = ''", "DELETE FROM audit_entry"]
)
def test_a_regions_role_cannot_rewrite(in_region: Region, statement: str) -> None:
    _fill(1)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_model_refuses_as_well(in_region: Region) -> None:
    (entry,) = _fill(1)
    for rewrite in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(reason=""),
    ):
        with pytest.raises(TypeError, match="append-only"):
            rewrite()


def test_each_schema_has_a_chain_of_its_own(db: None, region: Region, other_region: Region) -> None:
    with region_context(region):
        _fill(2)
        here = chain.head()
    with region_context(other_region):
        there = chain.head()
        _fill(1)
        assert chain.head().seq == there.seq + 1
    with platform():
        audit.record(action="region.listed", target="x")
        assert audit.verify() is None
    with region_context(region):
        assert chain.head() == here


def test_personal_data_is_not_kept(in_region: Region) -> None:
    entry = audit.record(
        action="account.created",
        target="a@b.id",
        after={"email": "a@b.id", "role": "officer"},
        reason="hubungi 081234567890",
    )
    stored = Entry.objects.get(pk=entry.pk)
    text = f"{stored.target} {stored.after} {stored.reason}"
    assert "a@b.id" not in text
    assert "081234567890" not in text
    assert stored.after["role"] == "officer"
