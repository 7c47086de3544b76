"""Seventy days with an unpaid bill: who is written to, how often, by which part."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from balai.context import platform
from provisioning.billing import daily, reminders, tasks
from provisioning.lifecycle import clock, notices
from provisioning.models import BillingAccount, Invoice
from provisioning.tests.test_billing import issue, live, state_of  # noqa: F401  # a fixture
from tenants.states import State

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 2, tzinfo=UTC)  # 09:00 in Jakarta
OFFICE = "keuangan@kota.go.id"


def _day(account: int) -> list[tuple[str, ...]]:
    """Run a day's rounds twice, as they come; return to whom each mail went."""
    mail.outbox.clear()
    for _ in range(2):
        daily.look_after(account)
        for pk, stage in reminders.waiting(timezone.localdate()):
            tasks.send_letter(pk, stage)
        clock.turn()
        notices.send_waiting()
    return [tuple(sorted(set(message.to + message.bcc) & WATCHED)) for message in mail.outbox]


WATCHED = {OFFICE, "admin@kota.go.id"}


@pytest.mark.parametrize("office", ["", OFFICE])
def test_nobody_gets_two_letters_about_a_bill_on_one_day(live, make_user, office) -> None:  # noqa: F811
    make_user("admin", city=live, email="admin@kota.go.id")
    days: dict[int, list[tuple[str, ...]]] = {}
    with time_machine.travel(MORNING, tick=False) as clockwork, platform():
        row = issue(live)
        account = BillingAccount.objects.get(region_id=live.id).pk
        BillingAccount.objects.filter(pk=account).update(email=office)
        Invoice.objects.filter(pk=row.pk).update(
            due_on=timezone.localdate(), told=["issued", "before"]
        )
        for day in range(71):
            clockwork.move_to(MORNING + timedelta(days=day))
            if sent := _day(account):
                days[day] = sent
        assert state_of(live) == State.RESTRICTED
    for sent in days.values():
        assert max(Counter(address for to in sent for address in to).values()) == 1
    admin, billing = ("admin@kota.go.id",), (office or "admin@kota.go.id",)
    assert days.pop(1) == ([billing, admin] if office else [admin])
    assert days == {
        14: [billing],
        **{1 + late: [admin] for late in (31, 41, 51, 61)},
    }
