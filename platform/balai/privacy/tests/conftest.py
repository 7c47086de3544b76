"""People whose data lie everywhere, and clients that signed in a moment ago or long ago."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.internal.flows import login

from balai.context import Region, region_context
from balai.privacy.tests.outfit import fill


@pytest.fixture
def signed_in(client_for: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that gives a client whose sign-in is ``ago`` seconds old."""

    def make(city: Region, user: Any, ago: float = 0) -> Any:
        client = client_for(city, user)
        with region_context(city):
            session = client.session
            at = time.time() - ago
            session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "code", "at": at}]
            session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
            session.save()
        return client

    return make


@pytest.fixture
def outfit(make_user: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that makes a person with data in every part, full of a canary."""

    def make(city: Region, canary: str, phone: str) -> Any:
        with region_context(city):
            user = make_user(
                name=f"{canary} Nama", email=f"{canary.lower()}@contoh.test", phone=phone,
                phone_verified=True,
            )  # fmt: skip
            fill(user, canary, phone)
            return user

    return make
