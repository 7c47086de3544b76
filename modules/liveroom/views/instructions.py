"""Instructions: the list of both sides, giving one, answering it, accepting or returning it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import desk_required
from balai.directory.models import Agency
from balai.modules import oversight
from modules.liveroom import services, topics, workflow
from modules.liveroom.forms import InstructionForm, ReturnForm, WordForm
from modules.liveroom.models import Instruction
from modules.liveroom.rights import INSTRUCT, LOOK
from modules.liveroom.selectors import instructions
from modules.liveroom.services.instructing import usual_day
from modules.liveroom.states import State
from modules.liveroom.workflow import NotAllowed, Who

DESK = "liveroom.access_desk"
PER_PAGE = 25
TAB_LABELS: dict[str, str | Promise] = {
    "open": pgettext_lazy("instructions", "Open"),
    "late": pgettext_lazy("instructions", "Late"),
    "answered": pgettext_lazy("instructions", "Answered"),
    "ended": pgettext_lazy("instructions", "Ended"),
}
LOOKS: dict[str, tuple[str | Promise, str]] = {
    "answer": (pgettext_lazy("instruction", "Answer"), "message-circle-reply"),
    "accept": (pgettext_lazy("instruction", "Accept"), "circle-check"),
    "return": (pgettext_lazy("instruction", "Return it"), "undo-2"),
    "withdraw": (pgettext_lazy("instruction", "Withdraw it"), "ban"),
}
DONE: dict[str, str | Promise] = {
    "answer": gettext_lazy("Your answer was handed in."),
    "accept": gettext_lazy("The answer was accepted."),
    "return": gettext_lazy("The instruction is with the agency again."),
    "withdraw": gettext_lazy("The instruction was withdrawn."),
}
FORMS: dict[str, type[forms.Form]] = {
    "answer": WordForm, "return": ReturnForm, "withdraw": WordForm,
}  # fmt: skip


@never_cache
@require_safe
@desk_required(DESK)
def index(request: HttpRequest) -> HttpResponse:
    """List instructions; an agency's head sees those of the agency."""
    return render(request, "liveroom/instructions.html", _listed(request))


@never_cache
@require_safe
@desk_required(DESK)
def rows(request: HttpRequest) -> HttpResponse:
    """Return the list's rows as they are now."""
    return render(request, "liveroom/parts/instruction_rows.html", _listed(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(INSTRUCT)
def new(request: HttpRequest) -> HttpResponseBase:
    """Give an instruction to an agency, about a case if one is named."""
    about = _about(request)
    form = InstructionForm(request.POST or None, initial={"due_on": usual_day().isoformat()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row = services.give(by=request.user, **about, **form.cleaned_data)  # type: ignore[arg-type]  # signed in: desk_required
            except NotAllowed as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, _("The instruction was given."))
                return redirect("liveroom_desk:instruction", row.uuid)
    page = {**about, "form": form, "heads": len(instructions.heads(about["agency"]))}
    page["number"] = request.GET.get("number", "")[:40]
    return render(request, "liveroom/instruct.html", page, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(DESK)
def instruction(request: HttpRequest, reference: UUID) -> HttpResponseBase:
    """Show one instruction and let either side act; a head's first look is its "seen"."""
    user: Any = request.user
    row = instructions.find(user, reference)
    if row is None:
        raise Http404
    if row.state == State.GIVEN and instructions.answers(user, row):
        row.state = services.move("see", instruction=row, by=user).state
    act, form, status = _act(request), None, 200
    if act:
        form = FORMS[act](request.POST or None) if act in FORMS else None
    if request.method == "POST":
        if form is None or form.is_valid():
            try:
                services.move(act, instruction=row, by=user, **(form.cleaned_data if form else {}))
            except NotAllowed as problem:
                messages.error(request, str(problem))
            else:
                messages.success(request, str(DONE[act]))
            return redirect("liveroom_desk:instruction", row.uuid)
        status = 422
    return render(request, "liveroom/instruction.html", _page(user, row, act, form), status=status)


def _page(user: Any, row: Instruction, act: str, form: forms.Form | None) -> dict[str, Any]:
    sides = [
        side for side, here in (
            (Who.HEAD, instructions.answers(user, row)), (Who.GIVER, user.has_perm(INSTRUCT)),
        ) if here
    ]  # fmt: skip
    moves = [move.name for side in sides for move in workflow.possible(row.state, side)]
    acts = [(name, *LOOKS[name], name in FORMS) for name in moves if name in LOOKS]
    source = oversight.find(row.module) if row.module else None
    found = source.case(user, row.reference) if source else None
    return {
        "row": row,
        "steps": instructions.steps(row),
        "acts": acts,
        "act": act if act in moves else "",
        "act_look": LOOKS.get(act),
        "form": form if act in moves else None,
        "source": source,
        "found": found,
        "looks": user.has_perm(LOOK),
        "topics": " ".join(topics.CHANGES),
    }


def _act(request: HttpRequest) -> str:
    """Return the move that is asked for; only what has a button here."""
    given = request.POST if request.method == "POST" else request.GET
    act = given.get("do", "")
    if act in LOOKS:
        return act
    if request.method == "POST":
        raise PermissionDenied
    return ""


def _about(request: HttpRequest) -> dict[str, Any]:
    """Return the agency and the case that an address names, the case only if it can be seen."""
    agency = get_object_or_404(Agency, code=request.GET.get("agency", ""), active=True)
    module, reference = request.GET.get("module", ""), request.GET.get("case", "")
    if not module and not reference:
        return {"agency": agency}
    source = oversight.find(module)
    if source is None or source.case(request.user, reference) is None:
        raise Http404
    return {"agency": agency, "module": module, "reference": reference}


def _listed(request: HttpRequest) -> dict[str, Any]:
    tab = request.GET.get("tab", "")
    tab = tab if tab in instructions.TABS else "open"
    query = request.GET.get("q", "").strip()[:80]
    found = instructions.listed(request.user, tab, query)
    counts = instructions.counts(instructions.reach(request.user))
    return {
        "tab": tab,
        "tabs": [(key, label, counts[key]) for key, label in TAB_LABELS.items()],
        "query": query,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "topics": " ".join(topics.CHANGES),
        "kept": request.GET.urlencode(),
    }
