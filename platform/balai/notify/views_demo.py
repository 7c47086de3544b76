"""The page of the demo's letter box."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.notify import demo


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show every mail and SMS of the demo, codes included; 404 anywhere else."""
    if not settings.DEMO:
        raise Http404
    letters = demo.letters(Path(settings.EMAIL_FILE_PATH))
    return render(request, "notify/demo_inbox.html", {"letters": letters})
