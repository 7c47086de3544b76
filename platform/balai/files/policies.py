"""Who may see a file: one rule a purpose, and nobody where there is none."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from balai.files.models import StoredFile

Policy = Callable[[Any, "StoredFile", HttpRequest], bool]
_policies: dict[str, Policy] = {}
_public: set[str] = set()


def policy(purpose: str, rule: Policy, *, public: bool = False) -> None:
    """Register who may see files of ``purpose``.

    Args:
        rule: called with the user (perhaps anonymous), the file and the request, every time.
        public: what the rule allows may be kept by shared caches for five minutes.

    Raises:
        ValueError: when the purpose has a rule already.
    """
    if _policies.get(purpose, rule) is not rule:
        raise ValueError(f"files of {purpose!r} have a policy already")
    _policies[purpose] = rule
    if public:
        _public.add(purpose)


def allows(user: Any, file: "StoredFile", request: HttpRequest) -> bool:
    """Tell whether the visitor may see ``file``; False for a purpose without a rule."""
    rule = _policies.get(file.purpose)
    return rule is not None and bool(rule(user, file, request))


def is_public(purpose: str) -> bool:
    """Tell whether files of ``purpose`` may be cached outside the browser."""
    return purpose in _public


def purposes() -> list[str]:
    """Return every purpose that has a rule."""
    return sorted(_policies)
