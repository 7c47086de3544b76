"""What the API of vacancies gives."""

from datetime import date, datetime
from uuid import UUID

from balai.api.schemas import StrictSchema


class VacancyOut(StrictSchema):
    """An open vacancy. ``occupation``: main group of KBJI 2014; ``sector``: section of KBLI 2020.

    Wages are rupiah for ``pay_period``; ``district`` is the official code of the kecamatan.
    """

    uuid: UUID
    number: str
    title: str
    employer: str
    sector: str
    occupation: int
    type: str
    workplace: str
    people: int
    education: str
    experience_years: int
    pay_min: int | None
    pay_max: int | None
    pay_period: str
    district: str | None
    disability_welcome: bool
    published_at: datetime | None
    valid_until: date
    url: str


class WholeVacancyOut(VacancyOut):
    """One vacancy with its text."""

    description: str
    requirements: str
    benefits: str
    skills: str


class VacancyPage(StrictSchema):
    """A page of vacancies; ``after`` asks for the next one, null on the last."""

    count: int
    after: UUID | None
    vacancies: list[VacancyOut]
