"""Read settings from the environment, with errors a person can act on."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Return the variable ``name``.

    Raises:
        ImproperlyConfigured: when it is unset and has no default.
    """
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"Set the environment variable {name}; see docs/how-to/production.md."
        )
    return value


def secret(name: str, default: str | None = None) -> str:
    """Return the variable ``name``, or the content of the file named by ``<name>_FILE``."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text(encoding="utf-8").strip() if path else text(name, default)


def flag(name: str, default: bool = False) -> bool:
    """Return True for 1, true, yes or on."""
    return text(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Return the variable as a whole number.

    Raises:
        ImproperlyConfigured: when it is not one.
    """
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def named(name: str) -> dict[str, str]:
    """Return a secret variable of blanks-separated ``name=value`` pairs as a mapping.

    Raises:
        ImproperlyConfigured: for a part without "=".
    """
    found = {}
    for part in secret(name, "").split():
        key, mark, value = part.partition("=")
        if not mark:
            raise ImproperlyConfigured(f"{name} must be written as name=value name=value.")
        found[key] = value
    return found


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for ``postgres://user:password@host:port/name?option=value``.

    Raises:
        ImproperlyConfigured: when the URL is not one of PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// .")
    options: Mapping[str, str] = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(options),
    }
