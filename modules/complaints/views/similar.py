"""Has somebody told it already? A hint while one types, and a page that answers the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from modules.complaints import conf
from modules.complaints.merge_forms import SimilarForm
from modules.complaints.selectors import public, similar

HINTS = 3
ON_PAGE = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def similar_reports(request: HttpRequest) -> HttpResponse:
    """Show public reports of the last 30 days that may tell of the same thing.

    The form asks by POST and gets a fragment: what somebody types does not belong into
    addresses and logs. A plain GET is a page with its own small form.
    """
    hint = request.method == "POST"
    form = SimilarForm(request.POST if hint else request.GET or None)
    found = _found(form, HINTS if hint else ON_PAGE) if form.is_bound and form.is_valid() else []
    page = {"form": form, "found": found, "asked": form.is_bound}
    name = "complaints/parts/similar.html" if hint else "complaints/similar.html"
    return render(request, name, page)


def _found(form: SimilarForm, limit: int) -> list[similar.Similar]:
    rows, told = public.reports(), form.told()
    district = form.cleaned_data.get("district")
    if district:
        rows = rows.filter(district=int(district))
    radius, now = conf.current().similar_radius, timezone.now()
    if told.pin is None and told.area is None:
        return similar.by_words(rows, told, now=now, limit=limit) if district else []
    return similar.find(rows, told, radius=radius, now=now, limit=limit)
