"""What every endpoint of the protocol refuses before anything else."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt


class Guarded:
    """A view that keeps nothing in caches and takes no text that the database cannot hold.

    Programs send no CSRF token; allauth's views check it themselves where a person decides.
    """

    @method_decorator(csrf_exempt)  # Django looks for the mark on the outermost dispatch
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 400 to a NUL in any parameter; forbid storing the answer (RFC 6749 5.1)."""
        response: HttpResponseBase
        if any("\0" in value for data in (request.GET, request.POST) for value in _values(data)):
            response = JsonResponse({"error": "invalid_request"}, status=400)
        else:
            response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin of View
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _values(data: Any) -> list[str]:
    return [value for _name, values in data.lists() for value in values]
