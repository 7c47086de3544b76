"""A seeker's profile and CV."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.files import UploadRejected
from modules.jobs.forms import CvForm, ProfileForm
from modules.jobs.selectors import seekers
from modules.jobs.services import profiles
from modules.jobs.views.common import local, personal

LOCKED = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; sandbox"


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponseBase:
    """Show and keep the profile somebody applies with."""
    user: Any = request.user
    seeker = seekers.profile(user)
    form = ProfileForm(request.POST if request.method == "POST" else None, seeker=seeker, user=user)
    if form.is_bound and form.is_valid():
        profiles.save(user=user, told=form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        onward = local(request, request.POST.get("next", ""), reverse("jobs:profile"))
        return redirect(onward)
    return _page(request, form=form, status=422 if form.is_bound else 200)


@personal
@require_POST
def upload(request: HttpRequest) -> HttpResponseBase:
    """Keep a CV."""
    seeker = seekers.profile(request.user)
    if seeker is None:
        messages.error(request, _("First save your profile, then add the CV."))
        return redirect("jobs:profile")
    form = CvForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, cv_form=form, status=422)
    try:
        profiles.keep_cv(seeker=seeker, upload=form.cleaned_data["cv"])
    except UploadRejected as refusal:
        form.add_error("cv", str(refusal.message))
        return _page(request, cv_form=form, status=422)
    messages.success(request, _("Your CV is saved."))
    return redirect(local(request, request.POST.get("next", ""), reverse("jobs:profile")))


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest) -> HttpResponseBase:
    """Ask, then delete the CV."""
    seeker = seekers.profile(request.user)
    if seeker is None or seeker.cv_key is None:
        return redirect("jobs:profile")
    if request.method == "POST":
        profiles.drop_cv(seeker=seeker)
        messages.success(request, _("Your CV is deleted."))
        return redirect("jobs:profile")
    words = {
        "question": _("Delete your CV?"),
        "stops": _("Employers you have applied to can no longer open it. It cannot be undone."),
        "stays": _("Your profile and your applications."),
        "yes": _("Yes, delete it"),
        "no": _("No, keep it"),
        "back": reverse("jobs:profile"),
        "danger": True,
    }
    return render(request, "balai/confirm.html", words)


@personal
@require_safe
def cv(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Send a CV to its owner and to employers it was sent to; to others it does not exist."""
    user: Any = request.user
    seeker = seekers.by_cv(key)
    if seeker is None or not (seeker.user_id == user.pk or seekers.shares_cv_with(user, seeker)):
        raise Http404
    try:
        opened = default_storage.open(profiles.path(key))
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        opened, as_attachment=True, filename=seeker.cv_name, content_type="application/pdf"
    )
    response.headers["Content-Security-Policy"] = LOCKED
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _page(
    request: HttpRequest, *, form: Any = None, cv_form: Any = None, status: int = 200
) -> HttpResponse:
    user: Any = request.user
    seeker = seekers.profile(user)
    page = {
        "form": form or ProfileForm(seeker=seeker, user=user),
        "cv_form": cv_form or CvForm(),
        "seeker": seeker,
        "next": local(request, request.POST.get("next") or request.GET.get("next", ""), ""),
    }
    return render(request, "jobs/profile.html", page, status=status)
