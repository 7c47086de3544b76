"""What several pages need."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from modules.jobs.models import Application, Employer, Vacancy
from modules.jobs.selectors import employers
from modules.jobs.workflow import NotAllowed

View = Callable[..., HttpResponseBase]


def personal(view: View) -> View:
    """Ask for an account and keep the page out of every cache."""
    guarded: View = login_required(never_cache(view))
    return guarded


def refusing(where: str) -> Callable[[View], View]:
    """Turn a refused move into a message on the page called ``where`` of the same thing.

    The thing is what the address names first; what was to be done with it may follow.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, **kwargs)
            except NotAllowed as refusal:
                messages.error(request, str(refusal))
                back: HttpResponseBase = redirect(where, next(iter(kwargs.values())))
                return back

        return guarded

    return decorate


def employer_or_404(request: HttpRequest, employer: UUID) -> Employer:
    """Return an employer the visitor acts for; to others it does not exist."""
    found = employers.one(request.user, employer)
    if found is None:
        raise Http404
    return found


def vacancy_or_404(request: HttpRequest, vacancy: UUID) -> Vacancy:
    """Return a vacancy of an employer the visitor acts for."""
    found = employers.vacancy(request.user, vacancy)
    if found is None:
        raise Http404
    return found


def applicant_or_404(request: HttpRequest, application: UUID) -> Application:
    """Return an application to an employer the visitor acts for."""
    found = employers.application(request.user, application)
    if found is None:
        raise Http404
    return found


def reference(request: HttpRequest, name: str) -> UUID | None:
    """Return the uuid that the address gives under ``name``, None for none."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def local(request: HttpRequest, target: str, fallback: str) -> str:
    """Return an address to go on to, if it is on this site."""
    fine = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if fine and target else fallback
