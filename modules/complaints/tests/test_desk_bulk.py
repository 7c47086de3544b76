"""Many reports at once: taken back in time, done once each, refused with a reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from balai.audit.models import Entry as AuditEntry
from balai.outbox import delivery
from balai.outbox.models import Event
from modules.complaints import services
from modules.complaints.models import BulkAction, Complaint, Entry
from modules.complaints.services import bulk, bulk_steps
from modules.complaints.services.bulk_steps import Step
from modules.complaints.states import State
from modules.complaints.workflow import NotAllowed

DESK = "/desk/complaints/"
BULK = f"{DESK}bulk/"


def run(*topics: str) -> None:
    """Deliver the events of bulk actions, as the relay would once their time has come."""
    for topic in topics or (bulk.DUE, bulk.ITEM):
        for event in Event.objects.filter(topic=topic, done_at=None).order_by("id"):
            Event.objects.filter(pk=event.pk).update(next_attempt_at=timezone.now())
            delivery.deliver(event.pk)


def plan(
    by: object, reports: list[Complaint], action: str = "note", **values: object
) -> BulkAction:
    values = values or {"text": "Dicek bersama."}
    return bulk.schedule(
        action=action, targets=[report.uuid for report in reports], values=values, by=by
    )


def state_of(action: BulkAction) -> str:
    action.refresh_from_db()
    return action.state


def test_nothing_happens_before_its_time_and_undo_cancels_it(
    routed: Callable, officer: object
) -> None:
    reports = [routed(), routed()]
    action = plan(officer, reports)
    held = Event.objects.get(topic=bulk.DUE)
    assert held.next_attempt_at == action.due_at
    assert action.due_at - timezone.now() > timedelta(seconds=10)
    bulk.take_back(action=action)
    run()
    assert state_of(action) == BulkAction.State.UNDONE
    assert not Entry.objects.filter(text="Dicek bersama.").exists()


def test_it_is_done_once_to_each_and_told_in_the_officers_name(
    routed: Callable, officer: object
) -> None:
    reports = [routed() for _ in range(3)]
    action = plan(officer, reports)
    run()
    assert state_of(action) == BulkAction.State.DONE
    assert action.outcome == {str(report.uuid): "" for report in reports}
    notes = Entry.objects.filter(text="Dicek bersama.")
    assert {(note.complaint_id, note.actor_id) for note in notes} == {
        (report.pk, officer.pk) for report in reports
    }
    assert len(notes) == 3
    assert Event.objects.filter(topic="complaints.bulk_done").count() == 1
    with pytest.raises(NotAllowed):
        bulk.take_back(action=action)


def test_one_killed_in_the_middle_goes_on_without_doing_twice(
    routed: Callable, officer: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [routed() for _ in range(4)]
    action = plan(officer, reports)
    real, done = bulk_steps.STEPS["note"], []

    def dies_after_its_work(report: Complaint, values: object, by: object) -> None:
        real.run(report, values, by)
        done.append(report.pk)
        if len(done) == 3:
            raise KeyboardInterrupt  # as a killed process: no handler runs, nothing is committed

    monkeypatch.setattr(bulk, "STEPS", {"note": Step(real.permission, dies_after_its_work)})
    with pytest.raises(KeyboardInterrupt):
        run()
    assert Entry.objects.filter(text="Dicek bersama.").count() == 2
    assert state_of(action) == BulkAction.State.RUNNING
    run()
    run()
    assert state_of(action) == BulkAction.State.DONE
    counted = [report.entries.filter(text="Dicek bersama.").count() for report in reports]
    assert counted == [1, 1, 1, 1]


def test_the_due_event_starts_it_only_once(routed: Callable, officer: object) -> None:
    action = plan(officer, [routed(), routed()])
    assert bulk.begin(reference=action.uuid) == 2
    assert bulk.begin(reference=action.uuid) == 0
    assert Event.objects.filter(topic=bulk.ITEM).count() == 2


def test_rights_are_those_of_the_moment_it_is_done(
    routed: Callable, officer: object, other_agency: object
) -> None:
    kept, moved, closed = routed(), routed(), routed()
    action = plan(officer, [kept, moved])
    Complaint.objects.filter(pk=moved.pk).update(agency=other_agency)
    run()
    action.refresh_from_db()
    assert action.outcome[str(kept.uuid)] == ""
    assert action.outcome[str(moved.uuid)]
    assert not moved.entries.filter(text="Dicek bersama.").exists()
    later = plan(officer, [closed])
    officer.memberships.all().delete()
    run()
    later.refresh_from_db()
    assert later.outcome[str(closed.uuid)]
    assert not closed.entries.filter(text="Dicek bersama.").exists()


def test_what_is_refused_says_why_and_does_not_stop_the_others(
    make_report: Callable, routed: Callable, coordinator: object, at: Callable
) -> None:
    fresh, given = make_report(title="Pipa bocor"), routed(title="Lampu padam")
    action = plan(coordinator, [given, fresh], "reject", text="Mohon maaf, {number} ganda.")
    run()
    fresh.refresh_from_db()
    given.refresh_from_db()
    assert (fresh.state, given.state) == (State.REJECTED, State.DISPOSITIONED)
    assert fresh.entries.get(move="reject").text == f"Mohon maaf, {fresh.number} ganda."
    page = at(coordinator).get(f"{BULK}{action.uuid}/")
    refused = {t.complaint.number: t.refused for t in page.context["targets"]}
    assert refused[fresh.number] == ""
    assert "sudah berubah" in refused[given.number]
    assert (page.context["bulk_done"], page.context["bulk_refused"]) == (1, 1)
    audited = AuditEntry.objects.get(target=fresh.number, action="complaints.reject")
    assert audited.actor_uuid == coordinator.uuid


def test_verifying_many_sends_each_to_the_agency_of_its_kind_and_shows_no_photo(
    make_report: Callable, coordinator: object, agency: object, other_agency: object
) -> None:
    from modules.complaints.tests.conftest import photo

    one, secret = make_report(photos=[photo()]), make_report(secret=True)
    nobody = make_report()
    action = plan(coordinator, [one, secret], "verify", agency=None, text="")
    run()
    assert state_of(action) == BulkAction.State.DONE
    one.refresh_from_db()
    secret.refresh_from_db()
    assert (one.state, one.agency_id) == (State.DISPOSITIONED, one.category.agency_id)
    assert not one.photos.filter(approved_at__isnull=False).exists()
    assert (secret.secret, secret.published_at) == (True, None)
    plan(coordinator, [nobody], "verify", agency=other_agency.pk, text="")
    run()
    nobody.refresh_from_db()
    assert nobody.agency_id == other_agency.pk


def test_handing_over_making_secret_and_writing(
    routed: Callable, officer: object, coordinator: object, make_user: Callable, agency: object
) -> None:
    colleague, report = make_user("officer", agency), routed()
    plan(officer, [report], "hand-over", officer=colleague.pk, text="")
    plan(officer, [report], "write", text="{number} ditangani {agency}.")
    plan(coordinator, [report], "secret")
    run()
    report.refresh_from_db()
    assert (report.assignee_id, report.secret) == (colleague.pk, True)
    told = report.entries.get(audience=Entry.Audience.REPORTER)
    assert told.text == f"{report.number} ditangani {agency.name}."


def test_i02_reports_out_of_reach_are_left_out_at_once(
    routed: Callable, stranger: object, officer: object, at: Callable
) -> None:
    theirs = routed()
    with pytest.raises(NotAllowed):
        plan(stranger, [theirs])
    with pytest.raises(PermissionDenied):
        plan(officer, [theirs], "reject", text="Bukan laporan.")
    client = at(stranger)
    asked = {"do": "note", "pick": [str(theirs.uuid)]}
    assert theirs.title not in client.post(BULK, asked).content.decode()
    client.post(BULK, {**asked, "sent": "1", "text": "Mengintip."})
    client.post(f"{BULK}?tab=all", {"do": "note", "all": "1", "sent": "1", "text": "Mengintip."})
    assert not BulkAction.objects.exists()
    own = plan(officer, [theirs])
    for page in (f"{BULK}{own.uuid}/", f"{BULK}{own.uuid}/undo/"):
        assert client.get(page).status_code in (404, 405)
        assert client.post(page).status_code in (404, 405)
    assert state_of(own) == BulkAction.State.WAITING


def test_the_way_through_the_pages(
    make_report: Callable, coordinator: object, at: Callable
) -> None:
    reports = [make_report(title=f"Laporan {n}") for n in range(3)]
    client = at(coordinator)
    assert client.get(BULK).status_code == 302
    assert client.post(BULK, {"do": "reject"}).status_code == 302, "nothing was chosen"
    picks = [str(report.uuid) for report in reports[:2]]
    asked = client.post(f"{BULK}?tab=all", {"do": "reject", "pick": picks})
    assert asked.status_code == 200
    assert "Laporan 0" in asked.content.decode()
    sent = {"do": "reject", "pick": picks, "sent": "1", "text": "Bukan kewenangan kami."}
    assert client.post(f"{BULK}?tab=all", sent).status_code == 422, "many need a tick of their own"
    answer = client.post(f"{BULK}?tab=all", {**sent, "confirm": "on"})
    assert answer["Location"] == f"{DESK}?tab=all"
    action = BulkAction.objects.get()
    assert sorted(action.targets) == sorted(picks)
    shown = client.get(answer["Location"]).content.decode()
    assert f"{BULK}{action.uuid}/undo/" in shown
    assert f"{BULK}{action.uuid}/undo/" in client.get(f"{BULK}{action.uuid}/").content.decode()
    assert client.get(f"{BULK}banner/").status_code == 200
    assert client.post(f"{BULK}{action.uuid}/undo/").status_code == 302
    assert state_of(action) == BulkAction.State.UNDONE
    late = client.post(f"{BULK}{action.uuid}/undo/")
    assert late["Location"] == f"{BULK}{action.uuid}/", "too late: the page that says so"


def test_all_that_fit_are_chosen_by_the_filters_and_bounded(
    make_report: Callable, coordinator: object, at: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        make_report(title=f"Kabel {number}")
    make_report(title="Pipa")
    client = at(coordinator)
    page = client.post(f"{BULK}?tab=all&q=kabel", {"do": "note", "all": "1"})
    assert len(page.context["picked"]) == 4
    monkeypatch.setattr(bulk, "MOST", 3)
    page = client.post(f"{BULK}?tab=all&q=kabel", {"do": "note", "all": "1"})
    assert (len(page.context["picked"]), page.context["found"]) == (3, 4)
    with pytest.raises(NotAllowed):
        plan(coordinator, list(Complaint.objects.all()))


def test_a_prepared_answer_is_put_in_without_a_script(
    make_report: Callable, coordinator: object, at: Callable
) -> None:
    from modules.complaints.models import CannedReply

    reply = CannedReply.objects.filter(state="received").first()
    given = {"do": "write", "pick": [str(make_report().uuid)], "sent": "1", "text": "",
             "canned": str(reply.uuid), "insert": "1"}  # fmt: skip
    page = at(coordinator).post(BULK, given)
    assert page.context["form"].initial["text"] == reply.text
    assert not BulkAction.objects.exists()


def test_every_step_has_its_button_and_old_actions_are_forgotten(
    routed: Callable, officer: object
) -> None:
    from modules.complaints.actions import bulk as buttons

    assert {button.name for button in buttons.BUTTONS} == set(bulk_steps.STEPS)
    assert [button.name for button in buttons.offered(officer)] == ["hand-over", "note", "write"]
    plan(officer, [routed()])
    assert bulk.forget_actions(now=timezone.now()) == 0
    assert bulk.forget_actions(now=timezone.now() + timedelta(days=91)) == 1


def test_a_report_that_moved_on_is_not_done_by_force(
    make_report: Callable, coordinator: object
) -> None:
    report = make_report()
    action = plan(coordinator, [report], "reject", text="Ganda.")
    services.ask_info(complaint=report, question="Di mana?", by=coordinator)
    report.refresh_from_db()
    run()
    action.refresh_from_db()
    report.refresh_from_db()
    # need_info may be rejected too: the table decides, not the list of an earlier moment
    assert (report.state, action.outcome[str(report.uuid)]) == (State.REJECTED, "")
