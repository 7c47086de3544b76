"""Work that is offered."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone

from balai.ui.status import Status
from modules.jobs.choices import (
    Education,
    EmploymentType,
    Occupation,
    PayPeriod,
    Sex,
    Workplace,
)
from modules.jobs.models.base import Storied
from modules.jobs.models.employer import Employer
from modules.jobs.states import VacancyState, status


class Vacancy(Storied):
    """A vacancy with what Perpres 57/2023 asks an employer to report.

    ``pay_monthly`` is the upper wage brought to a month, 0 where none is told: the order by wage.
    ``flags`` are what an officer must look at, such as a sex criterion. ``placed_elsewhere``
    counts the people who were hired without an application here; ``due_at`` is the end of the
    review, and after the end of the vacancy the day by which the outcome must be reported.
    """

    number = models.CharField(max_length=24)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="vacancies")
    title = models.CharField(max_length=120)
    occupation = models.PositiveSmallIntegerField(choices=Occupation)
    type = models.CharField(max_length=10, choices=EmploymentType, default=EmploymentType.FULL_TIME)
    workplace = models.CharField(max_length=6, choices=Workplace, default=Workplace.ONSITE)
    headcount = models.PositiveSmallIntegerField(default=1)
    description = models.TextField(max_length=4000)
    requirements = models.TextField(max_length=3000, blank=True)
    benefits = models.CharField(max_length=500, blank=True)
    education = models.PositiveSmallIntegerField(choices=Education, default=Education.ANY)
    experience_years = models.PositiveSmallIntegerField(default=0)
    skills = models.CharField(max_length=300, blank=True)
    area = models.ForeignKey(
        "directory.Area", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    district = models.ForeignKey(
        "directory.Area", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    address = models.CharField(max_length=255, blank=True)
    pay_min = models.PositiveIntegerField(null=True)
    pay_max = models.PositiveIntegerField(null=True)
    pay_period = models.CharField(max_length=5, choices=PayPeriod, default=PayPeriod.MONTH)
    pay_monthly = models.PositiveIntegerField(default=0)
    sex = models.CharField(max_length=6, choices=Sex, blank=True)
    age_min = models.PositiveSmallIntegerField(null=True)
    age_max = models.PositiveSmallIntegerField(null=True)
    criteria_reason = models.CharField(max_length=300, blank=True)
    locals_first = models.BooleanField(default=False)
    disability_welcome = models.BooleanField(default=False)
    valid_until = models.DateField()
    state = models.CharField(max_length=10, choices=VacancyState, default=VacancyState.DRAFT)
    flags = models.JSONField(default=list)
    placed_elsewhere = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    search = SearchVectorField(null=True)
    sample = models.BooleanField(default=False)

    class Meta:
        indexes = (
            GinIndex(fields=("search",), name="jobs_vacancy_search"),
            models.Index(fields=("state", "due_at"), name="jobs_vacancy_state_due"),
            models.Index(
                fields=("-published_at", "-id"),
                condition=models.Q(state="open"),
                name="jobs_vacancy_open_newest",
            ),
        )
        constraints = (models.UniqueConstraint(fields=("number",), name="jobs_vacancy_number"),)

    def __str__(self) -> str:
        return self.title

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state."""
        return status(VacancyState(self.state))

    def is_open(self, now: datetime | None = None) -> bool:
        """Tell whether one can apply: open, and its last day by the region's clock not over."""
        today = timezone.localdate(now)
        return self.state == VacancyState.OPEN and today <= self.valid_until

    @property
    def place(self) -> str:
        """Where the work is, the smallest unit first."""
        names = [area.name for area in (self.area, self.district) if area is not None]
        return ", ".join(dict.fromkeys(names))
