"""Give keys to other programs, take them away, and remember that they are used."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from balai import audit, context
from balai.api.models import ApiKey

if TYPE_CHECKING:
    from balai.accounts.models import User

SCHEME: Final = "balai"
PREFIX_BYTES: Final = 4
SECRET_BYTES: Final = 32
NOTED_EVERY: Final = 60
KEPT_DAYS: Final = 30

# One statement, so that two processes add up; days nobody asks for any more are dropped.
NOTE: Final = """
    UPDATE api_apikey SET last_used_at = %(now)s, usage = (
        SELECT coalesce(jsonb_object_agg(day, calls), '{}')
        FROM jsonb_each(usage) AS old(day, calls) WHERE day > %(oldest)s
    ) || jsonb_build_object(%(day)s::text, coalesce((usage ->> %(day)s)::int, 0) + %(calls)s)
    WHERE id = %(id)s
"""


@transaction.atomic
def create(
    *,
    name: str,
    scopes: Sequence[str],
    per_minute: int,
    by: "User | None",
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Return a new key and the token that its program sends; the token is not stored.

    Args:
        scopes: what it may do, of :func:`balai.api.scopes.rights`.
        per_minute: how many calls a minute it may make.
        expires_at: when it ends by itself; None for never.
    """
    prefix = secrets.token_hex(PREFIX_BYTES)
    token = f"{SCHEME}_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    key = ApiKey.objects.create(
        name=name,
        prefix=prefix,
        digest=digest(token),
        scopes=sorted(scopes),
        per_minute=per_minute,
        created_by=by,
        expires_at=expires_at,
    )
    told = {"name": name, "scopes": key.scopes, "per_minute": per_minute, "expires_at": expires_at}
    audit.record(action="api.key_created", target=prefix, after=told)
    return key, token


@transaction.atomic
def revoke(*, key: ApiKey, now: datetime | None = None) -> ApiKey:
    """End a key at once and for good; a second time changes nothing."""
    current = ApiKey.objects.select_for_update().get(pk=key.pk)
    if current.revoked_at is None:
        current.revoked_at = now or timezone.now()
        current.save(update_fields=["revoked_at"])
        audit.record(action="api.key_revoked", target=current.prefix)
    return current


def digest(token: str) -> str:
    """Return what is stored of a token. The region is part of it: a copied row opens nothing."""
    return hashlib.sha256(f"{context.schema()}:{token}".encode()).hexdigest()


def note_use(key: ApiKey, now: datetime) -> None:
    """Count a call; the table hears of it at most once a minute."""
    waiting = f"api:used:{key.pk}"
    cache.add(waiting, 0, timeout=KEPT_DAYS * 24 * 3600)
    try:
        calls = int(cache.incr(waiting))
    except ValueError:
        calls = 1
    stale = key.last_used_at is None or now - key.last_used_at >= timedelta(seconds=NOTED_EVERY)
    if not stale or not cache.add(f"api:noted:{key.pk}", 1, timeout=NOTED_EVERY):
        return
    cache.delete(waiting)
    today = timezone.localdate(now)
    values: dict[str, str | int | datetime] = {
        "now": now,
        "id": key.pk,
        "calls": calls,
        "day": today.isoformat(),
        "oldest": (today - timedelta(days=KEPT_DAYS)).isoformat(),
    }
    with connection.cursor() as cursor:
        cursor.execute(NOTE, values)


def usage(key: ApiKey, now: datetime) -> list[tuple[str, int]]:
    """Return (ISO date, calls) of the last days, oldest first, days without a call included."""
    stored = key.usage if isinstance(key.usage, dict) else json.loads(key.usage)
    today = timezone.localdate(now)
    days = [today - timedelta(days=back) for back in range(KEPT_DAYS - 1, -1, -1)]
    return [(day.isoformat(), int(stored.get(day.isoformat(), 0))) for day in days]
