"""The officer's phone: what is near, on the way, photos with what the phone said."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.context import Region
from modules.complaints import services
from modules.complaints.models import Capture, Complaint, Flag, Photo
from modules.complaints.services import capturing, fieldwork
from modules.complaints.states import State
from modules.complaints.tests.conftest import own_queries
from modules.complaints.tests.scenes import scene, upload
from modules.complaints.workflow import NotAllowed

FIELD = "/desk/complaints/field/"
HERE = (-6.1781, 106.6300)


@pytest.fixture
def at(client_for: Callable, in_region: Region) -> Callable:
    return lambda user: client_for(in_region, user)


@pytest.fixture
def case(routed: Callable, officer: object) -> Callable[..., Complaint]:
    def make(**told: object) -> Complaint:
        told.setdefault("pin", HERE)
        return services.accept(complaint=routed(**told), by=officer)

    return make


def said(report: Complaint, nonce: object, seed: int = 1, **more: object) -> dict[str, object]:
    return {
        "text": "Lampu diganti.",
        "photo_1": upload(scene(seed)),
        "nonce_1": str(nonce),
        "taken_1": timezone.now().isoformat(),
        "lat_1": str(HERE[0]),
        "lng_1": str(HERE[1]),
        "acc_1": "9.0",
        **more,
    }


def test_the_list_holds_what_the_officer_can_work_on(
    case: Callable, routed: Callable, resolved: Callable, officer: object, stranger: object,
    at: Callable,
) -> None:  # fmt: skip
    begun, given, done = case(title="Lampu A"), routed(title="Lampu B"), resolved(title="Lampu C")
    page = at(officer).get(FIELD)
    assert {stop.report for stop in page.context["stops"]} == {begun, given}
    shown = page.content.decode()
    assert 'data-lat="-6.1781"' in shown, "numbers are numbers in any language"
    assert done.number not in shown
    assert at(stranger).get(FIELD).context["stops"] == []
    only = at(officer).get(f"{FIELD}?district={begun.district_id}&mine=1")
    assert only.context["stops"] == []
    assert at(officer).get(f"{FIELD}?district=0").context["stops"] == []
    assert at(officer).get(f"{FIELD}?district=x").status_code == 200


def test_the_most_urgent_comes_first(routed: Callable, officer: object, at: Callable) -> None:
    first, second, third = (routed() for _ in range(3))
    for days, report in ((3, first), (1, second), (2, third)):
        Complaint.objects.filter(pk=report.pk).update(due_at=timezone.now() + timedelta(days=days))
    stops = at(officer).get(FIELD).context["stops"]
    assert [stop.report for stop in stops] == [second, third, first]
    assert all(stop.rough for stop in stops), "no pin: the kecamatan's middle"


def test_i02_field_pages_are_closed_to_other_agencies(
    case: Callable, stranger: object, validator: object, at: Callable, client_for: Callable,
    in_region: Region,
) -> None:  # fmt: skip
    report = case()
    place = f"{FIELD}{report.uuid}/"
    for path in (place, f"{place}nonces/", f"{place}way/", f"{place}evidence/"):
        ask = at(stranger).get if path == place else at(stranger).post
        assert ask(path).status_code == 404, path
        ask = at(validator).get if path == place else at(validator).post
        assert ask(path).status_code == 403, path
        nobody = client_for(in_region)
        assert (nobody.get if path == place else nobody.post)(path).status_code == 302, path
    assert not Capture.objects.exists()


def test_what_waited_on_a_phone_is_not_lost_at_the_sign_in_page(
    case: Callable, client_for: Callable, in_region: Region
) -> None:
    path = f"{FIELD}{case().uuid}/evidence/"
    answer = client_for(in_region).post(path, {}, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 401


def test_the_page_brings_permissions_for_ten_minutes_and_more_for_a_day(
    case: Callable, officer: object, at: Callable
) -> None:
    report = case()
    page = at(officer).get(f"{FIELD}{report.uuid}/")
    shown = page.content.decode()
    assert "geo:-6.178100,106.630000?q=-6.178100,106.630000" in shown
    given = [nonce for _slot, nonce in page.context["slots"]]
    assert set(given) == {str(row.nonce) for row in Capture.objects.filter(prefetched=False)}
    assert len(given) == 3
    more = at(officer).post(f"{FIELD}{report.uuid}/nonces/").json()
    assert len(more["nonces"]) == 3
    assert Capture.objects.filter(prefetched=True).count() == 3
    assert at(officer).head(f"{FIELD}{report.uuid}/").status_code == 200
    assert Capture.objects.count() == 6, "asking for the head gives nothing out"


def test_evidence_is_handed_in_with_what_the_phone_said(
    case: Callable, officer: object, at: Callable
) -> None:
    report = case()
    client = at(officer)
    nonce = client.get(f"{FIELD}{report.uuid}/").context["slots"][0][1]
    sent = client.post(f"{FIELD}{report.uuid}/evidence/", said(report, nonce))
    assert (sent.status_code, sent["Location"]) == (302, FIELD)
    report.refresh_from_db()
    assert report.state == State.RESOLVED
    photo = Photo.objects.get(complaint=report)
    assert (photo.latitude, photo.accuracy, photo.flags.count()) == (HERE[0], 9.0, 0)


def test_offline_evidence_arrives_hours_later_and_once(
    case: Callable, officer: object, at: Callable
) -> None:
    report = case()
    earlier = timezone.now() - timedelta(hours=9)
    (row,) = capturing.issue(complaint=report, by=officer, prefetched=True, now=earlier)
    report.entries.filter(move="accept").update(at=earlier)
    taken = (earlier + timedelta(hours=1)).isoformat()
    key = {"Idempotency-Key": str(uuid4())}
    for _ in range(2):
        sent = at(officer).post(
            f"{FIELD}{report.uuid}/evidence/", said(report, row.nonce, taken_1=taken), headers=key
        )
        assert sent.status_code == 302
    photo = Photo.objects.get(complaint=report)
    assert photo.captured_at.isoformat() == taken
    assert photo.flags.count() == 0
    assert report.entries.filter(move="resolve").count() == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        {"nonce_1": "x", "lat_1": "nan", "taken_1": "gestern"},
        {"nonce_1": "", "lat_1": "1e999", "acc_1": "-5", "taken_1": "2026-13-45"},
        {"nonce_1": str(uuid4()), "lng_1": "", "taken_1": "2026-11-25T08:00:00"},
    ],
)
def test_nonsense_from_a_phone_costs_no_photo(
    nonsense: dict, case: Callable, officer: object, at: Callable
) -> None:
    report = case()
    sent = at(officer).post(f"{FIELD}{report.uuid}/evidence/", said(report, "", **nonsense))
    assert sent.status_code == 302
    assert set(Flag.objects.values_list("kind", flat=True)) == {Flag.Kind.NOT_TAKEN_HERE}


def test_what_is_missing_is_said(case: Callable, officer: object, at: Callable) -> None:
    path = f"{FIELD}{case().uuid}/evidence/"
    empty = at(officer).post(path, {"text": ""})
    assert empty.status_code == 422
    assert 'class="errsum' in empty.content.decode()
    without = at(officer).post(path, {"text": "Sudah."})
    assert without.status_code == 422, "the region asks for a photo"


def test_on_the_way_takes_a_case_on_and_is_told_once(
    routed: Callable, officer: object, stranger: object, at: Callable
) -> None:
    report = routed()
    for _ in range(2):
        sent = at(officer).post(f"{FIELD}{report.uuid}/way/")
        assert sent.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.assignee) == (State.IN_PROGRESS, officer)
    (line,) = report.entries.filter(move="on_the_way")
    assert (line.audience, line.author) == ("reporter", "agency")
    assert line.text
    fieldwork.go(complaint=report, by=officer, now=timezone.now() + timedelta(hours=3))
    assert report.entries.filter(move="on_the_way").count() == 2
    services.resolve(complaint=report, text="Sudah.", photos=[upload(scene(2))], by=officer)
    with pytest.raises(NotAllowed):
        fieldwork.go(complaint=report, by=officer, now=timezone.now() + timedelta(hours=9))
    assert at(officer).post(f"{FIELD}{report.uuid}/way/").status_code == 422


def test_queries_do_not_grow_with_rows(case: Callable, officer: object, at: Callable) -> None:
    client, counts = at(officer), []
    for more in (1, 2):
        for _ in range(more):
            report = case(photos=[upload(scene(more))])
        seen_at = []
        for path in (FIELD, f"{FIELD}{report.uuid}/"):
            client.get(path)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(path).status_code == 200
            seen_at.append(own_queries(seen))
        counts.append(seen_at)
    assert counts[0] == counts[1]
