"""One page for the isolation tests: whose request it is, in all its layers."""

from collections.abc import Iterator

from django.db import connection
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from balai import context
from balai.endpoints import Endpoint, belongs
from balai.urls_common import handler404, urlpatterns as common

__all__ = ["handler404", "urlpatterns"]


def _schema() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


@belongs(Endpoint.CITIZEN_READ)
@csrf_exempt
def whoami(request: HttpRequest) -> JsonResponse:
    """Tell the region of the request, of the context and of the database, and the user."""
    region = context.region_or_none()
    return JsonResponse(
        {
            "request": request.region.slug if request.region else "apex",
            "context": region.slug if region else "apex",
            "schema": _schema(),
            "host": request.get_host(),
            "user": str(request.user.uuid) if request.user.is_authenticated else "anonymous",
        }
    )


@belongs(Endpoint.CITIZEN_READ)
def stream(request: HttpRequest) -> StreamingHttpResponse:
    """Ask the database from inside the stream, after the middleware has returned."""

    def chunks() -> Iterator[str]:
        yield context.schema() + " "
        yield _schema()

    return StreamingHttpResponse(chunks())


@belongs(Endpoint.CITIZEN_READ)
def fail(request: HttpRequest) -> JsonResponse:
    """Break in the middle of a request."""
    raise RuntimeError("on purpose")


urlpatterns = [
    path("whoami/", whoami),
    path("stream/", stream),
    path("fail/", fail),
    *common,
]
