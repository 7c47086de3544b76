"""What stands above every page: a note that begins with an exclamation mark, for an hour."""

from collections.abc import Iterator
from datetime import timedelta

from balai.modules.banners import Banner, Level
from tests.dummy.specimen import selectors

HOUR = timedelta(hours=1)


def banners() -> Iterator[Banner]:
    """Yield a banner for each loud note."""
    for note in selectors.notes().filter(text__startswith="!")[:5]:
        yield Banner(
            key=f"specimen-{note.uuid.hex}", level=Level.NOTICE, icon="sticky-note", word="Note",
            title=note.text, url=f"/specimen/{note.uuid}/", until=note.written_at + HOUR,
        )  # fmt: skip
