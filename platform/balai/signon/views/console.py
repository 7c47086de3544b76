"""The console's pages of connected apps: register, configure, new secret, stop, keys."""

from typing import Any

from allauth.idp.oidc.models import Client
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import console_required
from balai.signon import clients, keys, recipes, scopes
from balai.signon.forms import ClientForm, ReasonForm
from balai.signon.models import Grant, SigningKey

PER_PAGE = 25


@console_required
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the apps, the newest first, with how many people use them (3 queries)."""
    page = Paginator(Client.objects.order_by("-created_at", "id"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    people = _people([row.pk for row in page.object_list])
    rows = [(row, clients.is_disabled(row), people.get(row.pk)) for row in page.object_list]
    return render(request, "signon/console/apps.html", {"page": page, "rows": rows})


@console_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register an app; its secret is shown this once."""
    form = ClientForm(request.POST or None, initial={"name": request.GET.get("name", "")[:80]})
    if request.method == "POST" and form.is_valid():
        client, secret = clients.register(app=form.app())
        return _made(request, client, secret)
    shown = {"form": form}
    return render(request, "signon/console/form.html", shown, status=422 if form.errors else 200)


@console_required
@never_cache
@require_safe
def detail(request: HttpRequest, client: str) -> HttpResponse:
    """Show an app and its configuration."""
    found = get_object_or_404(Client, pk=client)
    shown = {
        "client": found, "disabled": clients.is_disabled(found),
        "people": _people([found.pk]).get(found.pk), "recipes": recipes.of(found),
        "learns": [scopes.OFFERED[word].label for word in scopes.ordered(found.get_scopes())],
        "public": found.type == Client.Type.PUBLIC,
    }  # fmt: skip
    return render(request, "signon/console/app.html", shown)


@console_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, client: str) -> HttpResponse:
    """Change an app's name, addresses, and what it may learn."""
    found = get_object_or_404(Client, pk=client)
    form = ClientForm(request.POST or None, client=found)
    if request.method == "POST" and form.is_valid():
        clients.change(client=found, app=form.app())
        messages.success(request, _("Saved."))
        return redirect("signon_console:app", found.pk)
    shown = {"form": form, "client": found}
    return render(request, "signon/console/form.html", shown, status=422 if form.errors else 200)


@console_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def secret(request: HttpRequest, client: str) -> HttpResponse:
    """Ask, then give an app a new secret."""
    found = get_object_or_404(Client, pk=client, type=Client.Type.CONFIDENTIAL)
    if request.method == "POST":
        return _made(request, found, clients.new_secret(client=found))
    return _ask(
        request, found, _("Give %(name)s a new secret?"), _("Make a new secret"),
        stops=_(
            "The old secret opens nothing any more. Nobody can sign in there until the new one is"
            " in the app's configuration."
        ),
        stays=_("People's consents and the sessions that they have in the app."),
    )  # fmt: skip


@console_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, client: str) -> HttpResponse:
    """Ask for the reason, then stop an app."""
    found, form = get_object_or_404(Client, pk=client), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clients.disable(client=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("Nobody can sign in to %(name)s now.") % {"name": found.name})
        return redirect("signon_console:app", found.pk)
    shown = {"form": form, "client": found}
    return render(request, "signon/console/stop.html", shown, status=422 if form.errors else 200)


@console_required
@require_POST
def resume(request: HttpRequest, client: str) -> HttpResponse:
    """Let a stopped app in again."""
    found = get_object_or_404(Client, pk=client)
    clients.enable(client=found)
    messages.success(request, _("People can sign in to %(name)s again.") % {"name": found.name})
    return redirect("signon_console:app", found.pk)


@console_required
@never_cache
@require_safe
def keys_page(request: HttpRequest) -> HttpResponse:
    """Show which keys sign now, soon, and no longer."""
    now = timezone.now()
    alive = SigningKey.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))
    waiting = any(row.not_before > now for row in alive)
    shown = {"rows": alive, "now": now, "waiting": waiting, "form": ReasonForm()}
    return render(request, "signon/console/keys.html", shown)


@console_required
@require_POST
def rotate(request: HttpRequest) -> HttpResponse:
    """Replace the key with an overlap."""
    keys.rotate()
    messages.success(request, _("The new key is published now and signs in two hours."))
    return redirect("signon_console:keys")


@console_required
@require_POST
def replace(request: HttpRequest) -> HttpResponse:
    """Replace the key at once, with a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write why the key is replaced at once."))
        return redirect("signon_console:keys")
    keys.replace_now(reason=form.cleaned_data["reason"])
    messages.success(request, _("The old keys are worth nothing any more."))
    return redirect("signon_console:keys")


def _people(ids: list[str]) -> dict[str, Any]:
    """Return how many people each app knows, and when somebody last signed in."""
    rows = Grant.objects.filter(client__in=ids).exclude(scopes="").values("client")
    return {row["client"]: row for row in rows.annotate(n=Count("pk"), last=Max("used_at"))}


def _made(request: HttpRequest, client: Client, text: str) -> HttpResponse:
    shown = {"client": client, "secret": text, "recipes": recipes.of(client)}
    return render(request, "signon/console/made.html", shown)


def _ask(
    request: HttpRequest, client: Client, question: str, yes: str, **words: str
) -> HttpResponse:
    shown = {
        "question": question % {"name": client.name}, "yes": yes, "no": _("Back"),
        "back": reverse("signon_console:app", args=[client.pk]), "danger": True,
        "confirm_base": "balai/console.html", **words,
    }  # fmt: skip
    return render(request, "balai/confirm.html", shown)
