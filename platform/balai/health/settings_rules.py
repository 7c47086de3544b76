"""What production settings must not be. Every settings module but our two local ones is one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings

LOCAL: Final = ("balai.settings.development", "balai.settings.test")
SHORTEST_SECRET: Final = 50
NEEDED: Final = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "BALAI_APEX_HOST")


@dataclass(frozen=True)
class Refusal:
    """Why we do not start, and what to do about it."""

    problem: str
    remedy: str


def is_production() -> bool:
    """Tell whether these settings are meant for real people's data."""
    named = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    return named not in LOCAL and not getattr(settings, "TESTING", False)


def broken_rules() -> Iterator[tuple[int, Refusal]]:
    """Yield the number of each broken rule and what to say about it."""
    if not is_production():
        return
    if settings.DEBUG:
        yield (
            1,
            Refusal(
                "DEBUG is on in production: error pages would show secrets.", "Unset BALAI_DEBUG."
            ),
        )
    if getattr(settings, "DEMO", False):
        yield (
            2,
            Refusal(
                "Demo mode is on in production: its inbox shows sign-in codes.", "Unset BALAI_DEMO."
            ),
        )
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_SECRET or key.startswith("django-insecure-") or len(set(key)) < 5:
        yield (
            3,
            Refusal(
                f"The secret key is shorter than {SHORTEST_SECRET} characters or a known example.",
                "Set BALAI_SECRET_KEY (or BALAI_SECRET_KEY_FILE) to the output of: "
                'python -c "import secrets; print(secrets.token_urlsafe(50))"',
            ),
        )
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        yield (
            4,
            Refusal(
                f"Not set: {', '.join(missing)}.",
                "Production uses services of its own; see docs/how-to/production.md.",
            ),
        )
