"""Sample data on request."""

from tests.dummy.specimen import services
from tests.dummy.specimen.models import Note

MARK = "Contoh: "


def load() -> int:
    """Write sample notes through the real service; return how many."""
    return len([services.write_note(text=f"{MARK}catatan {n}") for n in range(3)])


def clear() -> int:
    """Remove the sample notes; return how many."""
    return Note.objects.filter(text__startswith=MARK).delete()[0]
