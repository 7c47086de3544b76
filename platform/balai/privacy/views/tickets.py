"""Rights without an account: by the number and the secret of what was sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from balai.privacy import subjects, visitor
from balai.privacy.forms import TicketForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Open one's data with number and secret; wrong guesses are counted by the part."""
    form = TicketForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ticket = subjects.open_ticket(request, **form.cleaned_data)
        if ticket is not None:
            response = redirect("privacy:index")
            visitor.remember(response, ticket)
            return response
        form.add_error(None, _("Nothing has this number and secret. Check both."))
    return render(
        request, "privacy/ticket.html", {"form": form}, status=422 if form.errors else 200
    )


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Act for the thing no longer."""
    response = redirect("privacy:ticket")
    visitor.forget(response)
    return response
