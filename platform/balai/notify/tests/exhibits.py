"""A subscription of the first city, for the two-city matrix (I-01)."""

from balai.notify import subscriptions
from balai.notify.models import Subscription

CANARY = "kanari-tangerang@contoh.test"
SUBJECT = "trial.thing:11111111-2222-3333-4444-555555555555"


def exhibits() -> dict[str, dict[str, object]]:
    """Let an address ask for news in the active region."""
    made = Subscription.objects.create(subject=SUBJECT, email=CANARY, language="id")
    return {
        "notify:confirm": {"token": subscriptions.confirm_token(made)},
        "notify:stop": {"token": subscriptions.stop_token(made)},
    }
