"""A form is kept from the moment a call is answered until it is sent or thrown away.

It is encrypted, for it may name people, and belongs to who began it.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from balai import audit, secrets
from modules.emergency.models import Draft
from modules.emergency.selectors.drafts import PURPOSE

if TYPE_CHECKING:
    from balai.accounts.models import User

UNTOUCHED: Final = timedelta(minutes=10)
KEPT: Final = timedelta(days=14)
LONGEST: Final = 20_000


@transaction.atomic
def begin(*, taker: "User", now: datetime | None = None) -> Draft:
    """Answer a call: keep an empty form with the time.

    The taker's forms of two weeks ago, and those in which nothing was ever typed, go.
    """
    now = now or timezone.now()
    old = Draft.objects.filter(taker=taker)
    old.filter(saved_at__lt=now - KEPT).delete()
    old.filter(saved_at=F("begun_at"), begun_at__lt=now - UNTOUCHED).delete()
    return Draft.objects.create(
        key=uuid.uuid4(), taker=taker, sealed=sealed({}), begun_at=now, saved_at=now
    )


def keep(
    *, key: uuid.UUID, taker: "User", values: Mapping[str, str], now: datetime | None = None
) -> bool:
    """Store what the form holds now.

    Returns:
        False when there is no such form of this taker: it was sent or thrown away. A late
        request never brings it back.
    """
    mine = Draft.objects.filter(key=key, taker=taker)
    return bool(mine.update(sealed=sealed(values), saved_at=now or timezone.now()))


@transaction.atomic
def discard(*, key: uuid.UUID, taker: "User") -> bool:
    """Throw a form away; that a call was answered stays in the log. False when there is none."""
    draft = Draft.objects.select_for_update().filter(key=key, taker=taker).first()
    if draft is None:
        return False
    draft.delete()
    audit.record(
        action="emergency.draft_discarded", target=str(key),
        before={"answered_at": draft.begun_at.isoformat()},
    )  # fmt: skip
    return True


def sealed(values: Mapping[str, str]) -> bytes:
    """Return a form's fields encrypted; of one that is too long only its short fields."""
    text = json.dumps(dict(values))
    if len(text) > LONGEST:
        text = json.dumps({name: value[:255] for name, value in list(values.items())[:60]})
    return secrets.seal(text, purpose=PURPOSE)
