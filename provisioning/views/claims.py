"""An objection by the rightful government of a region that is open already."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.directory import reference
from provisioning.forms import ClaimForm
from provisioning.models import Claim
from provisioning.rules import open_codes
from provisioning.signup import mail
from provisioning.views.wizard import posted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """Take an objection; operators settle it by telephone and letter."""
    place = reference.find(code)
    if not isinstance(place, reference.Regency) or code not in open_codes():
        raise Http404
    form = ClaimForm(posted(request), instance=Claim(code=code))
    if request.method == "POST" and form.is_valid():
        _file(form, place.full_name)
        return redirect("provisioning:claim-sent", code=code)
    status = 422 if form.errors else 200
    context = {"form": form, "place": place}
    return render(request, "provisioning/site/claim.html", context, status=status)


@require_safe
def claim_sent(request: HttpRequest, code: str) -> HttpResponse:
    """Say what happens next."""
    return render(request, "provisioning/site/claim_sent.html")


@transaction.atomic
def _file(form: ClaimForm, name: str) -> None:
    filed: Claim = form.save()
    context = {"claim": filed, "region": name, "language": get_language()}
    transaction.on_commit(lambda: mail.send_operators("claim", filed, context), robust=True)
    transaction.on_commit(
        lambda: mail.deliver("claim_received", [filed.email], context), robust=True
    )
