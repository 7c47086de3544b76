"""The specimen's objects for the two-city matrix."""

from tests.dummy.specimen import services
from tests.isolation.exhibits import CANARY, Exhibits


def exhibits() -> Exhibits:
    """Make one note."""
    return {"specimen:detail": {"uuid": services.write_note(text=f"{CANARY} catatan").uuid}}
