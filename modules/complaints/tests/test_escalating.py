"""Half, breach, and then up the ladder, to people by name; and the notices to officers."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from balai.context import Region
from balai.directory.models import Agency, OfficeHolder
from balai.notify.models import Message
from balai.notify.rendering import render
from balai.outbox.models import Event
from balai.workcal import clocks, services as calendar
from modules.complaints import services, turn, workflow
from modules.complaints.models import Complaint, Entry
from modules.complaints.receivers import agency as told_agency, officers
from modules.complaints.selectors import ladder, staff
from modules.complaints.services import clocking
from modules.complaints.states import State
from modules.complaints.tests.delivering import deliver, told
from modules.complaints.workflow import NotAllowed, Tell

WIB = ZoneInfo("Asia/Jakarta")
FRIDAY = datetime(2026, 10, 2, 14, 0, tzinfo=WIB)


@pytest.fixture
def superiors(agency: Agency, make_user: Callable) -> dict[str, object]:
    """Name an office-holder on each rung: head of the unit, of the agency, sekda, mayor."""
    top = Agency.objects.create(code="induk", name="Dinas Induk", short_name="Induk")
    agency.parent, agency.email = top, "dishub@contoh.test"
    agency.save()
    named = {
        "unit": (agency, "Kepala UPT Penerangan", "Rina"),
        "head": (top, "Kepala Dinas Induk", "Joko"),
        "sekda": (None, "Sekretaris Daerah", "Tatang"),
        "mayor": (None, "Wali Kota", "Sri"),
    }
    OfficeHolder.objects.all().delete()
    people = {}
    for key, (office, title, name) in named.items():
        people[key] = make_user(name=name)
        OfficeHolder.objects.create(
            agency=office, title=title, name=name, user_uuid=people[key].uuid
        )
    return people


@pytest.fixture
def late(make_report: Callable, coordinator: object, agency: Agency) -> Callable[..., Complaint]:
    """Return a function that routes a report on a Friday; its agency has one working day."""

    def make(**told_by: object) -> Complaint:
        report = make_report(now=FRIDAY, **told_by)
        ruling = services.Ruling(agency=agency, category=report.category, title=report.title)
        return services.verify_and_route(
            complaint=report, ruling=ruling, by=coordinator, now=FRIDAY
        )

    return make


def sweep_days(days: int) -> None:
    """Sweep every working day's end, as if the minutes between had nothing to tell."""
    for day in range(days + 1):
        clocks.sweep(now=FRIDAY + timedelta(days=day, hours=3))


def test_a_late_case_climbs_to_each_by_name_and_the_public_sees_it(
    late: Callable, superiors: dict
) -> None:
    report = late()
    due = report.due_at
    sweep_days(40)
    messages = deliver(report)
    assert told(messages, "dishub@contoh.test") == ["agency_new", "agency_due"]
    for key in ("unit", "head", "sekda", "mayor"):
        assert told(messages, superiors[key].email) == ["escalated"], key
    report.refresh_from_db()
    assert (report.level, report.due_at) == (4, due)
    lines = Entry.objects.filter(complaint=report, move="escalated")
    names = [line.text for line in lines]
    assert [any(n in text for n in (name,)) for text, name in
            zip(names, ("Rina", "Joko", "Tatang", "Sri"), strict=True)] == [True] * 4  # fmt: skip
    assert {line.audience for line in lines} == {Entry.Audience.PUBLIC}


def test_the_rungs_lie_as_far_apart_as_the_region_decides(
    late: Callable, with_settings: Callable
) -> None:
    with_settings(climb_days=5)
    report = late()
    clock = clocks.of(clocking.TURN_CLOCK, report.uuid)
    assert clock.climb == [0, 5, 10, 15]


def test_half_of_the_time_is_told_while_it_holds(
    late: Callable, officer: object, agency: Agency, lamps: object
) -> None:
    agency.email = "dishub@contoh.test"
    agency.save()
    lamps.days = 10
    lamps.save()
    report = services.accept(complaint=late(), by=officer, now=FRIDAY)
    half = clocks.of(clocking.TURN_CLOCK, report.uuid).half_at
    clocks.sweep(now=half)
    Event.objects.filter(key=str(report.uuid), topic="complaints.turn_half").update(created_at=half)
    assert told(deliver(report), agency.email)[-1] == "agency_half"


def test_after_ten_days_down_nobody_gets_stale_news(late: Callable, superiors: dict) -> None:
    report = late()
    clocks.sweep(now=FRIDAY + timedelta(days=14))
    clocks.sweep(now=FRIDAY + timedelta(days=14))
    topics = Event.objects.filter(key=str(report.uuid), topic__startswith="complaints.turn_")
    assert [event.topic.rpartition("_")[2] for event in topics.order_by("id")] == [
        "half", "due", "climbed", "climbed", "climbed",
    ]  # fmt: skip
    messages = deliver(report)
    assert told(messages, "dishub@contoh.test") == ["agency_new", "agency_due"]
    assert told(messages, superiors["sekda"].email) == ["escalated"]
    assert told(messages, superiors["mayor"].email) == []


def test_what_moved_on_meanwhile_does_not_climb(
    late: Callable, superiors: dict, officer: object
) -> None:
    report = late()
    sweep_days(40)
    services.accept(complaint=report, by=officer)
    messages = deliver(report)
    assert told(messages, superiors["unit"].email) == []
    report.refresh_from_db()
    assert (report.level, Entry.objects.filter(complaint=report, move="escalated").count()) == (
        0, 0,
    )  # fmt: skip


def test_a_reopened_case_begins_one_rung_higher(
    late: Callable, superiors: dict, officer: object, with_settings: Callable
) -> None:
    with_settings(photo_required=False)
    report = services.accept(complaint=late(), by=officer, now=FRIDAY)
    report = services.resolve(complaint=report, text="Sudah.", by=officer, now=FRIDAY)
    report = services.reopen(complaint=report, reason="Mati lagi.", now=FRIDAY)
    assert report.level == 1
    clocks.sweep(now=report.due_at)
    messages = deliver(report)
    assert told(messages, superiors["unit"].email) == []
    assert told(messages, superiors["head"].email) == ["escalated"]
    report.refresh_from_db()
    assert report.level == 2


def test_the_reporters_turn_never_climbs(
    late: Callable, superiors: dict, officer: object, with_settings: Callable
) -> None:
    with_settings(photo_required=False)
    report = services.accept(complaint=late(), by=officer, now=FRIDAY)
    report = services.resolve(complaint=report, text="Sudah.", by=officer, now=FRIDAY)
    sweep_days(60)
    messages = deliver(report)
    assert not [m for m in messages if m.template.endswith(("agency_due", "escalated"))]


def test_the_ladder_stands_in_with_roles_and_leaves_empty_rungs_out(
    agency: Agency, make_user: Callable, coordinator: object
) -> None:
    OfficeHolder.objects.all().delete()
    agency.parent = None
    agency.save()
    assert ladder.ladder(agency) == []
    assert ladder.rung(agency, 1) == []
    boss, mayor = make_user("agency_head", agency), make_user("leader")
    assert [[one.name for one in rung] for rung in ladder.ladder(agency)] == [
        [boss.name], [mayor.name],
    ]  # fmt: skip
    assert ladder.rung(agency, 9)[0].name == mayor.name
    assert ladder.ladder(None)[0][0].name == coordinator.name
    OfficeHolder.objects.create(agency=None, title="Plt. Sekretaris Daerah", name="Tatang")
    secretary = ladder.ladder(agency)[1][0]
    assert (secretary.label, secretary.addressee) == ("Plt. Sekretaris Daerah, Tatang", None)
    assert ladder.addressees([secretary]) == staff.coordinators()


def test_above_the_highest_nobody_is_told_again(
    late: Callable, agency: Agency, make_user: Callable
) -> None:
    OfficeHolder.objects.all().delete()
    mayor = make_user("leader")
    report = late()
    sweep_days(60)
    assert told(deliver(report), mayor.email) == ["escalated"]
    assert Entry.objects.filter(complaint=report, move="escalated").count() == 1


def test_a_holiday_added_later_moves_the_reports_deadline(late: Callable) -> None:
    report = late()
    assert report.due_at.astimezone(WIB).date() == date(2026, 10, 5)
    calendar.add_holiday(day=date(2026, 10, 5), name="Hari Jadi")
    assert clocks.sweep(now=FRIDAY)["moved"] == 1
    deliver(report)
    report.refresh_from_db()
    assert report.due_at.astimezone(WIB).date() == date(2026, 10, 6)


def test_so_does_the_reporters_own(make_report: Callable, coordinator: object) -> None:
    report = services.ask_info(
        complaint=make_report(now=FRIDAY), question="Di mana?", by=coordinator, now=FRIDAY
    )
    assert report.due_at.astimezone(WIB).date() == date(2026, 10, 9)
    calendar.add_holiday(day=date(2026, 10, 8), name="Hari Jadi")
    clocks.sweep(now=FRIDAY)
    deliver(report)
    report.refresh_from_db()
    assert report.due_at.astimezone(WIB).date() == date(2026, 10, 12)


def test_reports_without_clocks_get_them(late: Callable) -> None:
    report = late()
    clocks.Clock.objects.all().delete()
    assert services.sweep(now=FRIDAY)["adopt"] == 1
    assert services.sweep(now=FRIDAY)["adopt"] == 0
    clock = clocks.of(clocking.TURN_CLOCK, report.uuid)
    assert (clock.due_at, clock.climb) == (report.due_at, [0, 3, 6, 9])
    assert clocks.of(clocking.CASE_CLOCK, report.uuid) is not None


def test_a_forced_case_cannot_be_refused_and_everybody_sees_why_it_moved(
    make_report: Callable, coordinator: object, officer: object, agency: Agency
) -> None:
    report = make_report()
    for _round in range(2):
        ruling = services.Ruling(agency=agency, category=report.category, title=report.title)
        report = services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
        assert not report.forced
        report = services.refuse(complaint=report, reason="Aset provinsi.", by=officer)
    assert {move.name for move in workflow.possible(report, workflow.Who.STAFF)} >= {"decide"}
    report = services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    assert (report.state, report.forced) == (State.DISPOSITIONED, True)
    with pytest.raises(NotAllowed):
        services.refuse(complaint=report, reason="Tetap bukan.", by=officer)
    refusal = Entry.objects.filter(complaint=report, move="refuse").first()
    assert (refusal.agency, refusal.audience, refusal.text) == (
        agency, Entry.Audience.PUBLIC, "Aset provinsi.",
    )  # fmt: skip
    assert Entry.objects.filter(complaint=report, move="decide").exists()


def test_the_public_page_names_agency_reason_and_day(
    late: Callable, visitor: object, officer: object
) -> None:
    report = services.refuse(complaint=late(), reason="Aset provinsi.", by=officer)
    page = visitor.get(f"/complaints/{report.uuid}/").content.decode()
    assert "Aset provinsi." in page
    assert report.due_at.astimezone(WIB).strftime("%Y") in page
    assert str(turn.of(report).words) in page


def test_coordinators_and_validators_hear_what_waits_for_them(
    late: Callable, officer: object, coordinator: object, validator: object,
    with_settings: Callable,
) -> None:  # fmt: skip
    with_settings(four_eyes=True, photo_required=False)
    report = services.refuse(complaint=late(), reason="Bukan kami.", by=officer)
    messages = deliver(report)
    assert told(messages, coordinator.email) == ["staff_refused"]
    assert "Bukan kami." in str(messages[-1].context)
    report = late()
    report = services.accept(complaint=report, by=officer)
    services.resolve(complaint=report, text="Selesai.", by=officer)
    assert told(deliver(report), validator.email) == ["validator_new"]


def test_samples_are_not_told_of(late: Callable, superiors: dict) -> None:
    report = late()
    Complaint.objects.filter(pk=report.pk).update(sample=True)
    sweep_days(40)
    assert deliver(report) == []
    report.refresh_from_db()
    assert report.level == 0


def test_every_one_who_is_told_by_the_table_has_a_notice() -> None:
    notices = {
        Tell.AGENCY: told_agency.AGENCY_NOTICES,
        Tell.COORDINATOR: officers.COORDINATOR_NOTICES,
        Tell.VALIDATOR: officers.VALIDATOR_NOTICES,
    }
    for someone, known in notices.items():
        assert set(workflow.topics_for(someone)) == set(known), someone
    for someone in Tell:
        assert workflow.topics_for(someone), someone


NOTICES = sorted({
    *told_agency.AGENCY_NOTICES.values(), *told_agency.CLOCK_NOTICES.values(),
    *officers.COORDINATOR_NOTICES.values(), *officers.VALIDATOR_NOTICES.values(),
    *officers.OTHER_NOTICES.values(), "escalated", "partner", "dossier",
})  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", NOTICES)
def test_every_notice_to_officers_reads_well(name: str, language: str, in_region: Region) -> None:
    context = {
        "number": "TNG-26-004217", "title": "Lampu <b>mati</b>", "agency": "Dinas Perhubungan",
        "due": {"$time": timezone.now().isoformat()}, "days": 2, "text": "Mohon <dilihat>",
        "receiver": "Provinsi", "url": "http://tangerang.localhost/desk/complaints/x/",
    }  # fmt: skip
    message = Message(channel="email", recipient="a@contoh.test", template=f"complaints/{name}",
                      language=language, context=context)  # fmt: skip
    sent = render(message, timeout=5)
    assert "TNG-26-004217" in sent.subject
    assert context["url"] in sent.text
    assert "Lampu <b>mati</b>" in sent.text
    assert "<b>mati</b>" not in sent.html
    assert "Mohon &lt;dilihat&gt;" in sent.html
