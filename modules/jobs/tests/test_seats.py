"""Places at fairs and in classes: never oversold, no number twice, given back at once."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.accounts.models import User
from balai.audit.models import Entry
from balai.context import Region, region_context
from balai.outbox.models import Event
from balai.privacy.person import Person
from modules.jobs import seat_moves, subject
from modules.jobs.models import Gathering, Seat, Session
from modules.jobs.services import forgetting, gathering as service, seating
from modules.jobs.states import SeatState
from modules.jobs.tests.delivering import deliver, told
from modules.jobs.workflow import NotAllowed
from tests.support.client import CityClient
from tests.support.committed import cities  # noqa: F401  # a fixture

CAPACITY, CROWD = 20, 50


@pytest.fixture
def crowd(cities: Any) -> Iterator[tuple[Region, Session, list[User]]]:  # noqa: F811
    """A committed session with twenty places, and fifty people; all of it is taken away again."""
    region, now = cities.here, timezone.now()
    with region_context(region):
        fair = Gathering.objects.create(
            kind="fair", title="Uji ramai", place="GOR", created_at=now, published_at=now
        )
        start = now + timedelta(days=1)
        session = Session.objects.create(
            gathering=fair, starts_at=start, ends_at=start + timedelta(hours=3), capacity=CAPACITY
        )
        people = User.objects.bulk_create(
            User(email=f"ramai{n}@contoh.test", name=f"Orang {n}") for n in range(CROWD)
        )
    yield region, session, people
    with region_context(region):
        fair.delete()
        Event.objects.filter(topic__startswith="jobs.seat").delete()
        User.objects.filter(email__startswith="ramai")._raw_delete("default")


def test_fifty_requests_at_once_for_twenty_places(
    crowd: tuple[Region, Session, list[User]],
) -> None:
    """Fifty signed-in people press the button together, each over a connection of their own."""
    region, session, people = crowd
    together = Barrier(CROWD)

    def ask(user: User) -> str:
        try:
            client = CityClient(region)
            client.force_login(user)
            together.wait(30)
            return client.post(f"/jobs/sessions/{session.uuid}/", {"name": user.name})["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        answers = [answer.split("/")[2] for answer in pool.map(ask, people)]
    assert Counter(answers) == {"numbers": CAPACITY, "fairs": CROWD - CAPACITY}
    with region_context(region):
        session.refresh_from_db()
        assert (session.taken, session.last_number) == (CAPACITY, CAPACITY)
        numbers = Seat.objects.filter(session=session).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, CAPACITY + 1))


@pytest.mark.django_db
def test_a_place_that_is_given_back_is_free_and_its_number_is_not(
    session_of: Callable, make_user: Callable, officer: Any
) -> None:
    session = session_of(capacity=1)
    first, second = make_user(), make_user()
    seat = seating.reserve(session=session, user=first, name="Dewi")
    assert seating.reserve(session=session, user=first, name="Dewi").pk == seat.pk
    with pytest.raises(NotAllowed):
        seating.reserve(session=session, user=second, name="Agus")
    with pytest.raises(NotAllowed):
        seating.walk_in(session=session, name="Bu Siti", by=officer)
    with pytest.raises(PermissionDenied):
        seating.move("cancel", seat, by=second)
    with pytest.raises(PermissionDenied):
        seating.move("arrive", seat, by=first)
    seating.move("cancel", seat, by=first)
    given = seating.walk_in(session=session, name="Bu Siti", by=officer)
    session.refresh_from_db()
    assert (given.number, given.state, session.taken) == (2, SeatState.ARRIVED, 1)
    service.resize(session=session, capacity=2, by=officer)
    assert seating.reserve(session=session, user=first, name="Dewi").number == 3
    with pytest.raises(NotAllowed):
        service.resize(session=session, capacity=1, by=officer)
    with pytest.raises(NotAllowed):
        service.drop_session(session=session, by=officer)


@pytest.mark.django_db
def test_every_state_and_move_of_a_place(
    session_of: Callable, make_user: Callable, officer: Any
) -> None:
    """The whole table for both kinds; the count of places is right after each step."""
    for kind in Gathering.Kind:
        session = session_of(kind=kind, capacity=3)
        seat = seating.reserve(session=session, user=make_user(), name="Dewi")
        for state in SeatState:
            for step in seat_moves.SEAT_MOVES:
                taken = seat_moves.takes(kind, state)
                Seat.objects.filter(pk=seat.pk).update(state=state)
                Session.objects.filter(pk=session.pk).update(taken=taken)
                if kind in step.kinds and state in step.sources:
                    assert seating.move(step.name, seat, by=officer).state == step.target
                    taken = seat_moves.takes(kind, step.target)
                else:
                    with pytest.raises(NotAllowed):
                        seating.move(step.name, seat, by=officer)
                session.refresh_from_db()
                assert session.taken == taken


@pytest.mark.django_db
def test_a_class_registers_more_than_it_has_places(
    session_of: Callable, make_user: Callable, officer: Any
) -> None:
    session = session_of(kind="training", capacity=1)
    people = [make_user() for _ in range(3)]
    seats = [
        seating.reserve(session=session, user=one, name=one.name, answers={"phone": "0812"})
        for one in people
    ]
    seating.move("accept", seats[0], by=officer, text="Bawa KTP.")
    with pytest.raises(NotAllowed):
        seating.move("accept", seats[1], by=officer)
    seating.move("refuse", seats[2], by=officer)
    seating.move("cancel", seats[0], by=people[0])
    seating.move("accept", seats[1], by=officer)
    seating.move("pass", seats[1], by=officer)
    messages = deliver()
    assert [told(messages, one.email) for one in people] == [["seat"], ["seat", "seat"], ["seat"]]
    assert seating.forget_names(now=session.ends_at + timedelta(days=89)) == 0
    assert seating.forget_names(now=session.ends_at + timedelta(days=91)) == 3
    left = Seat.objects.filter(session=session).order_by("number").values_list("name", "answers")
    assert list(left) == [("", {}), (people[1].name, {}), ("", {})]  # who passed stays named
    forgetting.forget(user=people[1].pk)
    assert set(Seat.objects.filter(user=people[1]).values_list("name", "state")) == {
        ("", SeatState.PASSED)
    }


@pytest.mark.django_db
def test_registration_has_its_time_and_a_fair_can_be_called_off(
    session_of: Callable, make_user: Callable, officer: Any
) -> None:
    now, user = timezone.now(), make_user()
    session = session_of(register_from=now + timedelta(hours=1))

    def refused(at: datetime) -> bool:
        return bool(seating.closed(session, at))

    assert refused(now)
    assert not refused(now + timedelta(hours=2))
    assert refused(session.starts_at + timedelta(seconds=1))
    seat = seating.reserve(session=session, user=user, name="Dewi", now=now + timedelta(hours=2))
    service.call_off(gathering=session.gathering, by=officer)
    assert told(deliver(), user.email) == ["seat"]
    service.publish(gathering=session.gathering, by=officer)
    assert told(deliver(), user.email) == ["seat", "seat"]
    assert Entry.objects.filter(action="jobs.gathering_called_off").exists()
    assert seating.forget_names(now=session.ends_at + timedelta(days=91)) == 1
    seat.refresh_from_db()
    assert seat.name == ""


@pytest.mark.django_db
def test_pages_from_the_draft_to_the_door(
    officer: Any, make_user: Callable, at: Callable, visitor: Any
) -> None:
    desk, user = at(officer), make_user()
    made = desk.post("/desk/jobs/fairs/new/", {"title": "Bursa Kerja", "place": "GOR"})
    fair = Gathering.objects.get(title="Bursa Kerja")
    assert made["Location"] == f"/desk/jobs/fairs/{fair.uuid}/"
    assert visitor.get(f"/jobs/fairs/{fair.uuid}/").status_code == 404
    assert desk.post(f"/desk/jobs/fairs/{fair.uuid}/publish/").status_code == 302
    assert Gathering.objects.filter(pk=fair.pk, published_at=None).exists()  # it has no session
    when = {"starts_at": "2035-05-02T09:00", "ends_at": "2035-05-02T12:00", "capacity": "1"}
    wrong = {**when, "ends_at": "2035-05-02T08:00"}
    assert desk.post(f"/desk/jobs/fairs/{fair.uuid}/", wrong).status_code == 422
    assert desk.post(f"/desk/jobs/fairs/{fair.uuid}/", when).status_code == 302
    desk.post(f"/desk/jobs/fairs/{fair.uuid}/publish/")
    session = fair.sessions.get()
    own = at(user)
    assert own.post(f"/jobs/sessions/{session.uuid}/", {"name": ""}).status_code == 422
    ticket = own.post(f"/jobs/sessions/{session.uuid}/", {"name": "Dewi Lestari"})["Location"]
    page = own.get(ticket).content.decode()
    assert 'class="jobs-qr"' in page and "Dewi Lestari" in page
    assert at(make_user()).get(ticket).status_code == 404
    assert "Dewi" not in visitor.get(f"/jobs/fairs/{fair.uuid}/").content.decode()
    seat = Seat.objects.get()
    scanned = f"/desk/jobs/fairs/numbers/{seat.uuid}/"
    assert own.get(scanned).status_code == 403
    assert (
        "Dewi Lestari"
        in desk.get(f"/desk/jobs/fairs/sessions/{session.uuid}/?q=dewi").content.decode()
    )
    outside = desk.post(scanned, {"do": "arrive", "next": "https://lain.example/"})
    assert outside["Location"] == scanned
    seat.refresh_from_db()
    assert seat.state == SeatState.ARRIVED
    desk.post(scanned, {"do": "absent"})
    own.post(f"{ticket}cancel/")
    desk.post(f"/desk/jobs/fairs/sessions/{session.uuid}/", {"name": "Pak Tua"})
    numbers = desk.get(f"/desk/jobs/fairs/sessions/{session.uuid}/numbers/").content.decode()
    assert "Pak Tua" in numbers and "<html" not in numbers


@pytest.mark.django_db
def test_queries_do_not_grow_with_numbers(
    session_of: Callable, make_user: Callable, officer: Any, at: Callable
) -> None:
    session, user = session_of(capacity=9), make_user()
    seating.reserve(session=session, user=user, name="Dewi")
    desk, own = at(officer), at(user)

    def count(client: Any, path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return sum('"shared"' not in query["sql"] for query in seen)  # the region is found

    def read() -> list[int]:
        """Count twice: what the kernel looks up now and then is no query of the page."""
        return [
            min(count(client, path) for _twice in range(2))
            for client, path in (
                (desk, f"/desk/jobs/fairs/sessions/{session.uuid}/"), (desk, "/desk/jobs/fairs/"),
                (own, "/jobs/fairs/"), (own, f"/jobs/fairs/{session.gathering.uuid}/"),
            )
        ]  # fmt: skip

    before = read()
    for _each in range(2):
        seating.walk_in(session=session, name="Agus", by=officer)
        seating.reserve(session=session_of(), user=user, name="Dewi")
    assert read() == before
    left = subject.collect(Person(user=user))
    assert [one["number"] for one in left["numbers"]] == [1, 1, 1]
