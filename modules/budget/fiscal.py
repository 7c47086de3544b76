"""The descriptor of a Fiscal Data Package for the table of lines.

Source: Fiscal Data Package 1.0rc1, specs.frictionlessdata.io/fiscal-data-package: every field has
a ``columnType`` of the taxonomy; the three amounts are ``normalize``d to one value and its phase.
"""

from typing import Any, Final

from balai.opendata.registry import CC_BY
from modules.budget.models import Snapshot

PROFILE: Final = "fiscal-data-package"
TYPES: Final = {
    "fiscal_year": ("integer", "date:fiscal-year"),
    "as_of": ("date", "date:generic"),
    "direction": ("string", "direction"),
    "agency_code": ("string", "administrative-classification:generic:code"),
    "agency": ("string", "administrative-classification:generic:label"),
    "programme_code": ("string", "activity:generic:program:code"),
    "programme": ("string", "activity:generic:program:label"),
    "activity_code": ("string", "activity:generic:project:code"),
    "activity": ("string", "activity:generic:project:label"),
    "account_code": ("string", "economic-classification:generic:code"),
    "account": ("string", "economic-classification:generic:label"),
}
PHASES: Final = {"budget": "approved", "revised": "adjusted", "realised": "executed"}


def descriptor(
    *, title: str, region: str, path: str, homepage: str, snapshot: Snapshot | None
) -> dict[str, Any]:
    """Return the package; without a published state it describes the empty table.

    Args:
        path: where the CSV lies, a full address.
    """
    package: dict[str, Any] = {
        "profile": PROFILE,
        "name": "budget",
        "title": title,
        "homepage": homepage,
        "countryCode": "ID",
        "region": region,
        "licenses": [{"name": "CC-BY-4.0", "path": CC_BY}],
        "resources": [
            {
                "name": "lines",
                "profile": "tabular-data-resource",
                "path": path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": _schema(),
            }
        ],
    }
    if snapshot is not None:
        package["fiscalPeriod"] = {
            "start": f"{snapshot.year}-01-01",
            "end": f"{snapshot.year}-12-31",
        }
        package["version"] = snapshot.as_of.isoformat()
        package["created"] = snapshot.counted_at.isoformat()
    return package


def _schema() -> dict[str, Any]:
    fields: list[dict[str, Any]] = [
        {"name": name, "type": kind, "columnType": concept}
        for name, (kind, concept) in TYPES.items()
    ]
    fields += [
        {"name": name, "type": "integer", "normalize": {"phase": phase}}
        for name, phase in PHASES.items()
    ]
    return {
        "fields": fields,
        "primaryKey": ["fiscal_year", "as_of", "agency_code", "programme_code", "activity_code",
                       "account_code"],
        "extraFields": [
            {"name": "amount", "type": "integer", "columnType": "value",
             "normalizationTarget": True},
            {"name": "phase", "type": "string", "columnType": "phase:id"},
            {"name": "currency", "type": "string", "columnType": "value-currency:code",
             "constant": "IDR"},
        ],
    }  # fmt: skip
