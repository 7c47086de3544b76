"""Notes for a colleague, cases that change hands, and who is told."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from balai.context import Region
from balai.notify.models import Message
from balai.notify.rendering import render
from balai.outbox.models import Event
from modules.complaints import services
from modules.complaints.models import Complaint, Entry
from modules.complaints.receivers import colleague as receivers
from modules.complaints.selectors import colleagues
from modules.complaints.services import handover, noting
from modules.complaints.workflow import NotAllowed

DESK = "/desk/complaints/"


@pytest.fixture
def colleague(make_user: Callable, agency: object) -> object:
    """Somebody else of the agency that mends lamps."""
    return make_user("officer", agency, name="Budi Rekan")


def told() -> list[tuple[str, str | None]]:
    """Deliver what officers are told, twice, and return template and receiver."""
    for event in Event.objects.filter(topic__in=receivers.COLLEAGUE_NOTICES):
        receivers.tell_colleague(event.data())
        receivers.tell_colleague(event.data())
    rows = Message.objects.filter(template__in=("complaints/handed_over", "complaints/mentioned"))
    return [(row.template.partition("/")[2], row.recipient) for row in rows]


def test_a_case_is_taken_handed_over_and_given_back(
    routed: Callable, officer: object, colleague: object, at: Callable
) -> None:
    report = routed()
    page, client = f"{DESK}{report.uuid}/", at(officer)
    assert client.post(page, {"do": "mine"}).status_code == 302
    given = {"do": "hand-over", "officer": colleague.pk, "text": "Saya cuti."}
    assert client.post(page, given).status_code == 302
    report.refresh_from_db()
    assert report.assignee_id == colleague.pk
    assert at(colleague).get(f"{DESK}?tab=cases").context["counts"]["cases"] == 1
    assert at(colleague).post(page, {"do": "hand-back", "text": ""}).status_code == 302
    report.refresh_from_db()
    assert report.assignee_id is None
    lines = report.entries.filter(audience=Entry.Audience.INTERNAL, move="")
    assert [line.actor_id for line in lines] == [officer.pk, officer.pk, colleague.pk]
    assert "Saya cuti." in lines[1].text
    assert told() == [("handed_over", colleague.email)]


def test_only_colleagues_of_the_agency_can_get_it(
    routed: Callable, make_report: Callable, officer: object, stranger: object,
    validator: object, coordinator: object, make_user: Callable,
) -> None:  # fmt: skip
    report, fresh = routed(), make_report()
    for other in (stranger, validator):
        with pytest.raises(NotAllowed):
            handover.hand_over(complaint=report, to=other, by=officer)
    for act in (
        lambda: handover.take(complaint=report, by=stranger),
        lambda: handover.hand_back(complaint=report, by=validator),
        lambda: handover.take(complaint=fresh, by=officer),
    ):
        with pytest.raises(PermissionDenied):
            act()
    second = make_user("coordinator")
    handover.hand_over(complaint=fresh, to=second, by=coordinator)
    assert Complaint.objects.get(pk=fresh.pk).assignee_id == second.pk
    assert officer not in colleagues.of_case(fresh)


def test_who_has_it_cannot_get_it_again_and_over_is_over(
    resolved: Callable, routed: Callable, officer: object
) -> None:
    report = handover.take(complaint=routed(), by=officer)
    with pytest.raises(NotAllowed):
        handover.take(complaint=report, by=officer)
    handover.hand_back(complaint=report, by=officer)
    with pytest.raises(NotAllowed):
        handover.hand_back(complaint=report, by=officer)
    done = services.confirm(complaint=resolved())
    with pytest.raises(NotAllowed):
        handover.take(complaint=done, by=officer)


def test_heads_of_the_agency_above_are_colleagues(
    routed: Callable, agency: object, make_user: Callable
) -> None:
    above, below = agency.parent, make_user("agency_head", agency)
    names = set(colleagues.of_case(routed()))
    assert below in names
    if above is not None:
        assert make_user("agency_head", above) in set(colleagues.of_case(routed()))


def test_a_case_is_let_go_when_the_agency_loses_it(
    routed: Callable, officer: object, coordinator: object, other_agency: object
) -> None:
    report = handover.take(complaint=routed(), by=officer)
    assert handover.release(complaint_id=report.pk) is False
    services.refuse(complaint=report, reason="Bukan kami.", by=officer)
    event = Event.objects.filter(topic="complaints.refuse", key=str(report.uuid)).latest("id")
    receivers.release_assignee(event.data())
    report.refresh_from_db()
    assert report.assignee_id is None


def test_a_note_is_for_officers_and_tells_the_colleague_it_names(
    routed: Callable, officer: object, colleague: object, stranger: object, at: Callable,
    client_for: Callable, in_region: Region,
) -> None:  # fmt: skip
    report = routed()
    page = f"{DESK}{report.uuid}/"
    given = {"do": "note", "text": "Tolong cek stok lampu.", "mention": colleague.pk}
    assert at(officer).post(page, given).status_code == 302
    line = report.entries.get(text__contains="stok lampu")
    assert (line.audience, line.text.startswith("@Budi Rekan:")) == ("internal", True)
    assert told() == [("mentioned", colleague.email)]
    sent = Message.objects.get(template="complaints/mentioned")
    assert "stok" not in str(sent.context), "the note stays at the desk"
    public = client_for(in_region).get(f"/complaints/{report.uuid}/").content.decode()
    assert "stok lampu" not in public
    with pytest.raises(NotAllowed):
        noting.write_note(complaint=report, text="Halo", by=officer, mention=stranger)
    assert at(officer).post(page, {**given, "mention": stranger.pk}).status_code == 422


def test_who_lost_the_right_is_not_told(
    routed: Callable, officer: object, colleague: object
) -> None:
    noting.write_note(complaint=routed(), text="Cek.", by=officer, mention=colleague)
    colleague.memberships.all().delete()
    assert told() == []


def test_the_case_says_who_is_responsible_and_why(
    routed: Callable, officer: object, agency: object, coordinator: object, at: Callable
) -> None:
    report = handover.take(complaint=routed(), by=officer)
    line = at(officer).get(f"{DESK}{report.uuid}/").context["responsible"]
    assert (line.who, line.officer) == (agency.name, officer.label)
    assert agency.name in line.why
    services.refuse(complaint=report, reason="Milik PLN.", by=officer)
    line = at(coordinator).get(f"{DESK}{report.uuid}/").context["responsible"]
    assert line.words == "Milik PLN."
    assert line.who != agency.name


def test_i02_merged_reports_of_others_are_not_named(
    routed: Callable, officer: object, other_agency: object, at: Callable
) -> None:
    case, mine, theirs = routed(), routed(), routed(title="Pohon tumbang DLH")
    Complaint.objects.filter(pk__in=(mine.pk, theirs.pk)).update(merged_into=case)
    Complaint.objects.filter(pk=theirs.pk).update(agency=other_agency)
    page = at(officer).get(f"{DESK}{case.uuid}/")
    assert page.context["duplicates"] == [mine]
    assert theirs.title not in page.content.decode()
    Complaint.objects.filter(pk=case.pk).update(agency=other_agency)
    assert at(officer).get(f"{DESK}{mine.uuid}/").context["case_of"] is None


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", sorted(receivers.COLLEAGUE_NOTICES.values()))
def test_notices_to_colleagues_read_well(name: str, language: str, in_region: Region) -> None:
    context = {"number": "TNG-26-004217", "title": "Lampu <b>mati</b>", "sender": "Siti",
               "due": {"$time": timezone.now().isoformat()}, "agency": "Dishub", "days": 2,
               "url": "http://tangerang.localhost/desk/complaints/x/"}  # fmt: skip
    message = Message(channel="email", recipient="a@contoh.test", template=f"complaints/{name}",
                      context=context, language=language)  # fmt: skip
    shown = render(message, timeout=5)
    assert "TNG-26-004217" in shown.subject
    assert "Siti" in shown.text
    assert "&lt;b&gt;" in shown.html
    assert "<b>mati" in shown.text
