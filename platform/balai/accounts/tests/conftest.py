"""People and messages for the tests of signing in."""

import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import caches

from balai.accounts.models import User
from balai.context import Region, region_context
from balai.notify import demo


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every test with no attempts counted."""
    for name in ("default", "global"):
        monkeypatch.setattr(caches[name], "key_prefix", uuid.uuid4().hex)


@pytest.fixture
def inbox(settings, tmp_path: Path) -> Callable[[], list[demo.Letter]]:
    """Return a function that gives all SMS so far, oldest first."""
    settings.EMAIL_FILE_PATH = tmp_path
    return lambda: demo.letters(tmp_path)[::-1]


@pytest.fixture
def code_mailed() -> Callable[[], str]:
    """Return a function that gives the code of the newest mail."""
    return lambda: re.findall(r"\b\d{6}\b", mail.outbox[-1].body)[0]


@pytest.fixture
def citizen(region: Region, make_user) -> User:
    """A citizen of Kota Tangerang with a verified address."""
    from allauth.account.models import EmailAddress

    user: User = make_user(city=region)
    with region_context(region):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
