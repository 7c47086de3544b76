"""Near-duplicates: the hint while typing, joining and parting, and what nobody may learn."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.context import Region
from balai.directory.models import Agency
from balai.modules import EventData
from balai.notify import subscriptions
from balai.notify.models import Message
from balai.outbox.models import Event
from modules.complaints import services
from modules.complaints.models import Complaint, Entry
from modules.complaints.receivers import duplicates as receivers
from modules.complaints.selectors import family, public, similar
from modules.complaints.services import merging, moderating, reporting
from modules.complaints.states import State
from modules.complaints.tests.conftest import own_queries
from modules.complaints.workflow import NotAllowed

HERE = (-6.17150, 106.63200)
NEAR = (-6.17180, 106.63230)  # 47 m away
FAR = (-6.17650, 106.63200)  # 556 m away
HINT = "/complaints/similar/"


def _event(report: Complaint, topic: str) -> EventData:
    row = Event.objects.filter(key=str(report.uuid), topic=topic).latest("id")
    return EventData(row.id, row.topic, row.key, row.payload, row.created_at)


def test_distance_is_measured_along_the_earth() -> None:
    assert similar.metres(HERE, HERE) == 0
    assert 45 < similar.metres(HERE, NEAR) < 50
    assert 550 < similar.metres(HERE, FAR) < 560


def test_the_hint_finds_by_distance_kind_and_words(
    routed: Callable, lamps: object, with_settings: Callable, visitor: object
) -> None:
    near, far = routed(pin=NEAR), routed(pin=FAR)
    asked = {"text": "Lampunya padam, mati di depan sekolah", "category": lamps.pk,
             "pin_0": HERE[0], "pin_1": HERE[1]}  # fmt: skip
    shown = visitor.post(HINT, asked).content.decode()
    assert str(near.uuid) in shown
    assert str(far.uuid) not in shown
    with_settings(similar_radius=600)
    assert str(far.uuid) in visitor.post(HINT, asked).content.decode()
    other = {**asked, "category": "", "text": "Sampah menumpuk, baunya menyengat sekali"}
    assert str(near.uuid) not in visitor.post(HINT, other).content.decode()


def test_the_hint_looks_back_thirty_days_and_shows_only_what_is_public(
    routed: Callable, make_report: Callable, coordinator: object, lamps: object, visitor: object
) -> None:
    old = routed(pin=NEAR)
    created = timezone.now() - timedelta(days=31)
    Complaint.objects.filter(pk=old.pk).update(created_at=created)
    unseen, hidden = make_report(pin=NEAR), routed(pin=NEAR)
    services.make_secret(complaint=hidden, by=coordinator)
    asked = {"text": "lampu mati", "category": lamps.pk, "pin_0": HERE[0], "pin_1": HERE[1]}
    shown = visitor.post(HINT, asked).content.decode()
    for report in (old, unseen, hidden):
        assert str(report.uuid) not in shown


def test_the_page_answers_without_javascript_and_odd_values_do_no_harm(
    routed: Callable, visitor: object, village: object, lamps: object
) -> None:
    report = routed(pin=NEAR)
    assert visitor.get(HINT).status_code == 200
    asked = f"{HINT}?district={village.parent_id}&category={lamps.pk}&text=lampu"
    assert str(report.uuid) in visitor.get(asked).content.decode()
    for odd in (
        "pin_0=x",
        "pin_0=999&pin_1=1",
        "district=zz",
        "village=-1",
        "category=99999999999",
    ):
        assert visitor.get(f"{HINT}?{odd}").status_code == 200


def test_the_hint_takes_as_many_queries_for_three_as_for_one(
    routed: Callable, lamps: object, visitor: object
) -> None:
    asked = {"text": "lampu mati", "category": lamps.pk, "pin_0": HERE[0], "pin_1": HERE[1]}
    counts = []
    for _ in range(3):
        routed(pin=NEAR)
        with CaptureQueriesContext(connection) as seen:
            visitor.post(HINT, asked)
        counts.append(own_queries(seen))
    assert counts[0] == counts[2]


def test_joining_stops_the_clock_and_parting_starts_it_where_it_was(
    routed: Callable, coordinator: object
) -> None:
    main, double = routed(), routed()
    joined = merging.merge(complaint=double, into=main, by=coordinator)
    assert (joined.state, joined.merged_into, joined.due_at) == (State.DUPLICATE, main, None)
    assert joined.is_public
    parted = merging.unmerge(complaint=joined, by=coordinator)
    assert (parted.state, parted.merged_into) == (State.DISPOSITIONED, None)
    assert parted.due_at > timezone.now()
    words = list(Entry.objects.filter(complaint=main, move__in=("joined", "parted")))
    assert [entry.audience for entry in words] == [Entry.Audience.INTERNAL] * 2


def test_a_chain_ends_in_one_case_and_never_in_a_loop(
    routed: Callable, coordinator: object
) -> None:
    one, two, three, four = (routed() for _ in range(4))
    two = merging.merge(complaint=two, into=one, by=coordinator)
    three = merging.merge(complaint=three, into=two, by=coordinator)
    assert three.merged_into == one
    with pytest.raises(NotAllowed):
        merging.merge(complaint=one, into=three, by=coordinator)
    with pytest.raises(NotAllowed):
        merging.merge(complaint=one, into=one, by=coordinator)
    one = merging.merge(complaint=one, into=four, by=coordinator)
    assert family.root(two) == four
    assert family.members(four) == [one, two, three]
    one = merging.unmerge(complaint=one, by=coordinator)
    assert family.root(two) == one
    assert family.members(four) == []


def test_a_case_that_is_over_takes_no_duplicates(
    routed: Callable, resolved: Callable, coordinator: object
) -> None:
    closed = services.confirm(complaint=resolved())
    with pytest.raises(NotAllowed):
        merging.merge(complaint=routed(), into=closed, by=coordinator)


def test_officers_of_agencies_do_not_join(routed: Callable, officer: object) -> None:
    with pytest.raises(PermissionDenied):
        merging.merge(complaint=routed(), into=routed(), by=officer)


def test_a_secret_report_in_a_public_case_reveals_nothing(
    routed: Callable, make_report: Callable, coordinator: object, client_for: Callable,
    in_region: Region,
) -> None:  # fmt: skip
    canary = "Kenari-Rahasia-88"
    main = routed(name="Siti", email="siti@contoh.test", identity="named")
    hidden = make_report(
        secret=True, text=f"{canary} lampu mati di depan gerbang sekolah.", title=canary,
        name=canary, email="kenari@contoh.test",
    )  # fmt: skip
    subscriptions.follow(subject=f"complaints.report:{main.uuid}", user=coordinator, language="id")
    joined = merging.merge(complaint=hidden, into=main, by=coordinator)
    assert joined.secret
    assert not joined.is_public
    assert not Complaint.objects.get(pk=main.pk).secret
    shown = client_for(in_region).get(f"/complaints/{main.uuid}/").content.decode()
    assert canary not in shown
    assert hidden.number not in shown
    assert client_for(in_region).get(f"/complaints/{hidden.uuid}/").status_code == 404
    assert family.public_members(main) == 0
    Message.objects.all().delete()
    receivers.tell_of_joining(_event(hidden, "complaints.merge"))
    assert {row.recipient for row in Message.objects.all()} == {"kenari@contoh.test"}
    reporting.reply(complaint=joined, text=f"{canary}: masih mati.")
    receivers.pass_on(_event(joined, "complaints.reporter_wrote"))
    assert canary not in client_for(in_region).get(f"/complaints/{main.uuid}/").content.decode()


def test_a_public_report_in_a_secret_case_tells_followers_nothing_of_the_case(
    routed: Callable, make_report: Callable, coordinator: object, officer: object,
    agency: Agency, make_user: Callable,
) -> None:  # fmt: skip
    canary = "Kenari-Rahasia-89"
    main = make_report(secret=True, title=canary)
    ruling = services.Ruling(agency=agency, category=main.category, title=canary)
    main = services.verify_and_route(complaint=main, ruling=ruling, by=coordinator)
    double = routed(name="Siti", email="siti@contoh.test")
    subject = f"complaints.report:{double.uuid}"
    subscriptions.follow(subject=subject, user=make_user(email="ikut@contoh.test"), language="id")
    merging.merge(complaint=double, into=main, by=coordinator)
    receivers.tell_of_joining(_event(double, "complaints.merge"))
    services.accept(complaint=main, by=officer)
    receivers.tell_family(_event(main, "complaints.accept"))
    sent = {(row.template, row.recipient): str(row.context) for row in Message.objects.all()}
    assert ("complaints/case_moved", "siti@contoh.test") in sent
    assert ("complaints/case_moved", "ikut@contoh.test") not in sent
    assert ("complaints/merged", "ikut@contoh.test") in sent
    for told in sent.values():
        assert canary not in told
        assert main.number not in told
        assert agency.name not in told


def test_everybody_of_the_family_hears_of_a_public_case_once(
    routed: Callable, coordinator: object, officer: object, make_user: Callable
) -> None:
    main, double = routed(), routed(name="Siti", email="siti@contoh.test")
    merging.merge(complaint=double, into=main, by=coordinator)
    both = make_user(email="ikut@contoh.test")
    for report in (main, double):
        subject = f"complaints.report:{report.uuid}"
        subscriptions.follow(subject=subject, user=both, language="id")
    only = make_user(email="hanya@contoh.test")
    subscriptions.follow(subject=f"complaints.report:{double.uuid}", user=only, language="id")
    services.accept(complaint=main, by=officer)
    event = _event(main, "complaints.accept")
    receivers.tell_family(event)
    receivers.tell_family(event)
    rows = Message.objects.filter(template="complaints/case_moved")
    assert sorted(row.recipient for row in rows) == ["hanya@contoh.test", "siti@contoh.test"]
    assert all(main.title in row.context["case_title"] for row in rows)


def test_what_a_duplicates_reporter_writes_reaches_the_cases_officers_only(
    routed: Callable, coordinator: object, visitor: object
) -> None:
    main, double = routed(), routed()
    joined = merging.merge(complaint=double, into=main, by=coordinator)
    reporting.reply(complaint=joined, text="Di sini juga mati, tiga tiang.")
    receivers.pass_on(_event(joined, "complaints.reporter_wrote"))
    heard = Entry.objects.get(complaint=main, author="reporter", audience="internal")
    assert "tiga tiang" in heard.text
    assert double.number in heard.text
    assert "tiga tiang" not in visitor.get(f"/complaints/{main.uuid}/").content.decode()


def test_a_published_duplicates_page_points_to_the_public_case(
    routed: Callable, coordinator: object, visitor: object
) -> None:
    main, double = routed(title="Satu tiang mati"), routed()
    merging.merge(complaint=double, into=main, by=coordinator)
    page = visitor.get(f"/complaints/{double.uuid}/")
    assert page.status_code == 200
    assert f"/complaints/{main.uuid}/" in page.content.decode()
    services.make_secret(complaint=main, by=coordinator)
    page = visitor.get(f"/complaints/{double.uuid}/").content.decode()
    assert str(main.uuid) not in page
    assert main.title not in page


def test_public_figures_count_a_joined_problem_once(routed: Callable, coordinator: object) -> None:
    main, double = routed(), routed()
    merging.merge(complaint=double, into=main, by=coordinator)
    assert list(public.reports()) == [main]


def test_the_desk_shows_candidates_and_joins(
    routed: Callable, make_report: Callable, coordinator: object, officer: object,
    stranger: object, client_for: Callable, in_region: Region,
) -> None:  # fmt: skip
    main, double = routed(pin=NEAR), make_report(pin=HERE)
    page = f"/desk/complaints/{double.uuid}/duplicates/"
    client = client_for(in_region, coordinator)
    shown = client.get(page).content.decode()
    assert main.number in shown
    assert "47 m" in shown
    assert "<svg" in shown
    assert main.number in client.get(f"{page}?q={main.number}").content.decode()
    assert client_for(in_region, stranger).get(page).status_code == 404
    assert client.post(page, {"into": "nonsense"}).status_code == 404
    assert client.post(page, {"into": str(main.uuid)}).status_code == 302
    double.refresh_from_db()
    assert double.merged_into == main
    act = client.post(f"/desk/complaints/{double.uuid}/", {"do": "unmerge"})
    assert act.status_code == 302
    double.refresh_from_db()
    assert double.state == State.RECEIVED
    form = {"do": "merge", "number": main.number}
    assert client.post(f"/desk/complaints/{double.uuid}/", {"do": "merge"}).status_code == 422
    assert client.post(f"/desk/complaints/{double.uuid}/", form).status_code == 302
    double.refresh_from_db()
    assert double.merged_into == main


def test_redaction_tells_the_reporter_why_and_keeps_nothing(
    routed: Callable, coordinator: object, officer: object
) -> None:
    report = routed(
        text="Pak Budi Kenari-90 merusak lampu di gang itu kemarin.", email="siti@contoh.test"
    )
    clean = moderating.Redaction(
        title="Lampu dirusak", text="… merusak lampu di gang itu kemarin.", landmark="",
        reason="Nama orang lain tidak boleh tampil.",
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        moderating.redact(complaint=report, redaction=clean, by=officer)
    moderating.redact(complaint=report, redaction=clean, by=coordinator)
    receivers.tell_of_redaction(_event(report, "complaints.redacted"))
    told = Message.objects.get(template="complaints/redacted")
    assert "Nama orang lain" in told.context["text"]
    assert not Complaint.objects.filter(text__contains="Kenari-90").exists()
    assert not Entry.objects.filter(text__contains="Kenari-90").exists()
    with pytest.raises(NotAllowed):
        moderating.redact(complaint=report, redaction=clean, by=coordinator)
