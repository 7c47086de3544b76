"""An employer, a vacancy, an application and a CV of the canary's name for the isolation matrix."""

import uuid

from balai.accounts.models import User
from balai.accounts.services import grant_role
from modules.jobs.services import applying, employers, moving, profiles, vacancies
from modules.jobs.tests.conftest import offer, person, registration

CANARY = "KANARI-TANGERANG"


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
        "jobs_desk:employer": firm,
        "jobs_desk:vacancy": one,
    }  # fmt: skip
