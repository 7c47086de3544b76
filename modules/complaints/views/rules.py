"""The console's pages of routing rules: try out, then save; and take the last change back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai import signing
from balai.accounts.guards import console_required
from modules.complaints import rights
from modules.complaints.models import Complaint
from modules.complaints.rule_forms import RuleForm
from modules.complaints.selectors import rules as rulebook, tryout
from modules.complaints.selectors.rules import Rule
from modules.complaints.services import routing
from modules.complaints.workflow import NotAllowed

SALT = "complaints.tryout"
TRIED_AGE = 24 * 3600
UNDO = "complaints_rules_undo"


@never_cache
@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List the rules in the order in which they are asked."""
    page = {
        "rules": rulebook.rows(),
        "undo": request.session.get(UNDO),
        "closed": _("Closed agency: the rule is passed over."),
    }
    return render(request, "complaints/console/rules.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def edit(request: HttpRequest, rule: UUID | None = None) -> HttpResponseBase:
    """Change a rule or add one: the first POST tries it out, the second one saves."""
    before = rulebook.current()
    old = _one(before, rule) if rule else None
    form = RuleForm(request.POST or None, rule=old)
    if request.method != "POST":
        return _form(request, form, old)
    if not form.is_valid():
        return _form(request, form, old, status=422)
    # The same new rule keeps one uuid from the try-out to the saving.
    made = form.rule(rule or _wished(request))
    after = rulebook.changed(before, made)
    if request.POST.get("do") == "save" and _was_tried(request, before, after):
        return _save(request, before, after, "changed" if old else "added")
    again = request.POST.get("do") == "save"
    return _form(request, form, old, **_tried(request, before, after), made=made.uuid, again=again)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def delete(request: HttpRequest, rule: UUID) -> HttpResponseBase:
    """Show what would change without the rule; POST deletes it."""
    before = rulebook.current()
    gone = _one(before, rule)
    after = rulebook.without(before, rule)
    if request.method == "POST" and _was_tried(request, before, after):
        return _save(request, before, after, "deleted")
    page = {
        "question": _("Delete the rule “%(name)s”?") % {"name": gone.name},
        "yes": _("Delete the rule"),
        "danger": True,
    }
    return _confirm(request, before, after, page)


@never_cache
@require_POST
@console_required
def move(request: HttpRequest, rule: UUID) -> HttpResponseBase:
    """Move a rule one place; at once when no report would have gone elsewhere, else it asks."""
    before = rulebook.current()
    moved = _one(before, rule)
    step = -1 if request.POST.get("to") == "up" else 1
    after = rulebook.shifted(before, rule, step)
    if _was_tried(request, before, after) or not _outcome(request, before, after).moved:
        return _save(request, before, after, "moved")
    up = step < 0
    words = _("Ask “%(name)s” earlier?") if up else _("Ask “%(name)s” later?")
    page = {
        "question": words % {"name": moved.name},
        "yes": _("Save the order"),
        "hidden": {"to": "up" if up else "down"},
    }
    return _confirm(request, before, after, page)


@require_POST
@console_required
def undo(request: HttpRequest) -> HttpResponseBase:
    """Put the rules back as they were before this admin's last change."""
    kept = request.session.pop(UNDO, None)
    if kept is None:
        messages.error(request, _("There is nothing to take back."))
        return redirect("complaints_console:rules")
    try:
        routing.replace(
            rules=rulebook.from_json(kept["rules"]), expected=kept["expected"], what="undone"
        )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. The rules are as before."))
    return redirect("complaints_console:rules")


def _save(
    request: HttpRequest, before: Sequence[Rule], after: Sequence[Rule], what: str
) -> HttpResponseBase:
    try:
        routing.replace(rules=after, expected=rulebook.fingerprint(before), what=what)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("complaints_console:rules")
    request.session[UNDO] = {
        "rules": rulebook.as_json(before),
        "expected": rulebook.fingerprint(after),
    }
    messages.success(request, _("Saved. New reports are offered by these rules."))
    return redirect("complaints_console:rules")


def _outcome(request: HttpRequest, before: Sequence[Rule], after: Sequence[Rule]) -> tryout.Tryout:
    reports = rights.within_reach(Complaint.objects.all(), request.user)
    return tryout.run(reports, before, after)


def _tried(request: HttpRequest, before: Sequence[Rule], after: Sequence[Rule]) -> dict[str, Any]:
    """Return the outcome, and the token without which nothing is saved."""
    mark = signing.dumps(rulebook.fingerprint(before, after), salt=SALT)
    return {"outcome": _outcome(request, before, after), "tried": mark}


def _was_tried(request: HttpRequest, before: Sequence[Rule], after: Sequence[Rule]) -> bool:
    """Tell whether exactly this change of exactly these rules has been tried out."""
    try:
        mark = signing.loads(request.POST.get("tried", ""), salt=SALT, max_age=TRIED_AGE)
    except signing.BadSignature:
        return False
    return bool(mark == rulebook.fingerprint(before, after))


def _wished(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("made", ""))
    except ValueError:
        return uuid4()


def _one(rules: Sequence[Rule], uuid: UUID) -> Rule:
    found = next((rule for rule in rules if rule.uuid == uuid), None)
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest, form: RuleForm, old: Rule | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    page = {"form": form, "rule": old, **more}
    return render(request, "complaints/console/rule.html", page, status=status)


def _confirm(
    request: HttpRequest, before: Sequence[Rule], after: Sequence[Rule], page: dict[str, Any]
) -> HttpResponse:
    page = {**page, **_tried(request, before, after)}
    return render(request, "complaints/console/rule_change.html", page)
