"""Why the labour market keeps data of people (UU PDP 27/2022, articles 4, 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.person import Person
from balai.privacy.purpose import Purpose


def _has_profile(person: Person) -> bool:
    from modules.jobs.models import Seeker  # declarations are read before the tables

    return (
        person.user is not None
        and Seeker.objects.filter(user=person.user).exclude(name="").exists()
    )


def _drop_profile(person: Person) -> None:
    from modules.jobs.services import forgetting  # as above

    if person.user is not None:
        forgetting.forget_profile(user=person.user.pk)


PURPOSES = (
    Purpose(
        slug="jobs.profile",
        label=_("Your job profile"),
        text=_("To apply with it; an employer reads it only when you apply there."),
        basis=Basis.CONSENT,
        data=(_("Name, address, number"), _("School, experience, skills, CV")),
        models=("jobs.Seeker", "jobs.Application", "jobs.SavedSearch", "jobs.Seat"),
        recipients=(_("Employers you apply to"),),
        retention=_("Until you delete it"),
        version="1",
        consequence=_(
            "The profile is emptied, the CV deleted, applications that still run are withdrawn."
            " AK/I cards stay."
        ),
        active=_has_profile,
        withdraw=_drop_profile,
    ),
    Purpose(
        slug="jobs.card",
        label=_("AK/I cards"),
        text=_("To register as a seeker; the form asks for religion and marital status."),
        basis=Basis.DUTY,
        law="Permenaker 39/2016",
        data=(
            _("NIK and what the card shows, encrypted"),
            _("Photos of KTP, diploma and other papers"),
        ),
        models=("jobs.Card", "files.StoredFile"),
        retention=_("As the region sets it: by default a year after the last day; papers 30 days"),
        swept_by="modules.jobs.tasks.forget_cards",
    ),
    Purpose(
        slug="jobs.employers",
        label=_("Employers"),
        text=_("Who offers work and who acts for them."),
        basis=Basis.PUBLIC,
        law="Permenaker 39/2016",
        data=(_("Contact person, address, number, NPWP encrypted"),),
        models=("jobs.Employer", "jobs.EmployerMember", "jobs.Vacancy"),
        retention=_("Until the employer is removed"),
    ),
)  # fmt: skip
