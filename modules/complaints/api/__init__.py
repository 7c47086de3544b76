"""The API of reports: list, read, follow what changes, send, write, add photos."""

from modules.complaints.api import following, own, reading, sending
from modules.complaints.api.common import router

__all__ = ["following", "own", "reading", "router", "sending"]
