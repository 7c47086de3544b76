"""An instruction from the mayor to a head and back: table, rights, letters, pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai import memo, workcal
from balai.audit.models import Entry
from balai.context import Region
from balai.directory.models import Agency
from balai.modules.badges import Badge
from balai.modules.events import receivers_of
from balai.notify.models import Message
from balai.outbox.models import Event
from modules.complaints.models import Complaint
from modules.liveroom import badges, services, topics, workflow
from modules.liveroom.models import Instruction
from modules.liveroom.rights import LOOK
from modules.liveroom.states import AT_HEAD, State
from modules.liveroom.tests.conftest import CANARY
from modules.liveroom.workflow import MOVES, NotAllowed, Who

LIST = "/desk/liveroom/instructions/"


@pytest.fixture
def give(agency: Agency, leader: object) -> Callable[..., Instruction]:
    """Return a function that gives an instruction, due in a week."""

    def make(text: str = "Selesaikan lampu sekolah", **told: object) -> Instruction:
        told.setdefault("due_on", timezone.localdate() + timedelta(days=7))
        return services.give(agency=agency, text=text, by=leader, **told)

    return make


def deliver() -> list[Message]:
    """Run the receivers of all events of instructions and return the letters queued by that."""
    Message.objects.all().delete()
    for event in Event.objects.filter(topic__in=topics.CHANGES).order_by("id"):
        for receive in receivers_of(event.topic):
            receive(event.data())
            receive(event.data())  # an event may be sent twice
    Event.objects.filter(topic__in=topics.CHANGES).delete()
    return list(Message.objects.all())


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_the_whole_table(
    state: State, move: workflow.Move, give: Callable, leader: object, head: object
) -> None:
    row = give()
    Instruction.objects.filter(pk=row.pk).update(state=state)
    mine, theirs = (leader, head) if move.who is Who.GIVER else (head, leader)
    with pytest.raises(PermissionDenied):
        services.move(move.name, instruction=row, by=theirs, text="x")
    if state not in move.sources:
        with pytest.raises(NotAllowed):
            services.move(move.name, instruction=row, by=mine, text="x")
        return
    if move.asks:
        with pytest.raises(NotAllowed):
            services.move(move.name, instruction=row, by=mine, text=" ")
    assert services.move(move.name, instruction=row, by=mine, text="x").state == move.target
    assert Entry.objects.filter(action=move.topic, target=str(row.uuid)).exists()


def test_both_sides_work_on_it_and_hear_of_it(
    in_region: Region, client_for: Callable, leader: object, head: object, report: Complaint
) -> None:
    mayor, chief = client_for(in_region, leader), client_for(in_region, head)
    about = f"agency=dishub&module=complaints&case={report.uuid}&number={report.number}"
    form = mayor.get(f"{LIST}new/?{about}")
    usual = timezone.localtime(workcal.add_working_days(timezone.localtime(), 3)).date()
    assert f'value="{usual.isoformat()}"' in form.content.decode()
    assert (
        mayor.post(f"{LIST}new/?{about}", {"text": " ", "due_on": "2020-01-01"}).status_code == 422
    )
    given = mayor.post(f"{LIST}new/?{about}", {"text": CANARY, "due_on": usual.isoformat()})
    row = Instruction.objects.get()
    page = f"{LIST}{row.uuid}/"
    assert (given["Location"], row.number, row.module) == (page, report.number, "complaints")
    letters = deliver()
    assert [(m.template, m.recipient) for m in letters] == [("liveroom/instruction", head.email)]
    assert CANARY not in str(letters[0].context)

    assert CANARY in chief.get(LIST).content.decode()
    assert mayor.get(page).status_code == 200
    row.refresh_from_db()
    assert row.state == State.GIVEN, "only the head's own look is a 'seen'"
    assert report.number in chief.get(page).content.decode()
    row.refresh_from_db()
    assert row.state == State.SEEN
    assert chief.post(page, {"do": "accept"}).status_code == 403
    assert "?do=answer" in chief.get(page).content.decode()
    assert chief.post(page, {"do": "answer", "text": ""}).status_code == 422
    chief.post(page, {"do": "answer", "text": "Sudah diperbaiki"})
    assert [m.recipient for m in deliver()] == [leader.email]
    later = usual + timedelta(days=5)
    mayor.post(page, {"do": "return", "text": "Foto belum ada", "due_on": later.isoformat()})
    row.refresh_from_db()
    assert (row.state, row.due_on) == (State.RETURNED, later)
    chief.post(page, {"do": "answer", "text": "Ini fotonya"})
    mayor.post(page, {"do": "accept"})
    row.refresh_from_db()
    assert row.state == State.ACCEPTED
    assert [step.move for step in row.steps.all()] == [
        "see",
        "answer",
        "return",
        "answer",
        "accept",
    ]
    assert mayor.post(page, {"do": "withdraw", "text": "x"}).status_code == 302
    row.refresh_from_db()
    assert row.state == State.ACCEPTED, "what has ended cannot be withdrawn"


def test_who_may_give_see_and_answer(
    in_region: Region, client_for: Callable, make_user: Callable, give: Callable, head: object
) -> None:
    row = give()
    page = f"{LIST}{row.uuid}/"
    other = make_user("agency_head", Agency.objects.get(code="dlh"))
    for user, seen, may_give in (
        (make_user("admin"), 200, 200), (make_user("coordinator"), 200, 403),
        (head, 200, 403), (other, 404, 403), (make_user("officer"), 403, 403),
    ):  # fmt: skip
        client = client_for(in_region, user)
        assert client.get(page).status_code == seen
        assert client.get(f"{LIST}new/?agency=dishub").status_code == may_give
        assert (row.text in client.get(LIST).content.decode()) == (seen == 200)
    assert client_for(in_region, head).get("/desk/liveroom/").status_code == 403
    with pytest.raises(PermissionDenied):
        services.move("answer", instruction=row, by=other, text="x")


def test_a_case_that_is_not_there_and_a_day_that_has_passed_are_refused(
    give: Callable, report: Complaint, agency: Agency, leader: object, client_for, in_region: Region
) -> None:
    Complaint.objects.filter(pk=report.pk).update(secret=True)
    for told in (
        {"module": "complaints", "reference": str(report.uuid)},
        {"module": "nothing", "reference": "x"},
        {"due_on": timezone.localdate() - timedelta(days=1)},
        {"text": "  "},
    ):
        with pytest.raises(NotAllowed):
            give(**told)
    new = f"{LIST}new/?agency=dishub&module=complaints&case={report.uuid}"
    assert client_for(in_region, leader).get(new).status_code == 404
    assert not Instruction.objects.exists()


def test_late_is_read_from_the_day_and_counts_for_both_sides(
    in_region: Region, client_for: Callable, give: Callable, leader: object, head: object
) -> None:
    row = give()
    Instruction.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    for state in State:
        Instruction.objects.update(state=state)
        row.refresh_from_db()
        assert row.late == (state in AT_HEAD)
    Instruction.objects.update(state=State.SEEN)
    tile = client_for(in_region, leader).get("/desk/liveroom/widget/liveroom.OpenInstructions/")
    assert "stat--alarm" in tile.content.decode()
    assert row.text not in tile.content.decode()
    for user in (leader, head):
        client, counts = client_for(in_region, user), []
        for rows in (1, 3):
            while Instruction.objects.count() < rows:
                give()
            client.get(LIST)
            with CaptureQueriesContext(
                connection,
            ) as seen:
                shown = client.get(f"{LIST}?tab=open")
            counts.append(len([q for q in seen.captured_queries if '"shared"' not in q["sql"]]))
            assert shown.context["page"].paginator.count == rows
        assert counts[0] == counts[1]
        assert [n for key, _label, n in shown.context["tabs"] if key == "late"] == [1]
        Instruction.objects.exclude(pk=row.pk).delete()


def test_the_menu_tells_what_is_open_and_late_with_one_query_a_minute(
    in_region: Region, client_for: Callable, give: Callable, leader: object, head: object,
    django_assert_num_queries: Callable, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("balai.modules.badges.SECONDS", 60)
    client = client_for(in_region, leader)
    assert "tag--late" not in client.get(LIST).content.decode()
    memo.forget()
    cache.clear()
    give()
    give()
    Instruction.objects.filter(pk=give().pk).update(due_on=timezone.localdate() - timedelta(days=1))
    page = client.get(LIST).content.decode()
    assert '<span class="tag num tag--late">3<span class="visually-hidden">' in page
    head.has_perm(LOOK)  # what somebody may do is read once for the whole page
    with django_assert_num_queries(1):
        assert badges.open_instructions(head) == Badge(3, 1)
    Instruction.objects.update(state=State.ACCEPTED)
    assert "tag--late" in client.get(LIST).content.decode(), "it may be a minute old"
    memo.forget()
    cache.clear()
    assert "tag--late" not in client.get(LIST).content.decode()
