"""``{% load idempotency %}{% idempotency_key %}`` inside a form: sending it twice counts once."""

import uuid

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from balai.api.idempotency import FIELD

register = template.Library()


@register.simple_tag
def idempotency_key() -> SafeString:
    """Return the hidden field with a fresh key."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid.uuid4())
