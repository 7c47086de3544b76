"""What CKAN's harvesters and clients ask: ``package_list`` and ``package_show`` (API version 3)."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from balai import context
from balai.opendata import registry
from balai.opendata.registry import Dataset, Distribution

OPEN = {"Access-Control-Allow-Origin": "*"}


@require_safe
def package_list(request: HttpRequest) -> JsonResponse:
    """Answer the names of all data sets; ``limit`` and ``offset`` as CKAN has them."""
    names = sorted(dataset.slug for dataset in registry.offered())
    first = _number(request, "offset") or 0
    limit = _number(request, "limit")
    return _answer(request, names[first : None if limit is None else first + limit])


@require_safe
def package_show(request: HttpRequest) -> JsonResponse:
    """Answer one data set by ``id``; 404 in CKAN's words for one that is not offered."""
    dataset = registry.find(request.GET.get("id", ""))
    if dataset is None:
        wrong = {"__type": "Not Found Error", "message": "Not found"}
        body = {"help": _help(request), "success": False, "error": wrong}
        return JsonResponse(body, status=404, headers=OPEN)
    return _answer(request, _package(dataset))


def _package(dataset: Dataset) -> dict[str, Any]:
    region, changed = context.current_region(), dataset.modified()
    return {
        "id": dataset.name,
        "name": dataset.slug,
        "title": str(dataset.title),
        "notes": str(dataset.description),
        "url": dataset.url,
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": True,
        "license_id": "cc-by",
        "license_url": dataset.licence,
        "metadata_modified": changed.isoformat() if changed else None,
        "organization": {"id": region.code, "name": region.slug, "title": region.name},
        "tags": [{"name": str(word), "display_name": str(word)} for word in dataset.keywords],
        "num_tags": len(dataset.keywords),
        "resources": [
            _resource(dataset, form, number) for number, form in enumerate(dataset.distributions)
        ],
        "num_resources": len(dataset.distributions),
    }


def _resource(dataset: Dataset, form: Distribution, number: int) -> dict[str, Any]:
    return {
        "id": f"{dataset.slug}-{number + 1}",
        "package_id": dataset.name,
        "position": number,
        "name": str(form.title or form.format),
        "format": form.format,
        "mimetype": form.media_type,
        "url": form.url,
    }


def _answer(request: HttpRequest, result: object) -> JsonResponse:
    return JsonResponse({"help": _help(request), "success": True, "result": result}, headers=OPEN)


def _help(request: HttpRequest) -> str:
    return request.build_absolute_uri(request.path)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
