"""The live preview: a style sheet and a judgement for colours that are not saved yet."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai import context
from balai.accounts.guards import console_required
from balai.ui import formats
from themes import colour, css
from themes.brand import COLOURS, BrandSpec, merged, spec_of
from themes.contrast import NAMES, Verdict, judge
from themes.patterns import NAMES as PATTERNS


def style_for(spec: BrandSpec) -> str:
    """Return the address of the style sheet that paints a preview in ``spec``'s colours."""
    query = urlencode({**spec.colours, "pattern": spec.pattern})
    return f"{reverse('themes_console:preview')}?{query}"


@require_safe
@console_required
def sheet(request: HttpRequest) -> HttpResponse:
    """The preview's tokens, for browsers without JavaScript and for the first look."""
    return HttpResponse(
        css.scoped(_asked(request), "preview"), content_type="text/css; charset=utf-8"
    )


@require_safe
@console_required
def check(request: HttpRequest) -> JsonResponse:
    """The tokens and the judgement for the colours in the query, as JSON."""
    spec = _asked(request)
    tokens = {f"--balai-{name}": value for name, value in css.brand_tokens(spec).items()}
    return JsonResponse({"tokens": tokens, "lines": lines(judge(spec.colours))})


def lines(verdict: Verdict) -> list[dict[str, object]]:
    """Return one line per colour: its weakest contrast in words and, if it fails, a better one."""
    found: list[dict[str, object]] = []
    for field, name in NAMES.items():
        weakest = verdict.weakest(field)
        text = _("%(name)s: contrast %(ratio)s to 1, %(least)s needed (%(what)s)") % {
            "name": name, "ratio": formats.number(weakest.ratio, 1),
            "least": formats.number(weakest.least, 1), "what": weakest.what,
        }  # fmt: skip
        found.append(
            {"field": field, "text": text, "passes": weakest.passes,
             "suggestion": verdict.suggestions.get(field, "")}
        )  # fmt: skip
    return found


def _asked(request: HttpRequest) -> BrandSpec:
    """Return the saved brand with the colours of the query; what is no colour is left out."""
    given = {}
    for name in COLOURS:
        try:
            given[name] = colour.parse(request.GET.get(name, ""))
        except colour.ColourError:
            continue
    if request.GET.get("pattern") in PATTERNS:
        given["pattern"] = request.GET["pattern"]
    return merged(spec_of(context.current_region()), given)
