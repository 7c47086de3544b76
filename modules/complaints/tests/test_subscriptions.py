"""Anybody may follow a public report; followers hear what the public may know, and no more."""

import json
import re
from collections.abc import Callable

import pytest

from balai.context import Region
from balai.notify import subscriptions
from balai.notify.models import Message, PushDevice, Subscription
from balai.notify.push import devices
from balai.notify.rendering import render
from balai.notify.tests.pushing import Browser
from balai.outbox.models import Event
from modules.complaints import following, history, limits, services, workflow
from modules.complaints.models import Complaint
from modules.complaints.receivers import followers
from modules.complaints.services import editing
from modules.complaints.tests.conftest import photo
from modules.complaints.tests.delivering import deliver, told

WHO = "pengikut@contoh.test"
CANARY = "Kenari-Rahasia-77"


def page(report: Complaint, name: str = "") -> str:
    return f"/complaints/{report.uuid}/{name}"


def follow(report: Complaint, email: str = WHO) -> Subscription:
    """Let an address follow, as if it had confirmed."""
    row = subscriptions.follow(subject=following.subject(report.uuid), email=email, language="en")
    assert row is not None
    subscriptions.confirm(subscriptions.confirm_token(row))
    return row


def recount(report: Complaint) -> int:
    """Deliver the kernel's event, then read the report's number of followers."""
    for event in Event.objects.filter(topic=subscriptions.CHANGED):
        followers.count_followers(event.data())
    report.refresh_from_db()
    return report.followers


def test_following_by_e_mail_from_the_page_to_the_end(
    routed: Callable, visitor: object, officer: object
) -> None:
    report = routed()
    assert "follow_form" in visitor.get(page(report)).context
    assert visitor.post(page(report, "follow/"), {"how": "email", "email": "x"}).status_code == 422
    sent = visitor.post(page(report, "follow/"), {"how": "email", "email": WHO})
    assert sent["Location"] == page(report) + "#follow"
    [letter] = Message.objects.filter(template="follow/confirm")
    link = re.sub(r"^https?://[^/]+", "", letter.context["url"])
    assert recount(report) == 0
    visitor.post(link)
    assert recount(report) == 1
    services.accept(complaint=report, by=officer)
    news = [m for m in deliver(report) if m.template == "complaints/followed"][-1]
    assert news.context["move"] == "accept"
    mail = render(news, timeout=5)
    assert report.number in mail.subject
    assert page(report) in mail.text
    assert mail.unsubscribe in mail.text
    visitor.post(re.sub(r"^https?://[^/]+", "", mail.unsubscribe))
    assert recount(report) == 0
    assert subscriptions.recipients(following.subject(report.uuid)) == []


def test_an_account_follows_and_leaves_with_a_button(
    routed: Callable, client_for: Callable, in_region: Region, make_user: Callable
) -> None:
    report, person = routed(), make_user()
    client = client_for(in_region, person)
    assert not client.get(page(report)).context["by_account"]
    client.post(page(report, "follow/"), {"how": "account"})
    assert client.get(page(report)).context["by_account"]
    assert recount(report) == 1
    client.post(page(report, "leave/"))
    assert not client.get(page(report)).context["by_account"]
    assert recount(report) == 0


def test_a_browser_follows_without_an_account(routed: Callable, visitor: object) -> None:
    report = routed()
    refused = visitor.post(page(report, "follow/"), {"how": "device"})
    assert refused.status_code == 302
    assert not Subscription.objects.exists()
    told_ = Browser().told("https://push.example.net/abc")
    visitor.post("/notices/push/subscribe/", json.dumps(told_), content_type="application/json")
    visitor.post(page(report, "follow/"), {"how": "device"})
    assert visitor.get(page(report)).context["by_device"]
    row = Subscription.objects.get()
    assert (row.user, row.email, row.device) == (None, "", PushDevice.objects.get())
    visitor.post(page(report, "leave/"))
    assert not Subscription.objects.exists()


def test_an_account_cannot_be_claimed_by_strangers(routed: Callable, visitor: object) -> None:
    visitor.post(page(routed(), "follow/"), {"how": "account"})
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("how", ["secret", "unverified", "hidden list"])
def test_what_is_not_public_cannot_be_followed(
    how: str, make_report: Callable, routed: Callable, visitor: object, with_settings: Callable
) -> None:
    report = routed() if how == "hidden list" else make_report(secret=how == "secret")
    with_settings(public_list=how != "hidden list")
    answer = visitor.post(page(report, "follow/"), {"how": "email", "email": WHO})
    assert answer.status_code == 404
    assert not Message.objects.exists()


def test_too_many_wishes_from_one_address_wait(
    routed: Callable, visitor: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, "follow", (2, 600))
    report = routed()
    told_ = {"how": "email", "email": WHO}
    codes = [visitor.post(page(report, "follow/"), told_).status_code for _ in range(3)]
    assert codes == [302, 302, 429]


def test_followers_hear_public_moves_without_private_words(
    routed: Callable, officer: object
) -> None:
    report = routed(name=CANARY, phone="081298765432", identity="named")
    follow(report)
    report = services.accept(complaint=report, by=officer)
    services.message(complaint=report, text=f"Untuk {CANARY} saja.", by=officer)
    report = services.resolve(complaint=report, text="Lampu diganti.", photos=[photo()], by=officer)
    services.reopen(complaint=report, reason=f"Mati lagi, hubungi {CANARY}.")
    messages = [m for m in deliver(report) if m.recipient == WHO]
    moves = [m.context["move"] for m in messages]
    assert moves == ["verify", "accept", "resolve", "reopen"]
    shown = "".join(render(m, timeout=5).text + render(m, timeout=5).html for m in messages)
    assert "Lampu diganti." in shown
    for private in (CANARY, "081298765432", "/open/"):
        assert private not in shown


def test_the_reporter_is_not_told_twice(routed: Callable, make_user: Callable) -> None:
    person = make_user(email="warga@contoh.test")
    report = routed(reporter=person)
    subscriptions.follow(subject=following.subject(report.uuid), user=person, language="id")
    assert "followed" not in told(deliver(report), "warga@contoh.test")


@pytest.mark.parametrize("by", ["staff", "reporter", "withdrawal"])
def test_a_report_made_secret_ends_strangers_news_without_a_word_of_it(
    by: str, routed: Callable, coordinator: object, make_user: Callable, officer: object
) -> None:
    owner = make_user(email="warga@contoh.test")
    report = routed(reporter=owner, title=f"Lampu {CANARY}")
    follow(report)
    subscriptions.follow(subject=following.subject(report.uuid), user=owner, language="id")
    deliver(report)
    Message.objects.all().delete()
    if by == "staff":
        report = services.make_secret(complaint=report, by=coordinator)
    elif by == "reporter":
        report = editing.hide(complaint=report)
    else:
        report = editing.withdraw(complaint=report)
    messages = [m for m in deliver(report) if m.recipient == WHO]
    assert {m.template for m in messages} == {"complaints/not_public"}
    assert len(messages) == 1
    shown = render(messages[0], timeout=5)
    assert CANARY not in shown.text + shown.html + shown.subject
    assert str(report.uuid) not in shown.text
    left = subscriptions.recipients(following.subject(report.uuid))
    assert [to.user for to in left] == [owner]
    if by == "staff":
        services.accept(complaint=report, by=officer)
        assert told(deliver(report), WHO) == ["not_public"], "nothing comes after it"


def test_an_old_event_of_a_report_that_is_secret_now_tells_nothing(
    routed: Callable, officer: object, coordinator: object
) -> None:
    report = routed()
    follow(report)
    report = services.accept(complaint=report, by=officer)
    services.make_secret(complaint=report, by=coordinator)
    assert "followed" not in told(deliver(report), WHO)


def test_a_push_holds_public_words_and_the_page_only(routed: Callable, officer: object) -> None:
    report = routed()
    device = devices.register(
        endpoint="https://push.example.net/abc", language="en",
        **Browser().told("")["keys"],
    )  # fmt: skip
    subscriptions.follow(subject=following.subject(report.uuid), device=device, language="en")
    services.accept(complaint=report, by=officer)
    [push] = [m for m in deliver(report) if m.channel == "push" and m.context["move"] == "accept"]
    shown = render(push, timeout=5)
    assert report.number in shown.subject
    assert shown.text.strip() == report.title
    assert shown.url.endswith(page(report))
    assert shown.tag == report.number


def test_every_public_move_has_words_for_followers() -> None:
    moves = {topic.partition(".")[2] for topic in followers.TOLD}
    assert moves <= set(history.WORDS)
    public = {move.name for move in workflow.MOVES if workflow.Tell.FOLLOWERS in move.tells}
    assert public - moves == {"merge", "unmerge"}
