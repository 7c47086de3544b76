"""The words page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balai import context
from balai.accounts.guards import console_required
from tenants.console.forms import WordsForm
from tenants.words import set_words


@require_http_methods(["GET", "POST"])
@console_required
def words(request: HttpRequest) -> HttpResponseBase:
    """Show and store the region's own terms."""
    region = context.current_region()
    form = WordsForm(request.POST or None, own=region.words, kind=region.kind)
    if form.is_valid():
        set_words(region, form.cleaned_data)
        messages.success(request, _("Your words are on all pages now."))
        return redirect("tenants_console:words")
    return render(request, "tenants/console/words.html", {"form": form})
