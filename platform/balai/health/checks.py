"""Django's system checks: what can be told from the settings alone."""

from typing import Any

from django.core import checks

from balai.health.settings_rules import broken_rules


def register() -> None:
    """Add our check to ``manage.py check``; its errors also stop ``migrate`` and the server."""
    checks.register(check_settings, checks.Tags.security)


def check_settings(**_: Any) -> list[checks.CheckMessage]:
    """Report every broken rule as an error."""
    return [
        checks.Error(refusal.problem, hint=refusal.remedy, id=f"balai.E{number:03}")
        for number, refusal in broken_rules()
    ]
