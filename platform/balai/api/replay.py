"""An answer as a row, and back."""

from http.cookies import SimpleCookie
from typing import Any, Final

from django.http import HttpResponse

from balai.outbox.models import IdempotencyKey

HEADERS: Final = ("Content-Type", "Location", "Cache-Control")


def keep(response: HttpResponse) -> dict[str, Any]:
    """Return the fields of IdempotencyKey that hold ``response``, its cookies included."""
    rendered: Any = response
    if not getattr(rendered, "is_rendered", True):
        rendered.render()
    headers = {name: response.headers[name] for name in HEADERS if name in response.headers}
    return {
        "status": response.status_code,
        "body": response.content.decode(),
        "headers": {**headers, "cookies": response.cookies.output(header="", sep="\n")},
    }


def restore(kept: IdempotencyKey) -> HttpResponse:
    """Return the answer again, marked as a repetition."""
    headers = {name: value for name, value in kept.headers.items() if name != "cookies"}
    response = HttpResponse(kept.body, status=kept.status, headers=headers)
    for line in kept.headers.get("cookies", "").splitlines():
        response.cookies.update(SimpleCookie(line.strip()))
    response.headers["Idempotency-Replayed"] = "true"
    return response
