"""The API of vacancies: list and read what is open."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from balai.api import KeyIfGiven
from balai.api.schemas import Problem
from balai.directory.models import Area
from modules.jobs import showing
from modules.jobs.models import Vacancy
from modules.jobs.schemas import VacancyOut, VacancyPage, WholeVacancyOut
from modules.jobs.selectors import public
from modules.jobs.selectors.filters import Filters

PER_PAGE: Final = 50
ANYBODY: Final = KeyIfGiven("jobs:read")
ERRORS: Final = {code: Problem for code in (401, 403, 404, 422, 429)}
router = Router(tags=["jobs"])


class Wanted(Schema):
    """What is to be listed; everything may be left out. Addresses carry texts: "7" is 7 here."""

    q: Annotated[str, Field(max_length=100, description="Words, or a vacancy's number.")] = ""
    district: Annotated[str, Field(max_length=16, description="The code of a kecamatan.")] = ""
    occupation: Annotated[int | None, Field(ge=1, le=9, description="Main group of KBJI.")] = None
    type: Annotated[str, Field(max_length=10, description="Such as full_time or contract.")] = ""
    pay: Annotated[int | None, Field(ge=1, le=1_000_000_000, description="Rupiah a month.")] = None
    sort: Literal["newest", "pay", "closing"] = "newest"
    after: Annotated[UUID | None, Field(description="``after`` of the page before.")] = None


@router.get("/vacancies", response={200: VacancyPage, **ERRORS}, auth=ANYBODY)
def list_vacancies(request: HttpRequest, wanted: Query[Wanted]) -> VacancyPage:
    """List open vacancies, 50 a page. Samples are not among them."""
    district = _district(wanted.district)
    filters = Filters(
        query=wanted.q.replace("\0", "").strip(), district=district, occupation=wanted.occupation,
        type=wanted.type, pay=wanted.pay, sort=wanted.sort,
    )  # fmt: skip
    page = public.page(filters, after=wanted.after, size=PER_PAGE, samples=False)
    count = public.vacancies(filters).filter(sample=False).order_by().count()
    shown = [VacancyOut(**_typed(row)) for row in page]
    return VacancyPage(count=count, after=page.older, vacancies=shown)


@router.get("/vacancies/{uuid}", response={200: WholeVacancyOut, **ERRORS}, auth=ANYBODY)
def read_vacancy(request: HttpRequest, uuid: UUID) -> WholeVacancyOut:
    """Read one open vacancy with its text."""
    row = public.vacancies().filter(uuid=uuid, sample=False).first()
    if row is None:
        raise Http404
    return WholeVacancyOut(
        **_typed(row), description=row.description, requirements=row.requirements,
        benefits=row.benefits, skills=row.skills,
    )  # fmt: skip


def _typed(row: Vacancy) -> dict[str, Any]:
    """Return the facts with their own types: the schema takes no text for a date."""
    told: dict[str, Any] = showing.facts(row)
    published = told["published_at"]
    return {
        **told,
        "uuid": row.uuid,
        "published_at": datetime.fromisoformat(published) if published else None,
        "valid_until": date.fromisoformat(told["valid_until"]),
    }


def _district(code: str) -> int | None:
    """Return the key of a kecamatan by its code; Http404 for a code that is none here."""
    if not code:
        return None
    rows = Area.objects.filter(kind=Area.Kind.DISTRICT, code=code)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Http404
    return found
