"""A published day as the national systems name things, so that nobody types it twice.

Regions must run a trade information system that is linked to the national one (UU 7/2014). SP2KP
is the Ministry of Trade's, PIHPS that of Bank Indonesia; both know markets and goods by codes of
their own, which ``Market.codes`` and ``Variety.codes`` hold. The words are Indonesian because those
who read them are.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from balai.context import current_region
from modules.prices.selectors.board import Board, board

SYSTEMS: Final = {"sp2kp": "SP2KP", "pihps": "PIHPS Nasional"}
COLUMNS: Final = ("tanggal", "kode_wilayah", "kode_pasar", "pasar", "kode_komoditas", "komoditas",
                  "satuan", "harga")  # fmt: skip


def document(system: str, until: date | None) -> dict[str, Any]:
    """Return a day's observed prices for ``system``, by market and goods.

    Prices carried forward are left out: they were not observed. ``tanpa_kode`` names what has no
    code of the system yet; its rows have an empty one.
    """
    shown = board(until)
    region = current_region()
    found: dict[str, Any] = {
        "sistem": SYSTEMS[system], "kode_wilayah": region.code, "wilayah": region.name,
        "tanggal": None, "revisi": None, "diterbitkan": None, "mata_uang": "IDR", "harga": [],
        "tanpa_kode": {"pasar": [], "komoditas": []},
    }  # fmt: skip
    if shown is None:
        return found
    rows = _rows(shown, system)
    return found | {
        "tanggal": shown.today.date.isoformat(),
        "revisi": shown.today.revision,
        "diterbitkan": shown.today.published_at.isoformat(),
        "harga": rows,
        "tanpa_kode": {
            name: sorted({row[name] for row in rows if not row[f"kode_{name}"]})
            for name in ("pasar", "komoditas")
        },
    }


def _rows(shown: Board, system: str) -> Sequence[dict[str, Any]]:
    return [
        {
            "tanggal": shown.today.date.isoformat(),
            "kode_wilayah": current_region().code,
            "kode_pasar": str(cell.market.codes.get(system, "")),
            "pasar": cell.market.name,
            "kode_komoditas": str(line.variety.codes.get(system, "")),
            "komoditas": line.variety.label_id,
            "satuan": line.variety.unit,
            "harga": cell.price,
        }
        for line in shown.lines
        for cell in line.cells
        if cell.age == 0
    ]
