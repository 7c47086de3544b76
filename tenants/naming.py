"""Slugs, schema names and domains: what an address may look like, and when it is free again."""

import re
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SLUG: Final = re.compile(r"[a-z][a-z0-9-]{2,40}\Z")
QUARANTINE: Final = timedelta(days=90)
# fmt: off
RESERVED: Final = frozenset({
    "admin", "api", "app", "apex", "asset", "assets", "auth", "balai", "blog", "cdn", "console",
    "demo", "desk", "dev", "docs", "ftp", "help", "imap", "indonesia", "info", "live", "login",
    "mail", "media", "my", "network", "ns", "ns1", "ns2", "operator", "platform", "pop",
    "provinsi", "public", "pusat", "root", "secure", "security", "shared", "smtp", "staging",
    "static", "status", "support", "system", "test", "tests", "webmail", "wpad", "www",
})
# fmt: on


def validate_slug(value: str) -> None:
    """Refuse what cannot be a region's address.

    Raises:
        ValidationError: with a sentence for the person who typed it.
    """
    if not SLUG.match(value) or "--" in value or value.endswith("-"):
        raise ValidationError(
            _("Use 3 to 41 small letters, digits and hyphens, beginning with a letter."),
            code="invalid",
        )
    if value in RESERVED:
        raise ValidationError(_("This address is reserved."), code="reserved")


def schema_name(slug: str) -> str:
    """Return the schema of a region: "kota-tangerang" lives in "r_kota_tangerang"."""
    return f"r_{slug.replace('-', '_')}"
