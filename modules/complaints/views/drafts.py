"""Pages that a phone keeps for work without a network: the drafts, and the form itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balai.ui.kept import NOBODY, kept_page
from modules.complaints.forms import ReportForm


@kept_page
def index(request: HttpRequest) -> HttpResponse:
    """Show what lies on this phone; the server knows nothing of it."""
    return render(request, "complaints/drafts.html", NOBODY)


@kept_page
def new(request: HttpRequest) -> HttpResponse:
    """Show the form as it stands in for the real one without a network."""
    return render(request, "complaints/drafts_new.html", {"form": ReportForm(), **NOBODY})
