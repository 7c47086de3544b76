"""Samples come through the real services and go without a rest."""

import pytest

from balai.accounts.models import Membership, User
from modules.jobs import sample
from modules.jobs.models import Application, Employer, Gathering, Seeker, Vacancy
from modules.jobs.sample import people
from modules.jobs.states import ApplicationState, VacancyState
from modules.jobs.tests.delivering import deliver

SOME = 9


def _check(loaded: int) -> None:
    assert not Vacancy.objects.filter(sample=False).exists()
    assert Gathering.objects.filter(sample=True).count() == 3
    states = set(Vacancy.objects.values_list("state", flat=True))
    assert states >= {VacancyState.OPEN, VacancyState.REVIEW}
    hired = Application.objects.filter(state=ApplicationState.HIRED)
    assert hired.exists() and not hired.filter(decided_at=None).exists()
    assert deliver() == []
    assert not Membership.objects.filter(user__email__endswith=people.DOMAIN).exists()
    assert sample.clear() == loaded
    for model in (Vacancy, Application, Employer, Gathering, Seeker):
        assert not model.objects.exists()
    assert not User.objects.filter(email__endswith=people.DOMAIN).exists()


@pytest.mark.django_db
def test_samples_come_and_go_whole(in_region) -> None:
    assert sample.load(SOME) == SOME
    assert sample.load(SOME) == SOME
    _check(SOME)


@pytest.mark.soak
@pytest.mark.django_db
def test_all_sixty(in_region) -> None:
    assert sample.load() == len(sample.stories()) == 60
    assert Vacancy.objects.filter(state=VacancyState.REPORTED).count() == 2
    assert not Vacancy.objects.exclude(flags=[]).exists()
    _check(60)
