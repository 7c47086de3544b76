"""Messages: queued with their cause, sent once, written down, forgotten."""

import email
import email.policy
import json
import time
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import timezone

from balai import context, notify
from balai.notify import delivery, hours
from balai.notify.models import Message, Status
from balai.outbox import delivery as outbox_delivery
from balai.outbox.models import Event

WHO = notify.Recipient(email="budi@desa.test")
PHONE = notify.Recipient(phone="+6281234567890")
SAYS = {"name": "Budi", "code": "123456", "until": datetime(2026, 11, 23, 9, 20, tzinfo=UTC)}


def send(to=WHO, template="trial/hello", **options):
    with transaction.atomic():
        return notify.send(template=template, to=to, context=SAYS, **options)


def run_outbox() -> None:
    """Deliver everything that waits, also what is for later."""
    for event in Event.objects.filter(done_at=None).order_by("pk"):
        outbox_delivery.deliver(event.pk)


def letter(sink):
    return email.message_from_string(sink.letters[-1][1], policy=email.policy.default)


def test_a_message_arrives_in_the_region_s_name_and_time(in_region, smtp):
    [message] = send()
    assert smtp.letters == []
    run_outbox()
    message.refresh_from_db()
    assert (message.status, message.context) == (Status.SENT, {})
    mail = letter(smtp)
    assert smtp.letters[0][0] == ["budi@desa.test"]
    assert str(mail["Subject"]) == "Halo Budi"
    assert in_region.name in str(mail["From"]) or "Tangerang" in str(mail["From"])
    assert mail["Auto-Submitted"] == "auto-generated"
    # 09.20 UTC is 16.20 in Tangerang.
    assert "Budi: 123456 16.20" in mail.get_body(("plain",)).get_content()
    assert "<p>Budi</p>" in mail.get_body(("html",)).get_content()


def test_a_message_is_sent_once_however_often_its_event_comes(in_region, smtp):
    send()
    for _ in range(3):
        run_outbox()
        Event.objects.update(done_at=None, next_attempt_at=timezone.now())
    assert len(smtp.letters) == 1


def test_a_message_without_its_cause_does_not_exist(in_region, smtp):
    with pytest.raises(RuntimeError), transaction.atomic():
        notify.send(template="trial/hello", to=WHO, context=SAYS)
        raise RuntimeError
    run_outbox()
    assert smtp.letters == []
    assert not Message.objects.exists()


def test_a_key_sends_once(in_region, smtp):
    first, second = send(dedupe_key="report-7"), send(dedupe_key="report-7")
    send(dedupe_key="report-8")
    run_outbox()
    assert first == second
    assert len(smtp.letters) == 2


def test_the_language_is_the_person_s(in_region, smtp, make_user):
    person = make_user(email="sri@desa.test", language="en")
    send(to=notify.Recipient(user=person))
    run_outbox()
    assert str(letter(smtp)["Subject"]) == "Hello Budi"


def test_a_failure_is_written_down_and_tried_again_later(in_region, smtp):
    smtp.refuse = "451 try later"
    [message] = send()
    run_outbox()
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.QUEUED, 1)
    assert message.error == "SMTPRecipientsRefused"
    waiting = Event.objects.get(done_at=None)
    assert 10 < (waiting.next_attempt_at - timezone.now()).total_seconds() < 30
    smtp.refuse = ""
    run_outbox()
    message.refresh_from_db()
    assert (message.status, message.attempts, message.error) == (Status.SENT, 2, "")


def test_an_address_that_does_not_exist_is_not_tried_again(in_region, smtp):
    smtp.refuse = "550 no such user"
    [message] = send()
    run_outbox()
    message.refresh_from_db()
    assert (message.status, message.attempts, message.context) == (Status.FAILED, 1, {})
    assert not Event.objects.filter(done_at=None).exists()


def test_trying_ends(in_region, smtp):
    smtp.refuse = "451 try later"
    [message] = send()
    for _ in range(12):
        run_outbox()
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.FAILED, delivery.MAX_ATTEMPTS)


def test_a_template_without_a_text_fails_and_says_so(in_region, smtp):
    [message] = send(template="trial/broken")
    run_outbox()
    message.refresh_from_db()
    assert message.error == "TemplateDoesNotExist"


def test_a_code_goes_out_while_the_person_waits(cities, smtp):
    with context.region_context(cities.here):
        [message] = notify.send_now(template="trial/hello", to=WHO, context=SAYS)
        assert len(smtp.letters) == 1
        message.refresh_from_db()
        assert (message.status, message.context) == (Status.SENT, {})
        # Its rescue finds nothing to do.
        run_outbox()
        assert len(smtp.letters) == 1


def test_a_code_that_cannot_go_out_at_once_is_queued(cities, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with context.region_context(cities.here):
        began = time.monotonic()
        [message] = notify.send_now(template="trial/hello", to=WHO, context=SAYS)
        assert time.monotonic() - began < 5
        message.refresh_from_db()
        assert message.status == Status.QUEUED
        assert Event.objects.filter(done_at=None).count() == 1


def test_a_telephone_message_is_short_and_lands_in_the_demo_s_folder(in_region, settings, caplog):
    with caplog.at_level("INFO"):
        notify.send_now(template="trial/hello", to=PHONE, context=SAYS)
    [path] = settings.EMAIL_FILE_PATH.iterdir()
    kept = json.loads(path.read_text())
    assert (kept["to"], kept["text"]) == ("+6281234567890", "123456\n")
    assert path.stat().st_mode & 0o077 == 0
    assert "123456" not in caplog.text
    assert "81234567890" not in caplog.text


def test_i11_messages_stay_in_their_region(region, other_region, smtp):
    with context.region_context(region):
        send()
    with context.region_context(other_region):
        assert not Message.objects.exists()
        run_outbox()
    assert smtp.letters == []


def test_the_platform_writes_too(cities, smtp):
    with context.platform():
        notify.send_now(template="trial/plain", to=WHO)
    assert len(smtp.letters) == 1


@pytest.mark.parametrize("value", [object(), {"a": 1}, b"x"])
def test_what_cannot_be_kept_is_refused_at_once(in_region, value):
    with pytest.raises(TypeError):
        notify.send(template="trial/hello", to=WHO, context={"x": value})


@pytest.mark.parametrize(
    ("channel", "template", "hour", "waits_until"),
    [
        ("sms", "complaints/resolved", 13, None),
        ("sms", "complaints/resolved", 23, 6),
        ("sms", "complaints/resolved", 4, 6),
        ("email", "complaints/resolved", 23, None),
        ("sms", "accounts/code", 23, None),
        ("sms", "emergency/dispatched", 3, None),
    ],
)
def test_nobody_is_woken_for_a_pothole(in_region, channel, template, hour, waits_until):
    now = datetime(2026, 11, 23, hour, 30, tzinfo=in_region.zone)
    found = hours.next_allowed(channel, template, now)
    assert (found and found.astimezone(in_region.zone).hour) == waits_until
    assert found is None or found > now


def test_old_messages_are_forgotten(in_region, smtp):
    from balai.notify.tasks import prune

    send()
    run_outbox()
    send()
    Message.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    prune.run()
    assert [message.status for message in Message.objects.all()] == [Status.QUEUED]
