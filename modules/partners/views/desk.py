"""The lists of shares, and one share: the city's page of it and the partner's."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from balai.ui.paging import paged
from modules.partners import sources, topics, workflow
from modules.partners.models import Access, Link, Partner, Share
from modules.partners.selectors import log, reach, shares
from modules.partners.services import links, reading
from modules.partners.story import steps
from modules.partners.views import acts
from modules.partners.views.common import photo as send_photo, place_map, share_or_404
from modules.partners.workflow import SHARE, NotAllowed, Who

DESK = "partners.access_desk"
TABS = {
    "waiting": pgettext_lazy("shares", "Not acknowledged"),
    "held": pgettext_lazy("shares", "Wait for consent"),
    "working": pgettext_lazy("shares", "Being worked on"),
    "answered": pgettext_lazy("shares", "Answered"),
    "over": pgettext_lazy("shares", "Over"),
}


@never_cache
@require_safe
@desk_required(DESK)
def index(request: HttpRequest) -> HttpResponse:
    """List shares, those that wait first: all of them, or one's own institution's."""
    return render(request, "partners/desk/index.html", _list(request))


@never_cache
@require_safe
@desk_required(DESK)
def rows(request: HttpRequest) -> HttpResponse:
    """Return the list alone, for the live update."""
    return render(request, "partners/desk/parts/rows.html", _list(request))


def _list(request: HttpRequest) -> dict[str, Any]:
    side = acts.side_of(request.user)
    within = reach.of_user(request.user)
    known = tuple(shares.TABS) if side is Who.REGION else shares.PARTNER_TABS
    tab = request.GET.get("tab", "")
    tab = tab if tab in known else known[0]
    query, partner = request.GET.get("q", "")[:80], request.GET.get("partner", "")[:40]
    page = paged(request, shares.filtered(within, tab, query, partner))
    numbers = shares.counts(within)
    return {
        "tab": tab, "query": query, "partner": partner, "now": timezone.now(), "page": page,
        "tabs": [(name, TABS[name], numbers[name]) for name in known], "region": side is Who.REGION,
        "rows": shares.with_facts(page.object_list, secretly=side is Who.REGION),
        "partners": _partners(side), "topics": " ".join(topics.CHANGES),
    }  # fmt: skip


def _partners(side: Who) -> list[tuple[str, str]]:
    if side is Who.PARTNER:
        return []
    used = Share.objects.order_by().values("cooperation__partner")
    return list(Partner.objects.filter(pk__in=used).values_list("slug", "short_name"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(DESK)
def share(request: HttpRequest, share: UUID) -> HttpResponseBase:
    """Show one share; POST carries out what its buttons offer."""
    found, user = share_or_404(request, share), request.user
    side = acts.side_of(user)
    offered = {act.name: act for act in acts.offered(found, user, side)}
    posted = request.method == "POST"
    wanted = (request.POST if posted else request.GET).get("do", "")
    act = offered.get(wanted)
    form = acts.form_of(act, found, request.POST if posted else None) if act else None
    if posted:
        if act is None:
            messages.error(request, str(workflow.MOVED_ON))
            return redirect(request.path)
        if form is None or form.is_valid():
            _carry_out(request, act, found, form.cleaned_data if form else {})
            return redirect(_after(found, user))
    page = {
        **_both(found, side),
        **(_city(found, user) if side is Who.REGION else _theirs(found, user)),
        "acts": list(offered.values()), "act": act, "form": form,
    }  # fmt: skip
    return render(request, "partners/desk/share.html", page, status=422 if posted else 200)


def _carry_out(request: HttpRequest, act: acts.Act, found: Share, told: dict[str, Any]) -> None:
    try:
        act.run(found, request.user, acts.side_of(request.user), told)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(act.done))


def _after(found: Share, user: Any) -> str:
    """Return where to go on: the share, or the list when it is out of one's reach now."""
    there = shares.one(reach.of_user(user), found.uuid)
    return (
        reverse("partners_desk:share", args=[found.uuid])
        if there
        else reverse("partners_desk:index")
    )


def _both(found: Share, side: Who) -> dict[str, Any]:
    [row] = shares.with_facts([found], secretly=side is Who.REGION)
    return {
        "share": found, "row": row, "now": timezone.now(), "region": side is Who.REGION,
        "late": found.late(timezone.now()), "steps": steps(found, side),
        "told": sources.fields(found.source, found.fields), "topics": " ".join(topics.CHANGES),
    }  # fmt: skip


def _city(found: Share, user: Any) -> dict[str, Any]:
    """Return what the city sees: the way to the case, links, and who opened it."""
    source = sources.get(found.source)
    mine = source is not None and source.contract.may_share(user, found.case)
    now = timezone.now()
    return {
        "case_url": source.page(found.case) if source and mine else "",
        "links": [(link, link.revoked_at is None and link.expires_at > now)
                  for link in found.links.select_related("made_by")],
        "may_revoke": user.has_perm(SHARE), "accesses": log.accesses(found),
        "shared_by": log.who(found),
    }  # fmt: skip


def _theirs(found: Share, user: Any) -> dict[str, Any]:
    """Return what the partner reads of the case; it is noted that somebody did."""
    opened = reading.read(share=found, via=Access.Via.INBOX, by=user)
    return {"opened": opened, "map": place_map(opened), "photo_url": "partners_desk:photo"}


@never_cache
@require_safe
@desk_required(reach.INBOX)
def photo(request: HttpRequest, share: UUID, file: UUID) -> HttpResponseBase:
    """Send one of the photos of a case that is shared with the visitor's institution."""
    found = shares.one(reach.of_partner(reach.seats(request.user)), share)
    if found is None:
        raise Http404
    answer = send_photo(reading.look(found), file)
    user: Any = request.user
    reading.note(share=found, via=Access.Via.INBOX, what="photo", by=user)
    return answer


@require_POST
@desk_required(SHARE)
def revoke_link(request: HttpRequest, link: UUID) -> HttpResponseBase:
    """End a link at once."""
    user: Any = request.user
    found = Link.objects.filter(uuid=link).select_related("share").first()
    if found is None:
        raise Http404
    links.revoke(link=found, by=user)
    messages.success(request, _("The link opens nothing any more."))
    return redirect("partners_desk:share", found.share.uuid)
