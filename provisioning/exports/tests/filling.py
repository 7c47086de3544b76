"""A row in every table of a region, with canaries in every text and values sealed for real."""

import secrets as random
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils import timezone
from model_bakery import baker

from balai import secrets
from balai.accounts.models import User
from balai.classify import registry
from balai.classify.declaring import Table
from balai.notify.models import Subscription

CANARY = "Kenari “Ñandú” \\n \t =1+1; 'x' \U0001f426"
PHOTO = "complaints/7f/kenari.jpg"


def fill() -> None:
    """Make at least one row in each table of the active region, and a file."""
    default_storage.save(PHOTO, ContentFile(random.token_bytes(3000)))
    user = User.objects.order_by("pk").first()
    Subscription.objects.create(subject="news.topic:kenari", user=user)
    left = [model for model in registry.region_models() if not model.objects.exists()]
    for _ in range(6):  # what a row points at may come later in the list
        left = [model for model in left if not _made(model)]
        if not left:
            return
    raise AssertionError(f"no row could be made: {[model._meta.label for model in left]}")


def _made(model: type[models.Model]) -> bool:
    values: dict[str, Any] = {}
    for field in model._meta.local_concrete_fields:
        to = field.related_model
        if isinstance(to, type):
            row = to.objects.order_by("pk").first()
            if row is None and not field.null and to is not model:
                return False
            values[field.name] = None if to is model and field.null else row
        elif field.name not in ("id", model._meta.pk.name) or isinstance(field, models.UUIDField):
            values |= _value(model, field, registry.of(model))
    made = OWN.get(model._meta.label, {})
    with transaction.atomic():
        row = baker.prepare(model, **{**values, **made})
        row.save()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return True


def _value(model: type[models.Model], field: models.Field, table: Table) -> dict[str, Any]:
    name = field.name
    if isinstance(field, models.BinaryField):
        purpose = table.sealed.get(name)
        if purpose:
            return {name: secrets.seal(f"{CANARY} {name}", purpose=purpose)}
        digest = table.digests.get(name)
        if digest:
            return {name: secrets.digest(f"{CANARY} {digest.of}", purpose=digest.purpose)}
        return {name: b"\x00\xff"}
    if field.choices or field.has_default() or field.unique:
        return {}
    if isinstance(field, models.URLField):
        return {name: "https://contoh.test/kenari"}
    if isinstance(field, models.EmailField):
        return {name: "kenari@contoh.test"}
    if isinstance(field, models.TextField) or (
        isinstance(field, models.CharField) and (field.max_length or 0) > len(CANARY)
    ):
        return {name: CANARY}
    if isinstance(field, models.JSONField):
        return {name: {"b": [1, 2.5, None, CANARY], "a": True}}
    if isinstance(field, models.FloatField):
        return {name: 106.63123456789012}
    if isinstance(field, models.DateTimeField) and field.null:
        return {name: timezone.now() + timedelta(microseconds=1)}
    return {}


# What constraints of the database ask for.
OWN: dict[str, dict[str, Any]] = {
    "prices.DayPrice": {"low": 13000, "mean": 13500, "high": 14000},
    "prices.Quote": {"price": 13500},
}
