"""An incident crosses to another region once, with a receipt; both sides keep their record."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction

from balai import neighbours
from balai.context import Region, region_context
from balai.outbox import delivery
from balai.outbox.models import Event
from modules.emergency import callers, topics
from modules.emergency.models import Call, Category, Incident, Stamp, Transfer, Unit
from modules.emergency.services import receiving, transferring
from modules.emergency.services.dispatching import send, step
from modules.emergency.services.ending import cancel, close, merge
from modules.emergency.services.intake import take
from modules.emergency.services.transferring import Handover
from modules.emergency.states import Channel, State
from modules.emergency.workflow import NotAllowed
from tenants.models import ModuleSwitch

NUMBER = "0812-3456-7890"
OPEN = {"handovers": "everybody", "centre_phone": "0275-112112"}


def decide(region: Region, **settings: object) -> None:
    """Give a region's centre settings, as its admin would."""
    from balai.context import platform
    from tenants import directory

    with platform():
        row = ModuleSwitch.objects.get(region_id=region.id, slug="emergency")
        row.settings = settings
        row.save()
    directory.invalidate()


@contextmanager
def there(region: Region) -> Iterator[None]:
    with region_context(region):
        yield


@pytest.fixture
def neighbour(other_region: Region, in_region: Region) -> Region:
    """Kabupaten Purworejo, whose centre takes incidents."""
    decide(other_region, **OPEN)
    return other_region


@pytest.fixture
def over(neighbour: Region) -> Handover:
    return Handover(
        receiver="region", region=neighbour.schema, name=neighbour.name, note="Di luar batas"
    )


def relay(topic: str) -> bool:
    """Deliver the newest event of a topic, as the relay does."""
    return delivery.deliver(Event.objects.filter(topic=topic).latest("pk").pk)


def whats(incident: Incident) -> list[str]:
    return list(incident.stamps.order_by("id").values_list("what", flat=True))


def test_by_telephone_it_leaves_the_board_with_name_and_receipt(
    incident: Incident, engine: Unit, dispatcher, taker
) -> None:
    leg = send(unit=engine, incident=incident, by=dispatcher)
    by_phone = Handover(receiver="110", person="Aiptu Budi", receipt="LP/112/XI")
    with pytest.raises(NotAllowed):
        transferring.transfer(incident=incident, handover=Handover(receiver="110"), by=dispatcher)
    with pytest.raises(PermissionDenied):
        transferring.transfer(incident=incident, handover=by_phone, by=taker)
    row = transferring.transfer(incident=incident, handover=by_phone, by=dispatcher)
    incident.refresh_from_db()
    leg.refresh_from_db()
    assert (incident.state, row.state, leg.state) == (State.TRANSFERRED, "accepted", "recalled")
    assert "Aiptu Budi, LP/112/XI" in incident.stamps.get(what="transfer").text
    back = transferring.reopen(incident=incident, note="Salah alamat", by=dispatcher)
    row.refresh_from_db()
    assert (back.state, back.ended_at, row.state) == (State.QUEUED, None, "withdrawn")


def test_it_crosses_once_with_what_helps_and_comes_back_with_a_receipt(
    told: Callable, taker, dispatcher, over: Handover, neighbour: Region, in_region: Region
) -> None:
    call = take(
        told=told(number=NUMBER, name="Siti", pin=(-6.17, 106.6), casualties=2), taker=taker
    )
    incident = call.incident
    row = transferring.transfer(incident=incident, handover=over, by=dispatcher)
    assert (row.state, row.receipt) == ("waiting", "")
    with there(neighbour):
        before = Incident.objects.count()
    assert transferring.deliver_now(transfer=row)
    assert relay(topics.HANDED_OVER), "the outbox finds it delivered"
    transferring.deliver(transfer=row)
    row.refresh_from_db()
    with there(neighbour):
        assert Incident.objects.count() == before + 1
        got = Transfer.objects.get(key=row.key)
        twin = got.incident
        assert (twin.number, twin.state, twin.casualties) == (row.receipt, State.QUEUED, 2)
        assert (twin.latitude, twin.text) == (-6.17, incident.text)
        assert (got.incoming, got.receipt, got.name) == (True, incident.number, in_region.name)
        heard = Call.objects.get(incident=twin)
        assert callers.read(heard.caller) == "6281234567890"
        assert (heard.taker, heard.channel) == (None, Channel.CENTRE)
        assert whats(twin) == ["taken", "queued", "came_from"]
        actors = twin.stamps.exclude(actor=None)
        assert not actors.exists(), "nobody of the other region is a person here"
    incident.refresh_from_db()
    assert (row.state, incident.state) == ("delivered", State.TRANSFERRED)
    assert whats(incident)[-2:] == ["transfer", "received_there"]
    with pytest.raises(NotAllowed, match=neighbour.name):
        transferring.reopen(incident=incident, note="Kembali", by=dispatcher)


def test_the_course_over_there_is_told_until_it_ends(
    incident: Incident, dispatcher, over: Handover, neighbour: Region, make_user, in_region: Region
) -> None:
    row = transferring.transfer(incident=incident, handover=over, by=dispatcher)
    transferring.deliver(transfer=row)
    seen = []
    with there(neighbour):
        twin = Transfer.objects.get(key=row.key).incident
        theirs = make_user("dispatcher", city=neighbour)
        with pytest.raises(PermissionDenied):
            receiving.accept(incident=twin, by=make_user("call_taker", city=neighbour))
        receiving.accept(incident=twin, by=theirs)
        receiving.tell_origin_now(incident=twin)
        leg = send(unit=Unit.objects.create(callsign="PWR 1", kind="fire", agency_id=1),
                   incident=twin, by=theirs)  # fmt: skip
        step(leg=leg, name="arrive", by=theirs)
        assert relay(topics.CHANGED)
    row.refresh_from_db()
    seen.append((row.state, row.progress, row.person))
    stale = {"n": 1, "state": "delivered", "progress": "queued", "person": "", "note": ""}
    with there(neighbour):
        neighbours.hand_over(receiving.NEWS, to=in_region.schema, key=row.key, body=stale)
        step(leg=leg, name="clear", by=theirs)
        from modules.emergency.models import Outcome

        done = Outcome.objects.get_or_create(code="uji", defaults={"label_id": "Selesai"})[0]
        close(incident=twin, outcome=done, by=theirs)
        assert relay(topics.ENDED)
    row.refresh_from_db()
    seen.append((row.state, row.progress, row.person))
    assert seen == [("accepted", "on_scene", theirs.label), ("ended", "closed", theirs.label)]
    assert whats(incident)[-2:] == ["accepted_there", "ended_there"]


def test_given_back_it_stands_on_our_board_again(
    incident: Incident, dispatcher, over: Handover, neighbour: Region, make_user
) -> None:
    row = transferring.transfer(incident=incident, handover=over, by=dispatcher)
    transferring.deliver(transfer=row)
    with there(neighbour):
        twin = Transfer.objects.get(key=row.key).incident
        theirs = make_user("dispatcher", city=neighbour)
        with pytest.raises(NotAllowed):
            receiving.give_back(incident=twin, note=" ", by=theirs)
        receiving.give_back(incident=twin, note="Masih wilayah Tangerang", by=theirs)
        assert relay(topics.ENDED)
        twin.refresh_from_db()
        with pytest.raises(NotAllowed):
            transferring.reopen(incident=twin, note="x", by=theirs)
    row.refresh_from_db()
    incident.refresh_from_db()
    assert (row.state, incident.state, twin.state) == ("returned", State.QUEUED, State.TRANSFERRED)
    assert "Masih wilayah Tangerang" in incident.stamps.get(what="came_back").text
    again = transferring.transfer(incident=incident, handover=over, by=dispatcher)
    assert transferring.deliver_now(transfer=again), "a second hand-over is a message of its own"


def test_sending_a_unit_there_accepts_it_and_a_merge_there_is_followed(
    incident: Incident, told: Callable, dispatcher, over: Handover, neighbour: Region, make_user
) -> None:
    row = transferring.transfer(incident=incident, handover=over, by=dispatcher)
    transferring.deliver(transfer=row)
    with there(neighbour):
        twin = Transfer.objects.get(key=row.key).incident
        theirs = make_user("dispatcher", city=neighbour)
        own = told(category=Category.objects.get(slug="kebakaran"))
        main = take(told=own, taker=theirs).incident
        merge(incident=twin, into=main, by=theirs)
        unit = Unit.objects.create(callsign="PWR 2", kind="fire", agency_id=1)
        send(unit=unit, incident=main, by=theirs)
        assert relay(topics.CHANGED)
        assert Transfer.objects.get(key=row.key).incident == main
    row.refresh_from_db()
    assert (row.state, row.progress) == ("accepted", "dispatched")


def test_two_hand_overs_that_are_merged_there_both_hear_of_it(
    incident: Incident, told: Callable, dispatcher, taker, over: Handover, neighbour: Region,
    make_user: Callable, engine: Unit,
) -> None:  # fmt: skip
    second = take(told=told(), taker=taker).incident
    leg = send(unit=engine, incident=second, by=dispatcher)
    for name in ("arrive", "clear"):
        step(leg=leg, name=name, by=dispatcher)
    rows = [transferring.transfer(incident=one, handover=over, by=dispatcher)
            for one in (incident, second)]  # fmt: skip
    for row in rows:
        assert transferring.deliver_now(transfer=row), "also where our unit has been"
    with there(neighbour):
        theirs = make_user("dispatcher", city=neighbour)
        first, other = (Transfer.objects.get(key=row.key).incident for row in rows)
        merge(incident=other, into=first, by=theirs)
        unit = Unit.objects.create(callsign="PWR 3", kind="fire", agency_id=1)
        send(unit=unit, incident=first, by=theirs)
        assert receiving.tell_origin(incident=first)
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.progress) == ("accepted", "dispatched")


def test_a_seal_goes_along_and_an_unknown_category_falls_back(
    told: Callable, taker, dispatcher, violence: Category, over: Handover, neighbour: Region
) -> None:
    incident = take(told=told(category=violence), taker=taker).incident
    row = transferring.transfer(incident=incident, handover=over, by=dispatcher)
    transferring.deliver(transfer=row)
    with there(neighbour):
        twin = Transfer.objects.select_related("incident__category").get(key=row.key).incident
        assert (twin.category.slug, twin.sealed) == ("lainnya", True)


def test_while_nobody_answers_it_waits_and_can_be_taken_back(
    incident: Incident, dispatcher, over: Handover, neighbour: Region
) -> None:
    decide(neighbour, handovers="nobody")
    row = transferring.transfer(incident=incident, handover=over, by=dispatcher)
    assert not transferring.deliver_now(transfer=row)
    assert not relay(topics.HANDED_OVER)
    assert Event.objects.get(topic=topics.HANDED_OVER).done_at is None, "the outbox tries again"
    transferring.reopen(incident=incident, note="Ditelepon saja", by=dispatcher)
    decide(neighbour, **OPEN)
    transferring.deliver(transfer=row)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    with there(neighbour):
        assert not Transfer.objects.filter(key=row.key).exists()


def test_a_third_region_cannot_speak_for_the_one_that_has_it(
    incident: Incident, dispatcher, over: Handover, neighbour: Region, in_region: Region
) -> None:
    row = transferring.transfer(incident=incident, handover=over, by=dispatcher)
    transferring.deliver(transfer=row)
    Transfer.objects.filter(pk=row.pk).update(region="r_elsewhere")
    news = {"n": 9, "state": "returned", "progress": "closed", "person": "", "note": ""}
    with there(neighbour):
        assert (
            neighbours.hand_over(receiving.NEWS, to=in_region.schema, key=row.key, body=news) == {}
        )
    row.refresh_from_db()
    assert row.state == "delivered"


def test_a_wrongly_cancelled_incident_is_opened_again(
    incident: Incident, dispatcher, taker, outcome
) -> None:
    cancel(incident=incident, note="Salah lapor", by=dispatcher)
    with pytest.raises(PermissionDenied):
        transferring.reopen(incident=incident, note="Ternyata benar", by=taker)
    opened = transferring.reopen(incident=incident, note="Ternyata benar", by=dispatcher)
    assert (opened.state, opened.open) == (State.QUEUED, True)
    assert whats(incident)[-2:] == ["cancel", "reopen"]


def test_a_wrong_outcome_is_undone_by_who_runs_the_shift_and_stays_in_the_record(
    incident: Incident, engine: Unit, dispatcher, supervisor, outcome
) -> None:
    leg = send(unit=engine, incident=incident, by=dispatcher)
    for name in ("arrive", "clear"):
        step(leg=leg, name=name, by=dispatcher)
    close(incident=incident, outcome=outcome, by=dispatcher)
    with pytest.raises(PermissionDenied):
        transferring.reopen(incident=incident, note="Salah pilih", by=dispatcher)
    opened = transferring.reopen(incident=incident, note="Salah pilih", by=supervisor)
    opened.refresh_from_db()
    assert (opened.state, opened.outcome, opened.ended_at) == (State.CLEARED, None, None)
    said = incident.stamps.get(what="reopen").text
    assert said == f"Salah pilih ({outcome.label})"
    assert whats(incident)[-2:] == ["close", "reopen"]


def test_who_may_hand_over_is_the_receivers_own_decision(
    in_region: Region, other_region: Region
) -> None:
    from modules.emergency.conf import card_for

    def card(settings: dict, code: str) -> object:
        region = replace(other_region, code=code,
                         module_settings=MappingProxyType({"emergency": settings}))  # fmt: skip
        return card_for(region, in_region)

    assert card({}, "36.03") is None
    assert card({"handovers": "province"}, "33.06") is None
    assert card({"handovers": "province", "centre_phone": "021"}, "36.03") == {"phone": "021"}
    assert card({"handovers": "everybody"}, "33.06") == {"phone": ""}


def test_the_receivers_code_cannot_read_the_sender(
    incident: Incident, neighbour: Region, in_region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def nosy(message: neighbours.Message) -> dict:
        seen.append(Incident.objects.filter(uuid=incident.uuid).exists())
        seen.append(Stamp.objects.filter(incident__uuid=incident.uuid).exists())
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f'SELECT count(*) FROM "{in_region.schema}".emergency_incident')
        seen.append(message.origin.schema)
        return {}

    monkeypatch.setitem(
        neighbours._doors, transferring.INCIDENT, neighbours._Door(nosy, lambda t, o: {})
    )
    neighbours.hand_over(transferring.INCIDENT, to=neighbour.schema, key=uuid.uuid4(), body={})
    assert seen == [False, False, in_region.schema]
    assert Incident.objects.filter(uuid=incident.uuid).exists(), "and the sender is itself again"
