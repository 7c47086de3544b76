"""The board: what stands on it, in which order, for whom; clocks; suggestions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.context import Region
from balai.directory.models import Agency, Area
from balai.live.access import may_hear
from modules.emergency import topics
from modules.emergency.models import Category, Incident, Shift, Unit
from modules.emergency.selectors import board, clocks, units
from modules.emergency.selectors.board_filters import parse
from modules.emergency.services.dispatching import correct, send, step
from modules.emergency.services.intake import take

BOARD = "/desk/emergency/board/"
PARTS = (BOARD, f"{BOARD}rows/", f"{BOARD}units/", f"{BOARD}map/",
         "/desk/emergency/wall/", "/desk/emergency/wall/parts/")  # fmt: skip


def numbers(user, **given: str) -> list[str]:
    return [row.incident.number for row in board.rows(user, parse(given), timezone.now())]


@pytest.fixture
def later(told, taker) -> Callable[..., Incident]:
    """Return a function that takes one more call."""

    def more(**fields: object) -> Incident:
        return take(told=told(**fields), taker=taker).incident

    return more


@pytest.mark.parametrize("role", ["call_taker", "dispatcher", "emergency_supervisor", "auditor",
                                  "leader", "liaison"])  # fmt: skip
def test_who_may_look(role: str, in_region: Region, make_user, client_for) -> None:
    client = client_for(in_region, make_user(role))
    assert [client.get(path).status_code for path in PARTS] == [200] * len(PARTS)


def test_who_may_not(in_region: Region, make_user, client_for, incident: Incident) -> None:
    page = f"/desk/emergency/incidents/{incident.uuid}/"
    for person in (make_user("crew"), make_user("officer"), make_user(), make_user("admin")):
        client = client_for(in_region, person)
        assert {client.get(path).status_code for path in (*PARTS, page)} == {403}
    assert {client_for(in_region).get(path).status_code for path in PARTS} == {302}


def test_the_pressing_stand_first(
    incident: Incident, later, dispatcher, engine: Unit, fire: Category
) -> None:
    calm = Category.objects.create(slug="uji-pohon", label_id="Pohon", label_en="Tree",
                                   urgency="normal", units=[])  # fmt: skip
    tree, second = later(category=calm), later()
    Incident.objects.filter(pk=second.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    leg = send(unit=engine, incident=incident, by=dispatcher)
    step(leg=leg, name="arrive", by=dispatcher)
    mine = [n for n in numbers(dispatcher) if n in {incident.number, tree.number, second.number}]
    assert mine == [second.number, tree.number, incident.number], (
        "life before calm; what somebody is with needs the centre last"
    )
    assert numbers(dispatcher, tab="scene") == [incident.number]
    assert incident.number not in numbers(dispatcher, tab="waiting")
    assert numbers(dispatcher, q=tree.number) == [tree.number]
    counted = board.counts(dispatcher, timezone.now())
    assert (counted["open"], counted["scene"]) == (len(numbers(dispatcher)), 1)


def test_clocks_begin_warn_run_out_and_hold_after_a_correction(
    incident: Incident, engine: Unit, dispatcher, fire: Category
) -> None:
    start = incident.created_at

    def clock(after: float) -> clocks.Clock:
        legs = list(incident.legs.all())
        found = clocks.pressing(incident, legs, list(incident.stamps.all()),
                                start + timedelta(seconds=after))  # fmt: skip
        assert found is not None
        return found

    assert [(clock(s).name, clock(s).level) for s in (10, 50, 61)] == [
        ("dispatch", "running"), ("dispatch", "soon"), ("dispatch", "late"),
    ]  # fmt: skip
    assert "0:01" in clock(61).words
    leg = send(unit=engine, incident=incident, by=dispatcher, now=start + timedelta(seconds=70))
    incident.refresh_from_db()
    assert (clock(80).name, clock(80).seconds) == ("acknowledge", 110)
    step(leg=leg, name="acknowledge", by=dispatcher)
    incident.refresh_from_db()
    assert (clock(100).name, clock(8 * 60 + 1).level) == ("on_scene", "late")
    step(leg=leg, name="arrive", by=dispatcher)
    incident.refresh_from_db()
    late = start + timedelta(hours=1)
    wrong = incident.stamps.get(what="arrive")
    correct(stamp=wrong, at=start - timedelta(minutes=1), reason="Radio", by=dispatcher)
    stamps, legs = list(incident.stamps.all()), list(incident.legs.all())
    assert clocks.pressing(incident, legs, stamps, late) is None
    met = {c.name: (c.level, c.done_at) for c in clocks.all_of(incident, legs, stamps, late)}
    assert met["dispatch"][0] == "missed"
    assert met["on_scene"] == ("met", start - timedelta(minutes=1)), "the corrected time counts"
    second = Unit.objects.create(callsign="Uji 2", kind="fire", agency=engine.agency)
    send(unit=second, incident=incident, by=dispatcher)
    said = incident.stamps.get(what="dispatch", unit=second)
    correct(stamp=said, at=start - timedelta(minutes=1), reason="Radio", by=dispatcher)
    silent = clock(0)
    assert (silent.name, silent.due_at) == ("acknowledge", start + timedelta(minutes=1))


def test_the_nearest_fitting_unit_is_suggested_and_nothing_is_assigned(
    later, engine: Unit, make_user, violence: Category
) -> None:
    here, now = (-6.1700, 106.6400), timezone.now()
    incident = later(pin=here)
    Unit.objects.update(active=False)
    agency = engine.agency

    def unit(name: str, kind: str = "fire", crew: bool = True, **fields: object) -> Unit:
        made = Unit.objects.create(callsign=name, kind=kind, agency=agency, **fields)
        if crew:
            Shift.objects.create(unit=made, user=make_user("crew"))
        return made

    unit("Far", latitude=-6.2700, longitude=106.6400, position_at=now)
    unit("Near", latitude=-6.1800, longitude=106.6400, position_at=now)
    unit("Moved", latitude=-6.1701, longitude=106.6400, position_at=now - timedelta(hours=2),
         base_latitude=-6.2000, base_longitude=106.6400)  # fmt: skip
    unit("Empty", crew=False, base_latitude=-6.1701, base_longitude=106.6400)
    unit("Nowhere")
    unit("Busy", state="on_scene", latitude=-6.1701, longitude=106.6400, position_at=now)
    unit("Ambulance", "ambulance", base_latitude=-6.1701, base_longitude=106.6400)
    found = units.suggest(incident, now)
    assert [s.unit.callsign for s in found] == ["Near", "Moved", "Far", "Nowhere", "Empty"]
    near, moved = found[0], found[1]
    assert (round(near.km, 1), round(moved.km, 1)) == (1.1, 3.3)
    assert near.age is not None
    assert moved.age is None, "an old position does not count: its post does"
    assert [s.unit.callsign for s in units.others(incident, now)] == ["Ambulance"]
    assert not incident.legs.exists()


def test_a_liaison_sees_incidents_and_units_of_their_own_agency(
    incident: Incident, later, engine: Unit, dispatcher, make_user, client_for, in_region: Region
) -> None:
    other = Agency.objects.exclude(pk=engine.agency_id).filter(active=True).last()
    theirs = Unit.objects.create(callsign="Uji Polisi", kind="police", agency=other)
    liaison = make_user("liaison", other)
    client = client_for(in_region, liaison)
    page = f"/desk/emergency/incidents/{incident.uuid}/"
    assert incident.agency_id != other.pk
    assert incident.number not in numbers(liaison)
    for path in (page, f"{page}panel/"):
        assert client.get(path).status_code == 404
    assert client.post(page, {"do": "note", "text": "x"}).status_code == 404
    assert "Uji Damkar 1" not in client.get(BOARD).content.decode()
    assert numbers(liaison, q=incident.number) == []
    send(unit=theirs, incident=incident, by=dispatcher)
    assert numbers(liaison) == [incident.number], "a unit of theirs is with it now"
    shown = client.get(page).content.decode()
    assert incident.number in shown
    assert 'name="do" value="step"' not in shown, "a liaison reads only"
    assert client.post(page, {"do": "note", "text": "x"}).status_code == 302
    assert not incident.stamps.filter(what="note").exists()


def test_lists_tell_nothing_of_a_sealed_incident(
    later, violence: Category, dispatcher, client_for, in_region: Region
) -> None:
    village = Area.objects.filter(kind="village").select_related("parent").first()
    sealed = later(category=violence, text="KANARI", address="Gang KANARI", area=village,
                   pin=(-6.1712345, 106.64), hazards="KANARI")  # fmt: skip
    client = client_for(in_region, dispatcher)
    for path in PARTS:
        body = client.get(path).content.decode()
        for secret in ("KANARI", "KDRT", village.name, "6.1712345"):
            assert secret not in body, (path, secret)
    body = client.get(f"{BOARD}rows/").content.decode()
    assert sealed.number in body
    assert village.parent.name in body
    for path in PARTS[-2:]:
        assert sealed.number not in client.get(path).content.decode(), "walls do not know it at all"
    for asked in ({"category": str(violence.pk)}, {"q": "KANARI"}, {"q": village.name}):
        assert sealed.number not in numbers(dispatcher, **asked), asked


def test_a_row_more_is_no_query_more(
    incident: Incident, later, dispatcher, engine: Unit, client_for, in_region: Region
) -> None:
    send(unit=engine, incident=incident, by=dispatcher)
    client = client_for(in_region, dispatcher)

    def count(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(path).status_code == 200
        return sum('"shared"' not in query["sql"] for query in seen.captured_queries)

    one = [count(path) for path in PARTS]
    for at in range(3):
        other = Unit.objects.create(callsign=f"Uji {at}", kind="fire", agency=engine.agency)
        send(unit=other, incident=later(pin=(-6.17, 106.6)), by=dispatcher)
    assert [count(path) for path in PARTS] == one
    assert one[0] <= 26


def test_a_board_that_cannot_show_all_says_so_and_bears_nonsense(
    incident: Incident, dispatcher, taker, client_for, in_region: Region,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    client, note = client_for(in_region, dispatcher), 'class="note note--amber sm"'
    rows = f"{BOARD}rows/"
    assert note not in client.get(rows).content.decode()
    monkeypatch.setattr(board, "MOST", 1)
    assert note in client.get(rows).content.decode()
    assert client.get(f"{rows}?q=%00&district=x&tab=x").status_code == 200
    merge = f"/desk/emergency/incidents/{incident.uuid}/?do=merge&number=%00"
    assert client.get(merge).status_code == 200
    takes, nul = client_for(in_region, taker), {"category": "\0", "words": "x\0"}
    for path in ("take/hints/", "calls/"):
        assert takes.post(f"/desk/emergency/{path}", nul).status_code == 200


def test_events_of_the_board_are_heard_by_the_centre_alone(
    in_region: Region, make_user, rf
) -> None:
    def hears(user: object, topic: str) -> bool:
        request = rf.get("/")
        request.user = user
        return may_hear(request, topic)

    assert hears(make_user("dispatcher"), topics.SEAL)
    assert hears(make_user("crew"), topics.HANDED_OVER)
    for stranger in (make_user("officer"), make_user()):
        assert not hears(stranger, topics.HANDED_OVER)
        assert not hears(stranger, topics.SEAL)
        assert hears(stranger, topics.ALERT)
