"""Everything that writes: a file comes in, people decide, jobs go through it slice by slice."""

from balai.importing.services.deciding import Refused, cancel, check, match, resume, start
from balai.importing.services.pruning import forget_old
from balai.importing.services.stepping import advance
from balai.importing.services.uploading import upload

__all__ = [
    "Refused",
    "advance",
    "cancel",
    "check",
    "forget_old",
    "match",
    "resume",
    "start",
    "upload",
]
