"""What the live room does by the clock."""

from datetime import timedelta

from balai.modules import periodic_module_task
from modules.liveroom.services import recording


@periodic_module_task(timedelta(minutes=1))
def record_wall() -> int:
    """Keep the wall of this minute, if anything has happened since the last."""
    return recording.record()
