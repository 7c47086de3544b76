"""The console's brand page: form, live preview, and the check that cannot be skipped."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balai import context
from balai.accounts.guards import console_required
from themes import css
from themes.brand import BrandSpec, spec_of
from themes.contrast import judge
from themes.forms import BrandForm
from themes.pictures import PictureError
from themes.preview import lines, style_for
from themes.services import ContrastError, save_brand


@console_required
def brand(request: HttpRequest) -> HttpResponse:
    """Show and save the brand. "Preview" shows the form's values without saving them."""
    now = spec_of(context.current_region())
    if request.method != "POST":
        return _page(request, BrandForm(initial=now.stored()), now)
    form = BrandForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, now, status=422)
    wanted = form.spec(now)
    if "preview" in request.POST:
        return _page(request, BrandForm(initial=wanted.stored()), wanted)
    try:
        save_brand(spec=wanted, logo=form.cleaned_data["logo"], photo=form.cleaned_data["photo"])
    except ContrastError as error:
        form.add_error(None, error)
        return _page(request, form, wanted, status=422)
    except PictureError as error:
        form.add_error(None, str(error))
        return _page(request, form, wanted, status=422)
    messages.success(request, _("The brand is saved and shown everywhere."))
    return redirect("themes_console:brand")


def _page(
    request: HttpRequest, form: BrandForm, spec: BrandSpec, status: int = 200
) -> HttpResponse:
    context_ = {
        "form": form,
        "spec": spec,
        "lines": lines(judge(spec.colours)),
        "stock_url": f"{reverse('themes:stock')}?v={css.version(css.stock())}",
        "preview_url": style_for(spec),
    }
    return render(request, "themes/console/brand.html", context_, status=status)
