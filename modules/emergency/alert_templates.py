"""Prepared alerts: the words a centre writes again and again, in both languages.

What stands in [brackets] is filled in by the author; an alert that still has them is not sent.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.modules.manifest import type_str


@dataclass(frozen=True, slots=True)
class Template:
    """One prepared alert; ``hours`` is how long it usually holds.

    ``id`` and ``en`` are (event, headline, description, instruction).
    """

    slug: str
    label: type_str
    icon: str
    category: str
    response: str
    urgency: str
    severity: str
    certainty: str
    hours: int
    id: tuple[str, str, str, str]
    en: tuple[str, str, str, str]
    status: str = "Actual"


TEMPLATES: Final = (
    Template(
        "flood", _("Flood"), "waves-horizontal",
        "Met", "Prepare", "Expected", "Severe", "Likely", 6,
        ("Banjir", "Waspada banjir di [tempat]",
         "Tinggi muka air [sungai] mencapai [angka] cm dan masih naik.",
         "Amankan surat penting dan obat ke tempat tinggi. Matikan listrik bila air masuk rumah."
         " Jangan melintasi arus. Butuh evakuasi? Hubungi 112."),
        ("Flood", "Flood warning for [place]",
         "The water of [river] has reached [number] cm and is still rising.",
         "Bring documents and medicine to a high place. Switch off the power if water enters."
         " Do not cross moving water. Need to be evacuated? Call 112."),
    ),
    Template(
        "fire", _("Fire and smoke"), "flame", "Fire", "Avoid", "Immediate", "Severe", "Observed", 4,
        ("Kebakaran", "Kebakaran besar di [tempat], hindari lokasi",
         "Asap tebal terbawa angin ke arah [arah].",
         "Tutup pintu dan jendela, gunakan masker. Jangan mendekat dan beri jalan bagi pemadam."),
        ("Fire", "Large fire at [place], stay away",
         "Wind carries thick smoke towards [direction].",
         "Close doors and windows, wear a mask. Keep away and leave the road to fire engines."),
    ),
    Template(
        "eruption", _("Eruption and ash"), "mountain", "Geo", "Shelter", "Immediate", "Severe",
        "Observed", 12,
        ("Hujan abu", "Hujan abu dari [gunung] di [tempat]",
         "Abu vulkanik diperkirakan turun sampai pukul [jam].",
         "Tetap di dalam rumah, tutup sumber air, gunakan masker dan kacamata bila harus keluar."),
        ("Ash fall", "Ash from [volcano] over [place]",
         "Volcanic ash is expected to fall until [time].",
         "Stay indoors, cover water tanks, wear a mask and glasses if you must go out."),
    ),
    Template(
        "power", _("Power cut"), "zap", "Infra", "Prepare", "Immediate", "Moderate", "Observed", 6,
        ("Listrik padam", "Listrik padam di [tempat]",
         "PLN memperbaiki gangguan; diperkirakan menyala kembali pukul [jam].",
         "Cabut peralatan listrik. Jangan menyentuh kabel yang putus. Pemakai alat medis di rumah"
         " yang butuh bantuan hubungi 112."),
        ("Power cut", "Power cut in [place]",
         "PLN is working on it; power is expected back at [time].",
         "Unplug appliances. Do not touch fallen wires. If you depend on a medical device at home"
         " and need help, call 112."),
    ),
    Template(
        "water", _("Water supply"), "droplets", "Infra", "Prepare", "Expected", "Moderate",
        "Observed", 12,
        ("Gangguan air bersih", "Air bersih terganggu di [tempat]",
         "Perbaikan pipa berlangsung sampai [waktu].",
         "Tampung air seperlunya. Tangki air tersedia di [tempat]."),
        ("Water supply", "No tap water in [place]",
         "A pipe is being repaired until [time].",
         "Store the water you need. Tank lorries stand at [place]."),
    ),
    Template(
        "evacuation", _("Evacuation"), "footprints", "Safety", "Evacuate", "Immediate", "Extreme",
        "Observed", 6,
        ("Evakuasi", "Segera tinggalkan [tempat]",
         "[Bahaya] mengancam wilayah ini.",
         "Pergi sekarang ke [titik kumpul]. Bawa obat, dokumen, air minum. Bantu lansia, anak, dan"
         " penyandang disabilitas. Tidak bisa pergi sendiri? Hubungi 112."),
        ("Evacuation", "Leave [place] now",
         "[Danger] threatens this area.",
         "Go now to [assembly point]. Take medicine, papers and water. Help the old, children and"
         " people with disabilities. Cannot leave by yourself? Call 112."),
    ),
    Template(
        "all-clear", _("All clear"), "circle-check", "Safety", "AllClear", "Past", "Minor",
        "Observed", 2,
        ("Keadaan aman", "Keadaan di [tempat] sudah aman",
         "[Bahaya] telah berakhir.", "Warga boleh kembali. Tetap berhati-hati di jalan."),
        ("All clear", "All clear in [place]",
         "[Danger] is over.", "You may return. Take care on the roads."),
    ),
    Template(
        "test", pgettext_lazy("alert", "Test"), "flask-conical", "Safety", "None", "Past", "Minor",
        "Observed", 1,
        ("Uji coba", "Ini uji coba peringatan",
         "Pusat 112 menguji sistem peringatan. Tidak ada bahaya.", "Tidak perlu berbuat apa-apa."),
        ("Test", "This is a test of the alert system",
         "The 112 centre is testing its alert system. There is no danger.", "Do nothing."),
        "Test",
    ),
)  # fmt: skip


def find(slug: str) -> Template | None:
    """Return the template called ``slug``, or None."""
    return next((item for item in TEMPLATES if item.slug == slug), None)


def initial(template: Template) -> dict[str, str]:
    """Return what the form begins with."""
    names = ("event", "headline", "description", "instruction")
    told = {name: getattr(template, name) for name in (
        "status", "category", "response", "urgency", "severity", "certainty")}  # fmt: skip
    for language in ("id", "en"):
        told |= {
            f"{name}_{language}": text
            for name, text in zip(names, getattr(template, language), strict=True)
        }
    return told
