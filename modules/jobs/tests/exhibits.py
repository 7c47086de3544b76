"""One thing of each kind, of the canary's name, for the isolation matrix."""

import uuid
from datetime import timedelta

from django.utils import timezone

from balai.accounts.models import User
from balai.accounts.services import grant_role
from modules.jobs import card_codes
from modules.jobs.selectors.filters import Filters
from modules.jobs.services import (
    applying,
    employers,
    gathering,
    moving,
    profiles,
    searches,
    seating,
    vacancies,
)
from modules.jobs.tests.carded import issued, whole
from modules.jobs.tests.conftest import meeting, offer, person, registration

CANARY = "KANARI-TANGERANG"

NO_OBJECT = {"jobs_desk:gathering-new": "a kind of gathering, the same in every region"}


def exhibits() -> dict[str, dict[str, object]]:
    """Open a vacancy and apply for it, in the active region."""
    boss = User.objects.create_user(email="kanari-kerja@contoh.test", name=f"{CANARY} HRD")
    officer = User.objects.create_user(email="kanari-naker@contoh.test", name=CANARY)
    grant_role(user=officer, role="placement_officer")
    employer = employers.verify(
        employer=employers.register(told=registration(name=f"PT {CANARY}"), by=boss), by=officer
    )
    told = offer(title=f"{CANARY} operator", description=CANARY)
    vacancy = vacancies.save_draft(employer=employer, told=told, by=boss)
    vacancy = moving.move("submit", vacancy, by=boss)
    vacancy = vacancies.publish(vacancy=vacancy, by=officer)
    seeker = profiles.save(user=boss, told=person(name=CANARY))
    seeker.cv_key, seeker.cv_name = uuid.uuid4(), f"{CANARY}.pdf"
    seeker.save(update_fields=["cv_key", "cv_name"])
    application = applying.apply(vacancy=vacancy, seeker=seeker, letter=CANARY)
    one = {"vacancy": vacancy.uuid}
    fair = gathering.save(told=meeting(title=f"Bursa {CANARY}"), kind="fair", by=officer)
    start = timezone.now() + timedelta(days=1)
    session = gathering.add_session(
        gathering=fair, starts_at=start, ends_at=start + timedelta(hours=2), capacity=5, by=officer
    )
    session.gathering = gathering.publish(gathering=fair, by=officer)
    seat = seating.reserve(session=session, user=boss, name=CANARY)
    search = searches.keep(user=boss, filters=Filters(query=CANARY), name=CANARY)
    sent, firm = {"application": application.uuid}, {"employer": employer.uuid}
    return {
        **{f"jobs:{name}": one for name in ("detail", "apply", "vacancy", "vacancy-edit",
                                            "vacancy-extend", "outcome")},
        **{f"jobs:{name}": sent for name in ("application", "withdraw", "choose", "accept",
                                             "applicant")},
        **{f"jobs:{name}": firm for name in ("employer", "employer-edit", "people",
                                             "vacancy-new")},
        "jobs:vacancy-act": {**one, "what": "pause"},
        "jobs:person-remove": {**firm, "person": boss.uuid},
        "jobs:join": {"token": employers.invitation(employer, boss.email or "")},
        "jobs:cv": {"key": seeker.cv_key},
        **{f"jobs:search-{name}": {"search": search.uuid} for name in ("switch", "delete")},
        **{f"jobs_desk:{name}": {"session": session.uuid} for name in (
            "session", "session-numbers", "session-size", "session-drop")},
        **{f"jobs_desk:gathering{name}": {"gathering": fair.uuid} for name in (
            "", "-edit", "-publish", "-call-off")},
        **{name: {"seat": seat.uuid} for name in (
            "jobs:seat", "jobs:seat-cancel", "jobs_desk:seat")},
        "api:jobs_read_vacancy": {"uuid": vacancy.uuid},
        "jobs:gathering": {"gathering": fair.uuid},
        "jobs:register-seat": {"session": session.uuid},
        "jobs_desk:employer": firm,
        "jobs_desk:vacancy": one,
        **_card(boss, officer),
    }  # fmt: skip


def _card(holder: User, officer: User) -> dict[str, dict[str, object]]:
    """Issue a card; its proof, its letter and its pages name it in four ways."""
    row = issued(holder, officer, name=CANARY, identity=whole(address=CANARY))
    one = {"card": row.uuid}
    return {
        **{f"jobs:{name}": one for name in ("card", "card-edit", "card-pdf")},
        **{f"jobs_desk:{name}": one for name in ("card", "card-nik", "card-pdf")},
        "jobs:card-act": {**one, "what": "employ"},
        "jobs:card-verify": {"token": card_codes.token_of(row)},
        "jobs:card-tap": {"token": card_codes.tap_for(row)},
    }
