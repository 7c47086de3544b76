"""Sending a request twice has one effect and gives one answer (requirement D-04).

The answer is stored in the transaction of the effects: if the process dies between COMMIT and
the answer, the repetition gets the answer that was lost; if it dies before, it starts anew.
"""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from balai import context
from balai.api import fingerprint, replay
from balai.outbox.models import IdempotencyKey

View = Callable[..., HttpResponseBase]

HEADER: Final = "Idempotency-Key"
FIELD: Final = "idempotency_key"
KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
PATIENCE: Final = "10s"


def idempotent(scope: str) -> Callable[[View], View]:
    """Make a view answer a repeated POST with its first answer.

    A program names its request in the header Idempotency-Key; while the first one is being
    worked on it gets 409, for other contents under the same key 422. A form carries the
    field ``{% idempotency_key %}``: a second click waits for the first one's answer, and
    changed contents are a new request. Without either the view runs as it is. The view runs
    in one transaction; an answer of 400 and above undoes it and is not remembered.

    Args:
        scope: what is being done, "<module>.<action>"; keys of different scopes never meet.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            header = request.headers.get(HEADER, "")
            given = header or request.POST.get(FIELD, "")
            if request.method in SAFE or not given:
                return view(request, *args, **kwargs)
            if not KEY.match(given):
                return _refuse(400, _("An Idempotency-Key is 8 to 64 letters, digits, - and _."))
            said = fingerprint.of(request, ignore=(FIELD, "csrfmiddlewaretoken"))
            key = given if header else _digest(given, said)
            with transaction.atomic():
                if not _lock(scope, key, wait=not header):
                    return _refuse(409, _("The same request is being worked on."))
                return _answer(scope, key, said, lambda: view(request, *args, **kwargs))

        return once

    return decorate


def _answer(
    scope: str, key: str, said: str, work: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    earlier = IdempotencyKey.objects.filter(scope=scope, key=key).first()
    if earlier is not None:
        if earlier.fingerprint != said:
            return _refuse(422, _("This Idempotency-Key was used for other contents."))
        return replay.restore(earlier)
    response = work()
    if response.status_code >= 400:
        transaction.set_rollback(True)
        return response
    if not isinstance(response, HttpResponse):
        raise TypeError("a streamed answer cannot be repeated")
    IdempotencyKey.objects.create(scope=scope, key=key, fingerprint=said, **replay.keep(response))
    return response


def _lock(scope: str, key: str, *, wait: bool) -> bool:
    """Hold scope and key until the transaction ends; False when another request has them."""
    digest = hashlib.sha256(f"{context.schema()}\0{scope}\0{key}".encode()).digest()
    number = int.from_bytes(digest[:8], "big", signed=True)
    with connection.cursor() as cursor:
        if not wait:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
            return bool(cursor.fetchone()[0])
        try:
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
                cursor.execute("SET LOCAL lock_timeout = 0")
        except OperationalError:
            return False
        return True


def _digest(given: str, said: str) -> str:
    return hashlib.sha256(f"{given}\0{said}".encode()).hexdigest()


def _refuse(status: int, message: str) -> JsonResponse:
    code = {400: "bad_request", 409: "conflict", 422: "unprocessable_entity"}[status]
    return JsonResponse({"code": code, "message": message, "fields": {}}, status=status)
