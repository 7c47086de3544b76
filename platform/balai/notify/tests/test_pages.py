"""The admin's log and the demo's letter box."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from balai import context, notify
from balai.notify import demo
from balai.notify.masking import mask
from balai.notify.models import Message, Status


def make_messages(count):
    for number in range(count):
        Message.objects.create(
            channel="email", recipient=f"warga{number}@desa.test", template="trial/hello",
            language="id", context={"code": "998877"},
        )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("budi@desa.test", "b•••@desa.test"),
        ("+6281234567890", "+62812•••890"),
        ("12345", "•••"),
        ("", "•••"),
    ],
)
def test_an_address_is_masked(address, masked):
    assert mask(address) == masked


def test_the_log_shows_neither_codes_nor_addresses(in_region, client_for, make_user):
    make_messages(2)
    page = client_for(in_region, make_user("admin")).get(reverse("notify_console:index"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "w•••@desa.test" in text
    assert "warga0" not in text
    assert "998877" not in text


def test_the_log_is_filtered_by_status(in_region, client_for, make_user):
    make_messages(3)
    Message.objects.filter(recipient__startswith="warga1").update(status=Status.FAILED)
    page = client_for(in_region, make_user("admin")).get("/console/notifications/?status=failed")
    assert [line.status.colour for line in page.context["lines"]] == ["red"]


@pytest.mark.parametrize("role", [None, "officer", "agency_head"])
def test_the_log_is_for_admins(in_region, client_for, make_user, role):
    user = make_user(role)
    assert client_for(in_region, user).get("/console/notifications/").status_code == 403
    assert client_for(in_region).get("/console/notifications/").status_code == 302


def test_a_longer_log_asks_no_more_queries(
    in_region, client_for, make_user, django_assert_max_num_queries
):
    client = client_for(in_region, make_user("admin"))
    counts = []
    for more in (1, 2):
        make_messages(more)
        client.get("/console/notifications/")
        with django_assert_max_num_queries(20) as queries:
            client.get("/console/notifications/")
        # Finding the region again, once a second, is the resolver's business.
        counts.append(len([query for query in queries if "tenants_" not in query["sql"]]))
    assert counts[0] == counts[1]


def test_the_demo_s_letter_box_shows_mails_and_sms_newest_first(in_region, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    says = {"name": "Budi", "code": "123456"}
    for to in (notify.Recipient(email="budi@desa.test"), notify.Recipient(phone="+6281234567890")):
        notify.send_now(template="trial/hello", to=to, context=says)
    found = demo.letters(settings.EMAIL_FILE_PATH)
    assert {letter.channel for letter in found} == {"email", "sms"}
    assert all("123456" in letter.text for letter in found)
    assert {letter.recipient for letter in found} == {"budi@desa.test", "+6281234567890"}


def test_the_letter_box_exists_in_the_demo_only(db, rf, settings):
    from django.http import Http404

    from balai.notify.views_demo import inbox

    settings.DEMO = False
    with pytest.raises(Http404):
        inbox(rf.get("/demo/inbox/"))


def test_the_letter_box_is_a_page_of_the_platform(db, rf, settings):
    from balai.notify.views_demo import inbox

    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    with context.platform():
        notify.send_now(
            template="trial/plain", to=notify.Recipient(email="budi@desa.test"), language="en"
        )
        request = rf.get("/demo/inbox/")
        request.user = AnonymousUser()
        page = inbox(request)
    assert page.status_code == 200
    assert "budi@desa.test" in page.content.decode()


def test_an_empty_letter_box_is_a_page(tmp_path):
    assert demo.letters(tmp_path / "missing") == []
