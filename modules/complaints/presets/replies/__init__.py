"""Prepared answers of a new region, the same for every preset."""

import json
from importlib.resources import files

from modules.complaints.models import CannedReply


def load() -> int:
    """Add the answers to a region that has none; return how many were added.

    What exists is left alone: an admin may have changed or removed some on purpose.
    """
    if CannedReply.objects.exists():
        return 0
    text = files(__package__).joinpath("replies.json").read_text(encoding="utf-8")
    rows = [CannedReply(**row) for row in json.loads(text)["replies"]]
    return len(CannedReply.objects.bulk_create(rows))
