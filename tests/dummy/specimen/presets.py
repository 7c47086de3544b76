"""What a new region starts with."""

from tests.dummy.specimen.models import Note


def load(preset: str) -> None:
    """Write one note; harmless when repeated."""
    Note.objects.get_or_create(text=f"Selamat datang dari preset {preset}")
