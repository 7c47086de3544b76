"""Requests and their 72 hours by the clock, walked state by state; the console's queue."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.audit.models import Entry
from balai.context import region_context
from balai.modules.badges import Badge
from balai.notify.models import Message
from balai.notify.subscriptions import follow, recipients
from balai.outbox import delivery
from balai.outbox.models import Event
from balai.privacy import law
from balai.privacy.badges import open_requests
from balai.privacy.models import DataRequest
from balai.privacy.person import Person
from balai.privacy.services import deletion, requests
from balai.privacy.states import MOVES, OPEN, NotAllowed, State, after, status_of

pytestmark = pytest.mark.django_db
FRIDAY = datetime.fromisoformat("2026-12-25T16:00:00+07:00")  # a holiday before a weekend
WORDS = {"part": "accounts", "wrong": "Nama lama", "right": "Nama baru"}


def test_the_table_of_moves_says_what_is_possible() -> None:
    allowed = {(move, state) for move, (sources, _to) in MOVES.items() for state in sources}
    for move in MOVES:
        for state in State.values:
            if (move, state) in allowed:
                assert after(move, state) == MOVES[move][1]
            else:
                with pytest.raises(NotAllowed):
                    after(move, state)
    assert {state for sources, _to in MOVES.values() for state in sources} == set(OPEN)


def test_seventy_two_hours_run_through_holidays_and_turn_amber_then_red() -> None:
    due = law.due(FRIDAY)
    assert due == datetime.fromisoformat("2026-12-28T16:00:00+07:00")
    looks = [
        status_of(State.RECEIVED, due, FRIDAY + timedelta(hours=hours)).colour
        for hours in (0, 47, 48, 72, 73)
    ]
    assert looks == ["blue", "blue", "amber", "amber", "red"]
    assert status_of(State.DONE, due, FRIDAY + timedelta(days=9)).colour == "green"


def test_a_correction_from_form_to_answer(region, make_user, signed_in) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        citizen, admin = make_user(city=region), make_user("admin", city=region)
        mine, desk = signed_in(region, citizen), signed_in(region, admin)
        assert mine.post("/my-data/correct/", {"part": "accounts"}).status_code == 422
        place = mine.post("/my-data/correct/", WORDS).headers["Location"]
        with region_context(region):
            row = DataRequest.objects.get(user=citizen)
            assert b"Nama baru" not in bytes(row.asked) and row.words == WORDS
            event = Event.objects.get(topic=requests.RECEIVED, key=row.uuid.hex)
            assert event.payload == {"request": row.pk}
            delivery.deliver(event.pk)
            told = Message.objects.filter(template__startswith="privacy/").order_by("template")
            assert ("privacy/received", citizen.email) in told.values_list("template", "recipient")
            assert ("privacy/waiting", admin.email) in told.values_list("template", "recipient")
            assert "Nama baru" not in str(list(told.values()))
        assert row.number in desk.get("/console/privacy/").content.decode()
        case = f"/console/privacy/requests/{row.uuid}/"
        assert "Nama baru" in desk.get(case).content.decode()
        bad = {"outcome": "refuse", "ground": "defence", "answer": "Alasan yang panjang."}
        assert desk.post(case, bad).status_code == 422, "article 15 does not except corrections"
        assert desk.post(case, {"outcome": "refuse", "answer": "Panjang sekali"}).status_code == 422
        assert desk.post(case, {"outcome": "fulfil", "answer": "ya"}).status_code == 422
        good = {"outcome": "refuse", "ground": "others", "answer": "Ini menyebut orang lain."}
        assert desk.post(case, good).status_code == 302
        assert desk.post(case, good).status_code == 422, "answered already"
    page = mine.get(place).content.decode()
    assert "Ini menyebut orang lain." in page and "33 b" in page
    with region_context(region):
        actions = list(Entry.objects.filter(target=row.number).values_list("action", flat=True))
        assert "privacy.request_refused" in actions and "privacy.request_read" in actions
        assert "Nama baru" not in str(list(Entry.objects.values()))


def test_reminders_come_at_half_time_on_the_last_day_and_when_late(in_region, make_user) -> None:
    row = requests.receive(
        person=Person(user=make_user()), kind=law.Kind.CORRECTION, words=WORDS, now=FRIDAY
    )
    told = [
        requests.remind(now=FRIDAY + timedelta(hours=hours))
        for hours in (1, 36, 37, 48, 71, 73, 99)
    ]
    assert told == [0, 1, 0, 1, 0, 1, 0]
    make_user("admin")
    for event in Event.objects.filter(topic=requests.DUE_SOON).order_by("pk"):
        delivery.deliver(event.pk)
    sent = Message.objects.filter(template="privacy/waiting").values_list("context", flat=True)
    assert sorted({one["stage"] for one in sent}) == [1, 2, 3]
    requests.take_back(request=row, person=Person(user=row.user))
    assert requests.remind(now=FRIDAY + timedelta(days=30)) == 0


def test_late_requests_stand_on_top_and_rows_cost_no_query(
    in_region, make_user, client_for
) -> None:
    def ask(hours: int) -> DataRequest:
        person = Person(user=make_user())
        at = timezone.now() - timedelta(hours=hours)
        return requests.receive(person=person, kind=law.Kind.CORRECTION, words=WORDS, now=at)

    desk = client_for(in_region, make_user("admin"))
    new = ask(1)
    desk.get("/console/privacy/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        desk.get("/console/privacy/")
    late, amber = ask(80), ask(50)
    with CaptureQueriesContext(connection) as three:
        page = desk.get("/console/privacy/").content.decode()
    assert len(one) == len(three)
    assert page.index(late.number) < page.index(amber.number) < page.index(new.number)
    assert open_requests(None) == Badge(3, 1)
    assert page.index("chip--red") < page.index("chip--amber") < page.index("chip--blue")


def test_a_restriction_rests_news_until_its_person_ends_it(in_region, make_user) -> None:
    user, admin = make_user(), make_user("admin")
    follow(subject="news.topic:1", user=user, language="id")
    row = requests.receive(
        person=Person(user=user), kind=law.Kind.RESTRICTION, words={"reason": "x"}
    )
    again = requests.receive(person=Person(user=user), kind=law.Kind.RESTRICTION)
    assert again == row and len(recipients("news.topic:1")) == 1
    requests.fulfil(request=row, by=admin, answer="Kabar untuk Anda dihentikan.")
    assert recipients("news.topic:1") == []
    with pytest.raises(NotAllowed):
        requests.lift(request=row, person=Person(user=admin))
    requests.lift(request=row, person=Person(user=user))
    assert len(recipients("news.topic:1")) == 1


def test_a_deletion_can_be_taken_back_for_72_hours_and_not_by_others(in_region, make_user) -> None:
    user, other = make_user(), make_user()
    row = deletion.ask(person=Person(user=user), now=FRIDAY)
    assert deletion.ask(person=Person(user=user), now=FRIDAY) == row
    assert deletion.run_due(now=FRIDAY + timedelta(hours=71, minutes=59)) == 0
    with pytest.raises(NotAllowed):
        requests.take_back(request=row, person=Person(user=other))
    with pytest.raises(NotAllowed):
        requests.fulfil(request=row, by=other, answer="Sudah dihapus semua.")
    requests.take_back(request=row, person=Person(user=user))
    assert deletion.run_due(now=FRIDAY + timedelta(hours=73)) == 0
    user.refresh_from_db()
    assert user.is_active


def test_the_last_admin_cannot_vanish(in_region, make_user) -> None:
    from balai.accounts.models import Membership

    Membership.objects.filter(role="admin").delete()
    with pytest.raises(ValidationError):
        deletion.ask(person=Person(user=make_user("admin")))
