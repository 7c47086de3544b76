"""A purpose of the dummy module, on consent, with what a withdrawal does."""

from balai.privacy.law import Basis
from balai.privacy.person import Person
from balai.privacy.purpose import Purpose


def _withdraw(person: Person) -> None:
    from tests.dummy.specimen.models import Note  # declarations are read before the tables

    if person.user is not None:
        Note.objects.filter(text__contains=str(person.user.uuid)).delete()


PURPOSES = (
    Purpose(
        slug="specimen.notes",
        label="Notes",
        text="To remember what somebody wrote.",
        basis=Basis.CONSENT,
        data=("What was written",),
        models=("specimen.Note",),
        retention="Until it is withdrawn",
        version="1",
        consequence="Your notes are deleted.",
        withdraw=_withdraw,
    ),
)
