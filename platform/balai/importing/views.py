"""The pages of imports: choose, upload, say which column is which, try, run, look."""

import tempfile
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.importing import pages, registry, selectors, services, sheets, store, tables
from balai.importing.columns import Importer
from balai.importing.forms import MappingForm, StartForm, UploadForm, ValuesForm
from balai.importing.models import ImportRun
from balai.importing.reading import TableProblem
from balai.ui.paging import paged

PER_PAGE = 25
Found = tuple[ImportRun, type[Importer]]


def importers_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in who may import something; never from a cache."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not registry.offered(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@importers_only
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what can be imported, and what has been."""
    page = paged(request, selectors.runs(request.user), PER_PAGE)
    shown = {
        "base": pages.base(request),
        "importers": registry.offered(request.user),
        "page": page,
        "entries": [pages.entry(run) for run in page.object_list],
    }
    return render(request, "importing/index.html", shown)


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Say which columns are known, and take a file."""
    importer = _importer(request, kind)
    importer.require()  # nobody chooses a file in vain
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            user: Any = request.user
            run = services.upload(importer=importer, file=form.cleaned_data["file"], by=user)
        except TableProblem as problem:
            form.add_error("file", _(str(problem)))
        else:
            return redirect("importing_console:columns", run.uuid)
    shown = {"base": pages.base(request), "importer": importer, "form": form}
    return render(request, "importing/new.html", shown, status=422 if form.errors else 200)


@importers_only
@require_safe
def example(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """Send a table to fill in."""
    importer = _importer(request, kind)
    return _file(tables.example(importer), form, f"example-{kind.replace('.', '-')}")


@importers_only
@require_safe
def detail(request: HttpRequest, reference: UUID) -> HttpResponseBase:
    """Show where an import stands."""
    run, importer = _run(request, reference)
    if run.state == ImportRun.State.UPLOADED and run.columns:
        return redirect("importing_console:columns", run.uuid)
    return render(request, "importing/detail.html", pages.shown(request, run, importer))


@importers_only
@require_safe
def progress(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Return the part of the page that renews itself."""
    run, importer = _run(request, reference)
    return render(request, "importing/parts/progress.html", pages.shown(request, run, importer))


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, reference: UUID) -> HttpResponseBase:
    """Ask which column is which, and begin the dry run."""
    run, importer = _run(request, reference)
    try:
        samples, _row = store.head(run)
    except TableProblem as problem:
        messages.error(request, _(str(problem)))
        return redirect("importing_console:index")
    data = request.POST if request.method == "POST" else None
    form = MappingForm(data, run=run, columns=importer.columns, samples=samples)
    more = importer.options_form(data, initial=run.options) if importer.options_form else None
    if data is not None and form.is_valid() and (more is None or more.is_valid()):
        try:
            services.check(run=run, mapping=form.mapping, options=more.cleaned_data if more else {})
        except services.Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("importing_console:detail", run.uuid)
    shown = {
        "base": pages.base(request), "run": run, "importer": importer, "form": form,
        "more": more, "samples": samples,
    }  # fmt: skip
    return render(request, "importing/columns.html", shown, status=200 if data is None else 422)


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def values(request: HttpRequest, reference: UUID) -> HttpResponseBase:
    """Ask what unknown values stand for, and check again."""
    run, cls = _run(request, reference)
    importer = cls()
    importer.prepare(run)
    data = request.POST if request.method == "POST" else None
    form = ValuesForm(data, run=run, importer=importer)
    if not form.fields:
        return redirect("importing_console:detail", run.uuid)
    if data is not None and form.is_valid():
        return _decide(request, run, lambda: services.match(run=run, values=form.values))
    shown = {"base": pages.base(request), "run": run, "importer": cls, "form": form}
    return render(request, "importing/values.html", shown, status=200 if data is None else 422)


@importers_only
@require_POST
def start(request: HttpRequest, reference: UUID) -> HttpResponseBase:
    """Begin to write."""
    run, _importer = _run(request, reference)
    form = StartForm(request.POST)
    together = form.is_valid() and form.cleaned_data["together"]
    return _decide(request, run, lambda: services.start(run=run, together=together))


@importers_only
@require_POST
def resume(request: HttpRequest, reference: UUID) -> HttpResponseBase:
    """Go on where it stopped."""
    run, _importer = _run(request, reference)
    return _decide(request, run, lambda: services.resume(run=run))


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, reference: UUID) -> HttpResponseBase:
    """Ask, then stop for good."""
    run, _importer = _run(request, reference)
    if request.method == "POST":
        return _decide(request, run, lambda: services.cancel(run=run))
    taken = run.created + run.updated
    shown = {
        "question": _("Stop importing %(name)s?") % {"name": run.name},
        "stops": _("No further row is taken. The uploaded file is deleted."),
        "stays": ngettext("%(count)s row that is in.", "%(count)s rows that are in.", taken)
        % {"count": taken},
        "yes": _("Stop"),
        "no": _("Back"),
        "back": reverse("importing_console:detail", args=[run.uuid]),
        "danger": True,
        "confirm_base": pages.base(request),
    }
    return render(request, "balai/confirm.html", shown)


@importers_only
@require_safe
def mistakes(request: HttpRequest, reference: UUID, form: str) -> HttpResponseBase:
    """Send the rows that were not taken, each with its reasons."""
    run, importer = _run(request, reference)
    if not run.failed or not run.columns or run.state == ImportRun.State.CANCELLED:
        raise Http404
    try:
        return _file(tables.bad_rows(run, importer), form, f"mistakes-{str(run.uuid)[:8]}")
    except TableProblem as problem:
        raise Http404 from problem


def _decide(request: HttpRequest, run: ImportRun, act: Callable[[], object]) -> HttpResponseBase:
    try:
        act()
    except services.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("importing_console:detail", run.uuid)


def _importer(request: HttpRequest, kind: str) -> type[Importer]:
    found = registry.allowed(request.user, kind)
    if found is None:
        raise Http404
    return found


def _run(request: HttpRequest, reference: UUID) -> Found:
    found = selectors.find(request.user, reference)
    if found is None:
        raise Http404
    return found


def _file(rows: tables.Table, form: str, name: str) -> HttpResponseBase:
    """Return a download. It is written here, inside the region; a stream would outlive it."""
    if form not in sheets.WRITERS:
        raise Http404
    write, content_type = sheets.WRITERS[form]
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    write(rows, file)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.{form}", content_type=content_type
    )
