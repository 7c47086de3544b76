"""Who asks for their data, and how sure we are: signed in and lately, or by number and secret."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from balai import signing
from balai.privacy.person import Person, Ticket

COOKIE: Final = "balai_my_data"
SALT: Final = "privacy.ticket"
OPEN_FOR: Final = 3600
FRESH_FOR: Final = 15 * 60
"""Seconds that a sign-in counts as fresh."""
View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Person | None:
    """Return who asks: the ticket this browser opened within the hour, else the account."""
    ticket = _ticket(request)
    if ticket is not None:
        return Person(ticket=ticket)
    user: Any = request.user
    return Person(user=user) if user.is_authenticated else None


def remember(response: HttpResponseBase, ticket: Ticket) -> None:
    """Let this browser act for the ticket for an hour; nothing is kept on the server."""
    response.set_cookie(
        COOKIE, signing.dumps(str(ticket), salt=SALT), max_age=OPEN_FOR, httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def forget(response: HttpResponseBase) -> None:
    """Act for the ticket no longer."""
    response.delete_cookie(COOKIE)


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person proved who they are within a quarter of an hour."""
    user: Any = request.user
    records = get_authentication_records(request, user)
    last = max((float(record["at"]) for record in records), default=0.0)
    return time.time() - last <= FRESH_FOR


def subject_required(*, fresh: bool = False) -> Callable[[View], View]:
    """Hand the view its person as its second argument; others sign in first.

    Args:
        fresh: ask an account that signed in long ago to do so again. A ticket's secret was shown
            within the hour.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            person = person_of(request)
            if person is None:
                return redirect_to_login(request.get_full_path())
            if fresh and person.user is not None and not is_fresh(request):
                return render(request, "privacy/again.html", {"next": request.path}, status=403)
            return view(request, person, *args, **kwargs)

        return guarded

    return decorate


def _ticket(request: HttpRequest) -> Ticket | None:
    kept = request.COOKIES.get(COOKIE, "")
    try:
        return Ticket.parse(signing.loads(kept, salt=SALT, max_age=OPEN_FOR)) if kept else None
    except (signing.BadSignature, ValueError):
        return None
