"""After a deletion nothing of the person is in any table, but where that is declared."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from balai.context import region_context
from balai.notify.models import Message
from balai.outbox import delivery
from balai.outbox.models import Event
from balai.privacy import keeping
from balai.privacy.person import Person
from balai.privacy.services import deletion, holds, requests
from modules.complaints.models import Complaint
from modules.complaints.services import retention

pytestmark = pytest.mark.django_db
CANARY, PHONE = "KANARIANNA", "81211110001"


def tables_with(*canaries: str) -> set[str]:
    """Return the region's tables in which a canary stands in any column, whatever its type."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        names = [name for (name,) in cursor.fetchall() if name != "django_migrations"]
        found = set()
        for name in names:
            parts = " OR ".join(["t::text ILIKE %s"] * len(canaries))
            cursor.execute(
                f'SELECT EXISTS (SELECT 1 FROM "{name}" t WHERE {parts})',  # names of tables
                [f"%{canary}%" for canary in canaries],
            )
            if cursor.fetchone()[0]:
                found.add(name)
        return found


def hexed(text: str) -> str:
    """Return how bytea columns show a text that somebody forgot to seal."""
    return text.encode().hex()


def test_deletion_leaves_no_canary_but_where_it_is_declared(region, outfit, signed_in) -> None:
    anna = outfit(region, CANARY, f"+62{PHONE}")
    signed_in(region, anna)
    canaries = (CANARY, PHONE, hexed(CANARY))
    with region_context(region):
        before = tables_with(*canaries)
        assert len(before) >= 10, before
        row = deletion.ask(person=Person(user=anna))
        assert deletion.run_due(now=timezone.now() + timedelta(hours=73)) == 1
        for event in Event.objects.filter(done_at=None).order_by("pk"):
            delivery.deliver(event.pk)
        (letter,) = Message.objects.filter(template=deletion.RECEIPT)
        assert letter.recipient == "kanarianna@contoh.test"
        deletion.forget_receipts()
        row.refresh_from_db()
        kept = {table for line in row.receipt["kept"] for table in line["tables"]}
        left = tables_with(*canaries)
        assert left <= kept, left - kept
        assert left < before and CANARY not in str(row.receipt)
        assert not left & {
            "accounts_user", "account_emailaddress", "notify_subscription", "notify_message",
            "notify_pushdevice", "jobs_seeker", "jobs_card", "complaints_contact",
            "privacy_datarequest", "outbox_event", "files_storedfile",
        }  # fmt: skip
        anna.refresh_from_db()
        assert not anna.is_active and anna.email is None
        assert Complaint.objects.get(state="rejected").erased_at is not None
        (working,) = Complaint.objects.exclude(state="rejected")
        assert working.reporter is None and working.text and working.erased_at is None
        assert all(words.asked is None for words in requests.of(Person(user=anna)))


def test_a_legal_hold_stops_deletion_and_retention(region, outfit, make_user) -> None:
    anna = outfit(region, CANARY, f"+62{PHONE}")
    with region_context(region):
        ended = Complaint.objects.get(state="rejected")
        far = timezone.now() + timedelta(days=9999)
        hold = holds.place(
            part="complaints", reference=ended.number, reason="Perkara 12/Pid.B", by=make_user()
        )
        assert not retention.erase(pk=ended.pk, now=far)
        row = deletion.ask(person=Person(user=anna))
        deletion.run_due(now=timezone.now() + timedelta(hours=73))
        ended.refresh_from_db()
        assert ended.text and ended.contact.email and ended.erased_at is None
        row.refresh_from_db()
        assert any("ayat (1) huruf b" in line["why"] for line in row.receipt["kept"])
        holds.lift(hold=hold)
        assert retention.erase(pk=ended.pk, now=far)


def test_retention_is_applied_and_told(in_region, make_user) -> None:
    user = make_user()
    row = requests.receive(person=Person(user=user), kind="correction", words={"wrong": CANARY})
    requests.fulfil(request=row, by=user, answer="Sudah diperbaiki semua.")
    assert keeping.apply(now=timezone.now())["privacy.requests"] == 0
    removed = keeping.apply(now=timezone.now() + timedelta(days=365 * 5 + 1))
    assert removed["privacy.requests"] == 1
    row.refresh_from_db()
    assert row.words == {} and row.answer == "" and row.state == "done"
