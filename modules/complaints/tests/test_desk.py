"""The officers' desk: whose case, which buttons, what happens."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.context import Region
from modules.complaints import services
from modules.complaints.models import Complaint
from modules.complaints.states import State
from modules.complaints.tests.conftest import own_queries, photo

DESK = "/desk/complaints/"


def test_i02_officers_reach_only_their_agency(
    routed: Callable, make_report: Callable, stranger: object, officer: object, at: Callable
) -> None:
    theirs, fresh = routed(title="Lampu Dishub padam"), make_report()
    client = at(stranger)
    for query in ("", "?tab=all", f"?tab=all&q={theirs.number}", "?tab=all&q=Lampu",
                  f"?tab=all&agency={theirs.agency_id}", "?tab=all&sort=oldest"):  # fmt: skip
        response = client.get(DESK + query)
        assert list(response.context["page"].object_list) == [], query
        assert set(response.context["counts"].values()) == {0}, query
    for report in (theirs, fresh):
        for page in (
            f"{DESK}{report.uuid}/",
            f"{DESK}{report.uuid}/?do=accept",
            f"{DESK}{report.uuid}/print/",
        ):
            assert client.get(page).status_code == 404, page
        for action in ("accept", "write", "verify", "reject", "secret"):
            answer = client.post(f"{DESK}{report.uuid}/", {"do": action, "text": "Halo semua"})
            assert answer.status_code == 404, action
    assert theirs.title not in client.get(f"/search/?q={theirs.number}").content.decode()
    assert list(at(officer).get(DESK).context["page"].object_list) == [theirs]


def test_i02_services_refuse_another_agencys_officer(routed: Callable, stranger: object) -> None:
    report = routed()
    for act in (
        lambda: services.accept(complaint=report, by=stranger),
        lambda: services.refuse(complaint=report, reason="Bukan.", by=stranger),
        lambda: services.message(complaint=report, text="Halo.", by=stranger),
        lambda: services.make_secret(complaint=report, by=stranger),
        lambda: services.approve_photos(complaint=report, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()
    report.refresh_from_db()
    assert report.state == State.DISPOSITIONED


@pytest.mark.parametrize("role", [None, "viewer", "leader"])
def test_the_desk_is_closed_to_others(role: str | None, make_user: Callable, at: Callable) -> None:
    assert at(make_user(role)).get(DESK).status_code == 403


def test_strangers_sign_in_first(client_for: Callable, in_region: Region) -> None:
    answer = client_for(in_region).get(DESK)
    assert answer.status_code == 302
    assert "next=/desk/complaints/" in answer["Location"]


def test_the_whole_path_by_buttons(
    make_report: Callable, coordinator: object, officer: object, agency: object, at: Callable
) -> None:
    report = make_report(photos=[photo()])
    page = f"{DESK}{report.uuid}/"
    desk = at(coordinator)
    assert 'data-key="t"' in desk.get(page).content.decode()
    assert desk.get(f"{page}?do=verify").context["form"].initial["agency"] == agency.pk
    wrong = desk.post(
        page, {"do": "verify", "agency": "", "category": report.category_id, "title": "x"}
    )
    assert wrong.status_code == 422
    given = {"do": "verify", "agency": agency.pk, "category": report.category_id,
             "title": "Lampu mati di gerbang", "approve_photos": "on"}  # fmt: skip
    assert desk.post(page, given).status_code == 302
    field = at(officer)
    assert field.post(page, {"do": "accept"}).status_code == 302
    assert field.post(page, {"do": "resolve", "text": "Diganti."}).status_code == 422
    done = {"do": "resolve", "text": "Lampu diganti.", "photos": [photo()]}
    assert field.post(page, done).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.title) == (State.RESOLVED, "Lampu mati di gerbang")
    assert report.photos.filter(approved_at=None).count() == 0
    printed = field.get(f"{page}print/").content.decode()
    assert report.number in printed


def test_a_stale_button_says_so(routed: Callable, officer: object, at: Callable) -> None:
    report = routed()
    services.accept(complaint=report, by=officer)
    answer = at(officer).post(f"{DESK}{report.uuid}/", {"do": "accept"}, follow=True)
    assert "sudah berubah" in answer.content.decode()


def test_buttons_follow_state_and_right(
    make_report: Callable, routed: Callable, officer: object, coordinator: object,
    validator: object, at: Callable,
) -> None:  # fmt: skip
    def offered(user: object, report: Complaint) -> list[str]:
        return [item.name for item in at(user).get(f"{DESK}{report.uuid}/").context["actions"]]

    fresh, given = make_report(), routed()
    among = ["note", "mine", "hand-over"]
    assert {"verify", "ask", "reject", "write", "secret", *among} <= set(
        offered(coordinator, fresh)
    )
    assert {"accept", "refuse", "write", *among} <= set(offered(officer, given))
    assert not {"verify", "reject", "secret"} & set(offered(officer, given))
    assert offered(validator, given) == ["write", "note"]


def test_reports_are_found_sorted_and_counted(
    make_report: Callable, routed: Callable, coordinator: object, at: Callable, village: object
) -> None:
    fresh, given = make_report(title="Kabel menjuntai"), routed(title="Lampu padam")
    desk = at(coordinator)
    cases = {
        "": [fresh],
        "?tab=all&sort=oldest": [fresh, given],
        "?tab=all&sort=newest": [given, fresh],
        "?q=kabel": [fresh],
        f"?q={given.number}": [given],
        "?tab=all&state=dispositioned": [given],
        f"?tab=all&agency={given.agency_id}": [given],
        f"?tab=all&district={village.parent_id}&category={given.category_id}": [given, fresh],
        "?tab=bogus&state=bogus&agency=x&page=99": [given, fresh],
    }
    for query, expected in cases.items():
        found = list(desk.get(DESK + query).context["page"].object_list)
        assert {row.pk for row in found} == {row.pk for row in expected}, query
        if "sort" in query:
            assert found == expected, query
    counts = {"mine": 1, "cases": 0, "due": 0, "late": 0, "open": 2, "all": 2}
    assert desk.get(DESK).context["counts"] == counts
    assert "<html" not in desk.get(f"{DESK}rows/?tab=all").content.decode()


@pytest.mark.parametrize("case", [False, True])
def test_queries_do_not_grow_with_rows(
    case: bool, routed: Callable, officer: object, at: Callable
) -> None:
    client, counts = at(officer), []
    for more in (1, 2):
        for _ in range(more):
            report = routed(photos=[photo()])
        path = f"{DESK}{report.uuid}/" if case else f"{DESK}?tab=all"
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        counts.append(own_queries(seen))
    assert counts[0] == counts[1], [query["sql"] for query in seen]
    assert counts[0] <= 24
