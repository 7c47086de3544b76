"""The API of the catalogue: apps for citizens, by words and category, and one of them."""

from typing import Annotated, Any, Final

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from balai.api import KeyIfGiven
from balai.api.schemas import Problem
from modules.catalogue import showing
from modules.catalogue.selectors import public
from modules.catalogue.states import Category

router = Router(tags=["catalogue"])
ANYBODY: Final = KeyIfGiven("catalogue:read")
ERRORS: Final = {code: Problem for code in (401, 403, 404, 422, 429)}


class AppOut(Schema):
    """An app; ``cost_per_year`` is whole rupiah."""

    id: str
    name: str
    summary: str
    category: str
    agency: str | None
    state: str
    url: str | None
    android_package: str | None
    sign_on: str
    health: str
    retires_on: str | None
    cost_per_year: int | None
    page: str


class Wanted(Schema):
    """Which apps."""

    q: Annotated[str, Field(max_length=80, description="Words that all must be found.")] = ""
    category: Category | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 200


@router.get("/apps", response={200: list[AppOut], **ERRORS}, auth=ANYBODY)
def list_apps(request: HttpRequest, wanted: Query[Wanted]) -> list[dict[str, Any]]:
    """List the apps for citizens by name."""
    found = public.visible(None).filter(public.matching(wanted.q))
    if wanted.category:
        found = found.filter(category=wanted.category)
    return [showing.facts(app) for app in found[: wanted.limit]]


@router.get("/apps/{app}", response={200: AppOut, **ERRORS}, auth=ANYBODY)
def read_app(request: HttpRequest, app: Annotated[str, Path(max_length=60)]) -> dict[str, Any]:
    """Read one app."""
    found = public.visible(None).filter(slug=app.replace("\0", "")).first()
    if found is None:
        raise Http404
    return showing.facts(found)
