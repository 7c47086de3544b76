"""The reporter follows, answers, confirms, reopens."""

from collections.abc import Callable

import pytest

from balai.context import Region
from modules.complaints import limits, services, tokens
from modules.complaints.models import Complaint, Entry
from modules.complaints.states import State


def opened(client: Callable, report: Complaint) -> Callable:
    """Return the client after it has shown number and secret."""
    secret = tokens.secret_of(report.uuid)
    answer = client.post("/complaints/track/", {"number": report.number.lower(), "secret": secret})
    assert answer.status_code == 302
    return client


def test_number_and_secret_open_a_report(make_report: Callable, visitor: Callable) -> None:
    report = make_report()
    page = f"/complaints/{report.uuid}/"
    assert visitor.get(page).status_code == 404
    shown = opened(visitor, report).get(page).content.decode()
    assert report.text in shown
    assert report.number in visitor.get("/complaints/mine/").content.decode()


def test_wrong_secrets_open_nothing_and_are_slowed_down(
    make_report: Callable, visitor: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, "track", (2, 600))
    report = make_report()
    told = {"number": report.number, "secret": "2222-2222"}
    codes = [visitor.post("/complaints/track/", told).status_code for _ in range(3)]
    assert codes == [422, 422, 429]
    right = {**told, "secret": tokens.secret_of(report.uuid)}
    assert visitor.post("/complaints/track/", right).status_code == 429


def test_the_link_of_a_notice_opens_its_report(
    make_report: Callable, visitor: Callable, client_for: Callable, other_region: Region
) -> None:
    link = f"/complaints/open/{tokens.link_token(make_report().uuid)}/"
    answer = visitor.get(link)
    assert answer.status_code == 302
    assert visitor.get(answer["Location"]).status_code == 200
    assert client_for(other_region).get(link).status_code == 404


def test_i09_a_cookie_of_another_city_opens_nothing(
    make_report: Callable, visitor: Callable, client_for: Callable, other_region: Region
) -> None:
    report = make_report()
    cookie = opened(visitor, report).cookies["balai_reports"].value
    other = client_for(other_region)
    other.cookies["balai_reports"] = cookie
    assert other.get(f"/complaints/{report.uuid}/").status_code == 404


def test_only_the_reporter_acts(resolved: Callable, visitor: Callable) -> None:
    report = resolved()
    assert visitor.get(f"/complaints/{report.uuid}/").status_code == 200
    for verb in ("confirm", "reopen", "reply"):
        answer = visitor.post(f"/complaints/{report.uuid}/{verb}/", {"text": "Halo semuanya"})
        assert answer.status_code == 404, verb
    report.refresh_from_db()
    assert report.state == State.RESOLVED


def test_confirm(resolved: Callable, visitor: Callable) -> None:
    report = resolved()
    opened(visitor, report)
    assert "Giliran Anda" in visitor.get(f"/complaints/{report.uuid}/").content.decode()
    visitor.post(f"/complaints/{report.uuid}/confirm/")
    report.refresh_from_db()
    assert (report.state, report.closed_at is not None) == (State.CLOSED, True)


def test_reopen_asks_why(resolved: Callable, visitor: Callable) -> None:
    report = resolved()
    opened(visitor, report)
    page = f"/complaints/{report.uuid}/reopen/"
    assert visitor.get(page).status_code == 200
    assert visitor.post(page, {"text": ""}).status_code == 422
    assert visitor.post(page, {"text": "Masih gelap."}).status_code == 302
    report.refresh_from_db()
    assert report.state == State.REOPENED


def test_an_answer_gives_the_turn_back(
    make_report: Callable, coordinator: object, visitor: Callable
) -> None:
    report = services.ask_info(complaint=make_report(), question="Di gang mana?", by=coordinator)
    opened(visitor, report)
    assert "Di gang mana?" in visitor.get(f"/complaints/{report.uuid}/").content.decode()
    visitor.post(f"/complaints/{report.uuid}/reply/", {"text": "Gang Mawar."})
    report.refresh_from_db()
    assert report.state == State.RECEIVED


def test_messages_are_for_reporter_and_officers(
    routed: Callable, officer: object, visitor: Callable, client_for: Callable, in_region: Region
) -> None:
    report = routed()
    services.message(complaint=report, text="Kami datang besok.", by=officer)
    services.message(complaint=report, text="Perlu tangga 6 m.", by=officer, internal=True)
    page = f"/complaints/{report.uuid}/"
    assert "Kami datang" not in visitor.get(page).content.decode()
    own = opened(visitor, report).get(page).content.decode()
    assert "Kami datang besok." in own
    assert "Perlu tangga" not in own
    desk = client_for(in_region, officer).get(f"/desk/complaints/{report.uuid}/").content.decode()
    assert "Perlu tangga 6 m." in desk


def test_a_closed_report_takes_no_more_words(resolved: Callable, visitor: Callable) -> None:
    report = services.confirm(complaint=resolved())
    opened(visitor, report)
    answer = visitor.post(f"/complaints/{report.uuid}/reply/", {"text": "Satu lagi."})
    assert answer.status_code == 422
    assert not Entry.objects.filter(complaint=report, text="Satu lagi.").exists()


def test_an_account_sees_its_own_reports(
    make_report: Callable, make_user: Callable, client_for: Callable, in_region: Region
) -> None:
    citizen = make_user()
    report = make_report(reporter=citizen)
    other = make_report(reporter=make_user())
    shown = client_for(in_region, citizen).get("/complaints/mine/").content.decode()
    assert report.number in shown
    assert other.number not in shown
