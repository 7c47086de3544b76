"""Following a thing: said twice by e-mail, ended by one click, told to nobody."""

import email
import email.policy
import re

import pytest
from django.core import mail
from django.utils import timezone

from balai import context, notify, signing
from balai.notify import subscriptions
from balai.notify.models import Message, PushDevice, Subscription
from balai.notify.tasks import prune
from balai.notify.tests.test_sending import letter, run_outbox

THING = "trial.thing:11111111-2222-3333-4444-555555555555"
OTHER = "trial.thing:99999999-2222-3333-4444-555555555555"
WHO = "warga@desa.test"


def follow(**who):
    return subscriptions.follow(**{"subject": THING, "language": "id", **who})


def addresses(subject=THING):
    return [pair for one in subscriptions.recipients(subject) for pair in one.addresses()]


def make_device(name="x"):
    return PushDevice.objects.create(endpoint=f"https://p.test/{name}", endpoint_hash=name)


def path_of(url):
    return re.sub(r"^https?://[^/]+", "", url)


def test_an_address_is_asked_first(in_region, client_for, smtp):
    follow(email=" Warga@Desa.test ", label="Lampu mati")
    assert addresses() == []
    run_outbox()
    text = letter(smtp).get_body(("plain",)).get_content()
    assert "Lampu mati" in text
    link = path_of(re.search(r"http\S+/notices/confirm/\S+/", text)[0])
    client = client_for(in_region)
    assert client.get(link).status_code == 200
    assert addresses() == [], "opening a link begins nothing"
    assert client.post(link).status_code == 200
    assert addresses() == [("email", WHO)]
    assert client.post(link).status_code == 200
    assert Subscription.objects.count() == 1


def test_asking_again_writes_no_second_letter_on_the_same_day(in_region):
    assert follow(email=WHO) == follow(email=WHO.upper())
    assert Message.objects.filter(template="follow/confirm").count() == 1
    subscriptions.confirm(subscriptions.confirm_token(Subscription.objects.get()))
    follow(email=WHO)
    assert Message.objects.count() == 1


def test_nobody_floods_a_stranger_s_letter_box(in_region):
    asked = [follow(email=WHO, subject=f"trial.thing:{number}") for number in range(7)]
    assert [bool(one) for one in asked] == [True] * 5 + [False] * 2
    assert Message.objects.count() == 5


def test_an_account_and_a_browser_follow_at_once(in_region, make_user):
    person, device = make_user(email="sri@desa.test"), make_device()
    follow(user=person)
    follow(device=device)
    follow(user=person)
    assert addresses() == [("email", "sri@desa.test"), ("push", str(device.uuid))]
    assert subscriptions.follows(subject=THING, user=person)
    assert not subscriptions.follows(subject=OTHER, user=person)
    assert not subscriptions.follows(subject=THING)
    assert subscriptions.leave(subject=THING, user=person)
    assert not subscriptions.leave(subject=THING, user=person)
    assert not subscriptions.leave(subject=THING)
    assert addresses() == [("push", str(device.uuid))]


@pytest.mark.parametrize("who", [{}, {"email": WHO, "device": True}])
def test_one_way_at_a_time(in_region, who):
    if "device" in who:
        who = {**who, "device": make_device()}
    with pytest.raises(ValueError, match="one of"):
        follow(**who)


def test_a_mail_ends_itself_with_one_click(in_region, client_for, smtp):
    """RFC 8058: two headers, and a POST without cookies or tokens of a form."""
    row = follow(email=WHO)
    subscriptions.confirm(subscriptions.confirm_token(row))
    [to] = subscriptions.recipients(THING)
    notify.send(template="trial/hello", to=to, context={})
    run_outbox()
    sent = letter(smtp)
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = path_of(str(sent["List-Unsubscribe"]).strip(" <>"))
    client = client_for(in_region, enforce_csrf_checks=True)
    assert client.get(link).status_code == 200
    assert addresses() == [("email", WHO)], "opening a link ends nothing"
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Subscription.objects.exists()
    assert client.post(link).status_code == 200


def test_other_mails_have_no_such_headers(in_region, smtp):
    notify.send(template="trial/hello", to=notify.Recipient(email=WHO), context={})
    run_outbox()
    raw = email.message_from_string(smtp.letters[-1][1], policy=email.policy.default)
    assert raw["List-Unsubscribe"] is None


def test_a_request_that_nobody_confirmed_is_forgotten_after_a_week(in_region):
    row, kept = follow(email=WHO), follow(email="lain@desa.test")
    subscriptions.confirm(subscriptions.confirm_token(kept))
    Subscription.objects.update(created_at=timezone.now() - timezone.timedelta(days=8))
    prune.run()
    assert [one.pk for one in Subscription.objects.all()] == [kept.pk]
    assert subscriptions.confirm(subscriptions.confirm_token(row)) is None


def test_followers_move_to_another_thing_once_each(in_region, make_user):
    person, device = make_user(email="sri@desa.test"), make_device()
    for who in ({"user": person}, {"device": device}, {"email": WHO}, {"email": "b@desa.test"}):
        follow(**who)
    follow(user=person, subject=OTHER)
    follow(email=WHO, subject=OTHER)
    Subscription.objects.update(confirmed_at=timezone.now())
    assert subscriptions.move(THING, OTHER) == 2
    assert addresses() == []
    assert len(addresses(OTHER)) == len(set(addresses(OTHER))) == 4


def test_the_end_of_a_thing_tells_who_must_be_told(in_region, make_user):
    owner, person = make_user(email="a@desa.test"), make_user(email="b@desa.test")
    for who in ({"user": owner}, {"user": person}, {"email": WHO}):
        follow(**who)
    gone = subscriptions.end(THING, keep=owner)
    assert [one.addresses() for one in gone] == [[("email", "b@desa.test")]]
    assert addresses() == [("email", "a@desa.test")]


@pytest.mark.parametrize("make", [subscriptions.confirm_token, subscriptions.stop_token])
def test_i09_links_of_one_city_are_nothing_in_the_other(make, in_region, other_region, client_for):
    row = follow(email=WHO)
    token = make(row)
    with context.region_context(other_region):
        Subscription.objects.create(subject=THING, email=WHO, token=row.token, language="id")
        for act in (subscriptions.confirm, subscriptions.unfollow):
            with pytest.raises(signing.BadSignature):
                act(token)
    other = client_for(other_region)
    name = "confirm" if make is subscriptions.confirm_token else "stop"
    assert other.post(f"/notices/{name}/{token}/").status_code == 404
    assert client_for(in_region).post(f"/notices/{name}/{token}/").status_code == 200, "control"


def test_the_two_tokens_are_not_exchangeable(in_region):
    row = follow(email=WHO)
    with pytest.raises(signing.BadSignature):
        subscriptions.confirm(subscriptions.stop_token(row))
    with pytest.raises(signing.BadSignature):
        subscriptions.unfollow(subscriptions.confirm_token(row))


def test_an_old_link_says_so(in_region, client_for, monkeypatch):
    token = subscriptions.confirm_token(follow(email=WHO))
    monkeypatch.setattr(subscriptions, "CONFIRM_AGE", -1)
    assert client_for(in_region).post(f"/notices/confirm/{token}/").status_code == 410
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("prefers", "found"),
    [
        ("", [("email", WHO), ("sms", "+62811")]),
        ("email", [("email", WHO)]),
        ("sms", [("sms", "+62811")]),
        ("whatsapp", [("whatsapp", "+62811")]),
    ],
)
def test_a_person_s_preference_is_honoured(prefers, found):
    to = notify.Recipient(email=WHO, phone="+62811", prefers=prefers)
    assert to.addresses() == found


def test_a_preference_without_its_address_is_no_silence():
    assert notify.Recipient(email=WHO, prefers="sms").addresses() == [("email", WHO)]
    assert notify.Recipient(phone="+62811", prefers="email").addresses() == [("sms", "+62811")]
