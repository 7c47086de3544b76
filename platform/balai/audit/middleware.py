"""Remember who makes the request, for whatever it records."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from balai.audit.actor import Actor, acting

ANONYMOUS = "visitor"


class ActorMiddleware:
    """Set the actor for the request; its user is read only if something is recorded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in its user's name."""
        with acting(lambda: actor_of(request)):
            return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """Return the request's user as an actor, or an anonymous visitor."""
    user: Any = request.user
    request_id: str = getattr(request, "request_id", "")
    if not user.is_authenticated:
        return Actor(label=ANONYMOUS, request_id=request_id)
    return Actor(uuid=user.uuid, label=user.label, request_id=request_id)
