"""Where Stripe tells us that something happened, at the apex."""

from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from provisioning.billing import gateway, inbox

LARGEST: Final = 256 * 1024
"""Bytes; an event has a few thousand."""


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Keep a signed event and say so; a worker acts on it. Anything else is a 400.

    Stripe sends an event again, for three days, until it is answered with a 2xx.
    """
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise Http404
    if len(request.body) > LARGEST:
        return HttpResponse(status=413)
    try:
        event = gateway.event(request.body, request.headers.get("Stripe-Signature", ""))
    except gateway.BadSignatureError:
        return HttpResponse(status=400)
    inbox.keep(event)
    return HttpResponse(status=200)
