"""People of an emergency centre for benches, and an emergency taken as their screen does."""

import time
from collections.abc import Callable
from typing import Final

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import region_context
from tests.support import asking
from tests.support.officer import Answer, Officer
from tests.support.stack import Stack

CITY: Final = "tangerang"
PEOPLE: Final = {role: f"{role}@bangku.test" for role in ("call_taker", "dispatcher")}
PASSWORD: Final = "sandi-untuk-bangku-uji"
TAKE: Final = "/desk/emergency/take/"
TOLD: Final = {
    "kind": "normal", "channel": "call", "number": "080001120001", "category": "kebakaran",
    "address": "Jl. Merdeka No. 1", "text": "Api di lantai dua, ada orang di dalam.",
}  # fmt: skip
FETCH: Final = {"X-Requested-With": "fetch"}


def staff() -> None:
    """Make the people; for :func:`tests.support.stack.running`."""
    from allauth.account.models import EmailAddress

    with region_context(asking.region(f"r_{CITY}")):
        for role, email in PEOPLE.items():
            user = User.objects.create_user(email=email, name=role, password=PASSWORD)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            grant_role(user=user, role=role)


def host(stack: Stack) -> str:
    """Return the city's host name with the stack's port."""
    return f"{CITY}.localhost:{stack.port}"


def signed_in(stack: Stack, role: str) -> Officer:
    """Return one of the people at work."""
    return Officer(stack.port, host(stack)).sign_in(PEOPLE[role], PASSWORD)


def take(taker: Officer) -> list[float]:
    """Take an emergency; return how long each request took, in ms.

    Raises:
        AssertionError: when one was not answered as it should be.
    """
    spent: list[float] = []

    def timed(wanted: int, ask: Callable[[], Answer]) -> Answer:
        began = time.perf_counter()
        answer = ask()
        spent.append((time.perf_counter() - began) * 1000)
        if answer.status != wanted:
            raise AssertionError(f"{answer.status} {answer.body[:500]}")
        return answer

    form = timed(302, lambda: taker.post(f"{TAKE}answer/", {})).location
    timed(200, lambda: taker.get(form))
    timed(204, lambda: taker.post(f"{form}keep/", TOLD))
    timed(201, lambda: taker.post(form, TOLD, **FETCH))
    return spent
