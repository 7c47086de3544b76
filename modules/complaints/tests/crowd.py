"""Many public reports at once, cloned from one that went through the services."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from modules.complaints import numbers
from modules.complaints.models import Complaint
from modules.complaints.services import indexing


def clones(report: Complaint, count: int, **fields: object) -> list[Complaint]:
    """Store ``count`` public copies of a report a minute apart, the first one the newest."""
    now = timezone.now()
    return many(
        report, ({"created_at": now - timedelta(minutes=n), **fields} for n in range(count))
    )


def many(report: Complaint, rows: Iterable[dict[str, object]]) -> list[Complaint]:
    """Store a public copy of a report for each dict of fields that differ."""
    start = Complaint.objects.count()
    made = []
    for at, fields in enumerate(rows):
        values = {
            field.attname: getattr(report, field.attname)
            for field in Complaint._meta.concrete_fields
            if field.name not in ("id", "search")
        }
        created = fields.get("created_at", report.created_at)
        assert isinstance(created, datetime)
        copy = Complaint(
            **{
                **values,
                "uuid": uuid.uuid4(),
                "number": numbers.make("TNG", created.year, 50_000 + start + at),
                "published_at": created,
                **fields,
            }
        )
        copy.area, copy.district = report.area, report.district
        for name in fields:
            setattr(copy, name, fields[name])
        copy.search = indexing.expression(copy)
        made.append(copy)
    return Complaint.objects.bulk_create(made)
