"""The dossier for the Ombudsman as a PDF, in Indonesian whatever the page's language is.

UU 25/2009 section 50 gives a public office 60 days; after that citizens turn to the Ombudsman
(UU 37/2008). The document tells facts only, and names the reporter only with consent.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone, translation
from django.utils.translation import gettext as _, ngettext

from balai import context
from balai.ui import formats
from modules.complaints import history
from modules.complaints.models import Complaint, Entry, Photo
from modules.complaints.selectors import dossier
from modules.complaints.selectors.dossier import Facts

if TYPE_CHECKING:
    from modules.complaints.dossier_pages import Pages

LANGUAGE = "id"


def build(complaint: Complaint) -> bytes:
    """Return the dossier of a report as it stands now, as the bytes of a PDF."""
    with translation.override(LANGUAGE):
        return _write(dossier.facts(complaint))


def _write(facts: Facts) -> bytes:
    from modules.complaints.dossier_pages import Pages  # fpdf loads slowly, and few processes print

    report, region = facts.complaint, context.current_region()
    pages = Pages(region.name, report.number, formats.moment(timezone.now()))
    pages.heading(_("Dossier for the Ombudsman of the Republic of Indonesia"), report.title)
    pages.section(_("The case"))
    pages.facts(_case(report))
    pages.section(_("The reporter"))
    pages.facts(_reporter(facts))
    pages.section(_("What was reported"))
    pages.paragraph(report.text)
    pages.section(_("Who was responsible when"))
    pages.grid(
        (_("Responsible"), _("From"), _("Until")),
        [
            (spell.who, formats.moment(spell.start),
             formats.moment(spell.end) if spell.end else _("today"))
            for spell in facts.spells
        ],
        (4, 5, 5),
    )  # fmt: skip
    pages.section(_("What happened"))
    for entry in facts.entries:
        pages.step(formats.moment(entry.at), _headline(entry), entry.text)
    pages.section(_("Documents"))
    _documents(pages, facts.photos)
    pages.section(_("Legal basis"))
    pages.paragraph(
        _("UU 25/2009 on public service, section 50: a complaint must be settled within 60 days.")
    )
    pages.paragraph(_("UU 37/2008 on the Ombudsman of the Republic of Indonesia."))
    return pages.output_bytes()


def _case(report: Complaint) -> Iterator[tuple[str, str]]:
    now = timezone.now()
    age = (now - report.created_at).days
    yield _("Tracking number"), report.number
    yield _("Kind"), f"{report.get_kind_display()}: {report.category.label}"
    days = report.category.time_limit
    working = ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}
    yield _("Class and time limit"), f"{report.category.get_klass_display()}, {working}"
    yield _("Place"), ", ".join(part for part in (report.place, report.landmark) if part) or "-"
    yield _("Reported on"), formats.moment(report.created_at)
    yield _("Days since then"), ngettext("%(n)s day", "%(n)s days", age) % {"n": age}
    yield _("State"), str(report.status.label)
    yield _("Responsible now"), report.agency.name if report.agency else _("Coordinator")
    if report.due_at is not None:
        over = _("over") if report.due_at < now else ""
        moment = formats.moment(report.due_at)
        yield _("Deadline of this step"), f"{moment} ({over})" if over else moment
    yield _("Opened again"), str(report.reopenings)
    yield _("Escalated"), str(report.level)


def _reporter(facts: Facts) -> Iterator[tuple[str, str]]:
    if not facts.named:
        yield _("Name"), _("Not told, at the reporter's wish")
        return
    contact, user = facts.contact, facts.complaint.reporter
    yield _("Name"), (contact.name if contact else "") or (user.name if user else "") or "-"
    reach = (contact.phone, contact.email) if contact else ()
    reach = reach or ((user.phone or "", user.email or "") if user else ())
    yield _("Contact"), ", ".join(part for part in reach if part) or "-"
    consent = facts.complaint.dossier_consent_at
    yield _("Consented on"), formats.moment(consent) if consent else "-"


def _headline(entry: Entry) -> str:
    by = history.author(entry, names=False)
    told = history.title(entry)
    return told if by in told else f"{told} ({by})"


def _documents(pages: "Pages", photos: list[Photo]) -> None:
    if not photos:
        pages.paragraph(_("No photos."))
        return
    rows = [
        (str(at), photo.get_stage_display(), formats.moment(photo.taken_at), str(photo.file.uuid))
        for at, photo in enumerate(photos, 1)
    ]
    labels = (_("No."), _("Photo"), _("Taken or sent"), _("File"))
    pages.grid(labels, rows, (1, 2, 5, 6))
