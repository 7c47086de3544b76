"""The one door between regions: plain data in, a plain receipt out, and nothing read across."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.db import ProgrammingError, connection, transaction

from balai import context, neighbours
from balai.audit.models import Entry
from balai.context import Region
from balai.directory.models import Agency

KIND = "test.parcel"


@pytest.fixture
def parcel(monkeypatch: pytest.MonkeyPatch) -> list[neighbours.Message]:
    """A door that every region opens; what arrived is kept in the list."""
    got: list[neighbours.Message] = []

    def receive(message: neighbours.Message) -> dict:
        got.append(message)
        return {"receipt": context.current_region().schema}

    monkeypatch.setattr(neighbours, "_doors", {})
    neighbours.door(KIND, opens=lambda region, sender: {"phone": region.slug})(receive)
    return got


def give(to: str, **body: object) -> dict:
    return neighbours.hand_over(KIND, to=to, key=uuid.uuid4(), body=body)


def test_it_arrives_as_the_other_region_and_says_who_sent_it(
    in_region: Region, other_region: Region, parcel: list
) -> None:
    assert give(other_region.schema, text="Halo") == {"receipt": other_region.schema}
    (message,) = parcel
    assert (message.origin.schema, message.origin.name) == (in_region.schema, in_region.name)
    assert message.body == {"text": "Halo"}
    assert context.current_region() == in_region


def test_objects_do_not_slip_through(in_region: Region, other_region: Region, parcel: list) -> None:
    with pytest.raises(TypeError):
        give(other_region.schema, agency=Agency.objects.first())
    assert parcel == []
    inner = {"list": [1]}
    give(other_region.schema, inner=inner)
    assert parcel[0].body["inner"] is not inner, "not even by reference"


def test_the_receiver_has_its_own_role_and_an_actor_of_its_own(
    in_region: Region, other_region: Region, parcel: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nosy(message: neighbours.Message) -> dict:
        from balai import audit

        audit.record(action="parcel.arrived")
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f'SELECT 1 FROM "{in_region.schema}".audit_entry')
        return {}

    monkeypatch.setitem(neighbours._doors, KIND, neighbours._Door(nosy, lambda t, o: {}))
    give(other_region.schema)
    assert not Entry.objects.filter(action="parcel.arrived").exists()
    with context.region_context(other_region):
        written = Entry.objects.get(action="parcel.arrived")
    assert (written.actor_label, written.actor_uuid) == (in_region.name, None)


def test_what_fails_over_there_leaves_nothing_and_harms_nothing_here(
    in_region: Region, other_region: Region, parcel: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(message: neighbours.Message) -> dict:
        Agency.objects.create(code="setengah-jadi", name="Setengah jadi", short_name="Setengah")
        raise ValueError("the other centre is broken")

    monkeypatch.setitem(neighbours._doors, KIND, neighbours._Door(fails, lambda t, o: {}))
    Agency.objects.create(code="milik-kita", name="Milik kita", short_name="Kita")
    with pytest.raises(neighbours.NotReached) as refusal:
        give(other_region.schema)
    assert refusal.value.reason == "failed"
    assert Agency.objects.filter(code="milik-kita").exists()
    with context.region_context(other_region):
        assert not Agency.objects.filter(code="setengah-jadi").exists()


def test_time_limits_end_with_the_hand_over(
    in_region: Region, other_region: Region, parcel: list
) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        before = cursor.fetchone()
        give(other_region.schema)
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == before


@pytest.mark.parametrize("to", ["self", "r_nobody", "shared"])
def test_only_another_region_is_an_address(to: str, in_region: Region, parcel: list) -> None:
    with pytest.raises(neighbours.NotReached, match="unknown"):
        give(in_region.schema if to == "self" else to)


def test_a_closed_door_a_module_that_is_off_and_a_trial_take_nothing(
    in_region: Region, other_region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    def face(
        opens: Mapping[str, str] | None = {},  # never written to
        slug: str = "", target: Region = other_region, origin: Region = in_region,
    ) -> neighbours.Neighbour | None:  # fmt: skip
        door = neighbours._Door(lambda message: {}, lambda t, o: opens)
        monkeypatch.setattr(neighbours, "_doors", {KIND: door})
        monkeypatch.setattr(neighbours.registry, "owner_of", lambda found: slug)
        return neighbours._face(KIND, target, origin)

    real = replace(other_region, state="active")
    here = replace(in_region, state="restricted")
    assert face(target=real, origin=here) is not None
    assert face(None, target=real, origin=here) is None
    assert face(slug="emergency", target=real, origin=here) is not None
    off = replace(real, active_modules=frozenset())
    assert face(slug="emergency", target=off, origin=here) is None
    trial = replace(other_region, state="sandbox")
    assert face(target=trial, origin=here) is None
    assert face(target=real, origin=replace(here, state="sandbox")) is None
    assert face(target=trial, origin=replace(here, state="sandbox")) is not None


def test_the_reachable_ones_are_named_with_what_they_tell(
    in_region: Region, other_region: Region, parcel: list
) -> None:
    found = {face.schema: face for face in neighbours.reachable(KIND)}
    assert in_region.schema not in found
    assert found[other_region.schema].facts == {"phone": other_region.slug}
    with pytest.raises(ValueError, match=KIND):
        neighbours.door(KIND, opens=lambda t, o: {})(lambda message: {})
