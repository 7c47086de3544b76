"""Style sheet, manifest, icons and pictures of the brand. Public, cached, without a session."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import etag, require_safe

from balai import context
from themes import css, icons, store
from themes.brand import BrandSpec, spec_of

YEAR = 365 * 24 * 3600


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The region's style sheet."""
    return _sheet(request, css.theme(_spec()))


@require_safe
def stock(request: HttpRequest) -> HttpResponse:
    """Every palette and pattern in stock, for previews."""
    return _sheet(request, css.stock())


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The web manifest that makes the site installable."""
    spec = _spec()
    body = {
        "id": "/",
        "name": spec.name,
        "short_name": spec.short_name[:24],
        "description": spec.motto or _("Digital city hall"),
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/?source=app",
        "scope": "/",
        "display": "standalone",
        "background_color": spec.deep,
        "theme_color": spec.deep,
        "icons": [
            {
                "src": f"{reverse('themes:icon', args=[purpose, str(size)])}?v={spec.digest()}",
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for purpose in ("any", "maskable")
            for size in (192, 512)
        ],
    }
    response = JsonResponse(body, content_type="application/manifest+json")
    patch_cache_control(response, public=True, max_age=3600)
    return response


@require_safe
def icon(request: HttpRequest, purpose: str, size: str) -> HttpResponse:
    """A square icon made from the logo, or from the name's initials."""
    spec = _spec()
    body = icons.png(spec, purpose=purpose, size=int(size), logo=_logo(spec))
    return _kept(request, HttpResponse(body, content_type="image/png"), spec.digest())


@require_safe
def file(request: HttpRequest, digest: str) -> HttpResponse:
    """The logo or the photo; only those the brand uses now, so a withdrawn one is gone."""
    spec = _spec()
    if digest not in {spec.logo, spec.photo} or context.region_or_none() is None:
        raise Http404
    stored = store.read(digest)
    if stored is None:
        raise Http404
    response = HttpResponse(stored.body, content_type=stored.content_type)
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


def _spec() -> BrandSpec:
    return spec_of(context.region_or_none())


def _logo(spec: BrandSpec) -> bytes | None:
    stored = store.read(spec.logo) if spec.logo else None
    return stored.body if stored else None


def _sheet(request: HttpRequest, text: str) -> HttpResponse:
    tag = css.version(text)

    @etag(lambda _request: f'"{tag}"')
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(text, content_type="text/css; charset=utf-8")

    return _kept(request, answer(request), tag)


def _kept(request: HttpRequest, response: HttpResponse, version: str) -> HttpResponse:
    """Let the browser keep it for a year under its own version, else ask each time."""
    if request.GET.get("v") == version:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    return response
