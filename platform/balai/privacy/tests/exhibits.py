"""One of everything that an address of ours names (I-01)."""

from datetime import timedelta

from django.utils import timezone

from balai.accounts.models import User
from balai.privacy import law
from balai.privacy.person import Person
from balai.privacy.services import breaches, holds, requests

CANARY = "KANARI-TANGERANG"
NO_OBJECT = {"privacy:withdraw": "a purpose's name, the same in every region"}


def exhibits() -> dict[str, dict[str, object]]:
    """Make a request, a breach and a hold in the active region."""
    person = User.objects.create_user(email="kanari-privasi@contoh.test", name=CANARY)
    now = timezone.now()
    asked = requests.receive(
        person=Person(user=person), kind=law.Kind.CORRECTION,
        words={"part": "accounts", "wrong": CANARY, "right": CANARY},
    )  # fmt: skip
    breach = breaches.record(
        told={
            "title": CANARY, "noticed_at": now, "since": now - timedelta(days=1), "until": now,
            "purposes": ["accounts.account"], "how": CANARY, "measures": CANARY, "contact": CANARY,
        }
    )  # fmt: skip
    hold = holds.place(part="complaints", reference=CANARY, reason=CANARY, by=person)
    by_request: dict[str, object] = {"request_id": asked.uuid}
    by_breach: dict[str, object] = {"breach": breach.uuid}
    shown = {
        "privacy:request": by_request,
        "privacy:take-back": by_request,
        "privacy:lift": by_request,
        "privacy_console:request": by_request,
        "privacy_console:hold-lift": {"hold": hold.uuid},
    }
    for name in ("breach", "breach-edit", "breach-approve", "breach-authority", "breach-notices"):
        shown[f"privacy_console:{name}"] = by_breach
    return shown
