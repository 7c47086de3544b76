"""The sample co-operations: with whom, by which paper, about what."""

from dataclasses import dataclass, field
from typing import Final

REPORTS, CALLS = "complaints", "emergency"
WHOLE: Final = ["title", "text", "landmark", "position", "photos"]
PLACE: Final = ["title", "landmark", "position", "photos"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One co-operation; ``since`` and ``left`` are days before and after today."""

    partner: str
    basis: str
    number: str
    purpose: str
    post: str
    since: int = 200
    left: int = 500
    days: int = 1
    rule: bool = False
    categories: dict[str, list[str]] = field(default_factory=dict)
    fields: dict[str, list[str]] = field(default_factory=dict)


AGREED: Final = (
    Agreed(
        partner="polres", basis="pks", number="PKS/CONTOH/119/POLRES/2026", post="Kasat Samapta",
        purpose="Penanganan gangguan keamanan dan ketertiban yang dilaporkan warga",
        rule=True, categories={REPORTS: ["gangguan-keamanan", "parkir-liar"]},
        fields={REPORTS: WHOLE},
    ),
    Agreed(
        partner="pln", basis="mou", number="MOU/CONTOH/072/PLN/2025", post="Manajer ULP",
        purpose="Perbaikan kabel, tiang, dan penerangan yang menjadi tanggung jawab PLN",
        left=21, days=2, categories={REPORTS: ["kabel", "lampu-jalan"]}, fields={REPORTS: PLACE},
    ),
    Agreed(
        partner="pdam", basis="pks", number="PKS/CONTOH/088/PDAM/2026", post="Kabag Distribusi",
        purpose="Perbaikan jaringan pipa dan mutu air", days=2, rule=True,
        categories={REPORTS: ["air-bersih", "air-keruh"]}, fields={REPORTS: PLACE},
    ),
    Agreed(
        partner="kpai", basis="law", number="UU 35/2014", post="Komisioner Pengaduan",
        purpose="Perlindungan anak yang menjadi korban kekerasan", rule=True,
        categories={REPORTS: ["kekerasan"]}, fields={REPORTS: ["text"]},
    ),
    Agreed(
        partner="bpjs-kesehatan", basis="mou", number="MOU/CONTOH/015/BPJS/2023",
        post="Kepala Bagian Kepesertaan", since=900, left=-40,
        purpose="Tindak lanjut keluhan layanan JKN di puskesmas",
        categories={REPORTS: ["puskesmas"]}, fields={REPORTS: ["title", "text"]},
    ),
)  # fmt: skip
