"""What a city of two million plans: agencies with their share, programmes, activities, accounts.

Names are those of Permendagri 90/2019 and its update Kepmendagri 050-5889/2021; amounts are made up
in the proportions of a city's APBD of some five trillion rupiah.
"""

from typing import Final, NamedTuple


class Office(NamedTuple):
    """An agency of the budget: its field of government, name, billions of rupiah, own work.

    ``work`` is {programme: activities}; what every agency needs to run comes on top.
    """

    field: str
    name: str
    billions: int
    work: dict[str, tuple[str, ...]]


SUPPORT: Final = "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota"
SUPPORTING: Final = (
    ("Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah", 2,
     ("5.1.02.01", "5.1.02.02", "5.1.02.04", "5.2.02.10")),
    ("Administrasi Keuangan Perangkat Daerah", 62,
     ("5.1.01.01", "5.1.01.02", "5.1.02.02", "5.1.02.01")),
    ("Administrasi Barang Milik Daerah pada Perangkat Daerah", 1,
     ("5.1.02.01", "5.1.02.02", "5.1.02.04")),
    ("Administrasi Pendapatan Daerah Kewenangan Perangkat Daerah", 1, ("5.1.02.01", "5.1.02.02")),
    ("Administrasi Kepegawaian Perangkat Daerah", 3,
     ("5.1.02.01", "5.1.02.02", "5.1.02.04", "5.1.01.02")),
    ("Administrasi Umum Perangkat Daerah", 8,
     ("5.1.02.01", "5.1.02.02", "5.1.02.03", "5.1.02.04", "5.2.02.05", "5.2.02.10")),
    ("Pengadaan Barang Milik Daerah Penunjang Urusan Pemerintah Daerah", 6,
     ("5.1.02.01", "5.2.02.05", "5.2.02.10", "5.2.03.01")),
    ("Penyediaan Jasa Penunjang Urusan Pemerintahan Daerah", 12,
     ("5.1.02.01", "5.1.02.02", "5.1.02.03", "5.1.02.04")),
    ("Pemeliharaan Barang Milik Daerah Penunjang Urusan Pemerintahan Daerah", 7,
     ("5.1.02.01", "5.1.02.02", "5.1.02.03", "5.2.03.01")),
)  # fmt: skip
"""Activity, its weight, its accounts."""
ACCOUNTS: Final = {
    "5.1.01.01": "Belanja Gaji dan Tunjangan ASN",
    "5.1.01.02": "Belanja Tambahan Penghasilan ASN",
    "5.1.02.01": "Belanja Barang",
    "5.1.02.02": "Belanja Jasa",
    "5.1.02.03": "Belanja Pemeliharaan",
    "5.1.02.04": "Belanja Perjalanan Dinas",
    "5.1.05.05": "Belanja Hibah kepada Badan, Lembaga, dan Organisasi Kemasyarakatan",
    "5.1.06.01": "Belanja Bantuan Sosial kepada Individu",
    "5.2.02.05": "Belanja Modal Alat Kantor dan Rumah Tangga",
    "5.2.02.10": "Belanja Modal Komputer",
    "5.2.03.01": "Belanja Modal Bangunan Gedung",
    "5.2.04.01": "Belanja Modal Jalan dan Jembatan",
    "5.2.04.02": "Belanja Modal Bangunan Air",
    "5.3.01.01": "Belanja Tidak Terduga",
    "4.1.01.06": "Pajak Barang dan Jasa Tertentu (PBJT)",
    "4.1.01.15": "Pajak Bumi dan Bangunan Perdesaan dan Perkotaan (PBB-P2)",
    "4.1.01.16": "Bea Perolehan Hak atas Tanah dan Bangunan (BPHTB)",
    "4.1.02.01": "Retribusi Jasa Umum",
    "4.1.04.05": "Jasa Giro",
    "4.2.01.01": "Dana Perimbangan",
    "4.2.02.01": "Pendapatan Bagi Hasil",
    "6.1.01.05": "Penghematan Belanja",
}
WORKS: Final = ("5.2.04.01", "5.2.04.02", "5.1.02.02", "5.1.02.03")
GOODS: Final = ("5.1.02.01", "5.1.02.02", "5.1.02.04", "5.2.02.05")
AID: Final = ("5.1.06.01", "5.1.05.05", "5.1.02.01", "5.1.02.02")
BUILDING: Final = ("5.2.03.01", "5.2.02.05", "5.1.02.02", "5.1.02.01")
SERVICES: Final = ("5.1.02.02", "5.1.02.01", "5.1.02.03", "5.1.02.04")
KINDS: Final = {
    "jalan": WORKS, "drainase": WORKS, "air": WORKS, "perumahan": BUILDING, "gedung": BUILDING,
    "sekolah": BUILDING, "sosial": AID, "jaminan": AID, "peralatan": GOODS, "sarana": GOODS,
}  # fmt: skip
"""The accounts of an activity by a word of its name; others buy services."""
REVENUE: Final = (
    ("Badan Pendapatan Daerah", "4.1.01.06", 820), ("Badan Pendapatan Daerah", "4.1.01.15", 610),
    ("Badan Pendapatan Daerah", "4.1.01.16", 690), ("Dinas Perhubungan", "4.1.02.01", 34),
    ("Dinas Lingkungan Hidup", "4.1.02.01", 48),
    ("Badan Pengelolaan Keuangan dan Aset Daerah", "4.1.04.05", 62),
    ("Badan Pengelolaan Keuangan dan Aset Daerah", "4.2.01.01", 1560),
    ("Badan Pengelolaan Keuangan dan Aset Daerah", "4.2.02.01", 1010),
)  # fmt: skip
"""Agency, account, billions."""
FINANCING: Final = (("Badan Pengelolaan Keuangan dan Aset Daerah", "6.1.01.05", 410),)


def _office(field: str, name: str, billions: int, *work: str) -> Office:
    """Return an office; ``work`` are texts "programme: activity; activity"."""
    split = (text.partition(": ") for text in work)
    return Office(
        field, name, billions, {head: tuple(rest.split("; ")) for head, _sign, rest in split}
    )


OFFICES: Final = (
    _office("1.01", "Dinas Pendidikan", 1340,
            "Program Pengelolaan Pendidikan: Pengelolaan Pendidikan Sekolah Dasar; Pengelolaan"
            " Pendidikan Sekolah Menengah Pertama; Pengelolaan Pendidikan Anak Usia Dini (PAUD);"
            " Pengelolaan Pendidikan Nonformal/Kesetaraan; Pembangunan dan Rehabilitasi Ruang Kelas"
            " Sekolah",
            "Program Pendidik dan Tenaga Kependidikan: Pemerataan Kuantitas dan Kualitas Pendidik"
            " dan Tenaga Kependidikan"),
    _office("1.02", "Dinas Kesehatan", 720,
            "Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat:"
            " Penyediaan Fasilitas Pelayanan dan peralatan Kesehatan; Penyediaan Layanan Kesehatan"
            " untuk UKM dan UKP; jaminan Kesehatan Masyarakat; Pengelolaan Pelayanan Kesehatan Ibu"
            " dan Anak di Posyandu",
            "Program Peningkatan Kapasitas Sumber Daya Manusia Kesehatan: Pengembangan Mutu dan"
            " Peningkatan Kompetensi Teknis SDM Kesehatan",
            "Program Sediaan Farmasi, Alat Kesehatan dan Makanan Minuman: Pemeriksaan dan Tindak"
            " Lanjut Hasil Pemeriksaan Pangan Industri Rumah Tangga"),
    _office("1.02", "Rumah Sakit Umum Daerah", 350,
            "Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat:"
            " Peningkatan Pelayanan BLUD; Pengadaan peralatan Kedokteran"),
    _office("1.03", "Dinas Pekerjaan Umum dan Penataan Ruang", 640,
            "Program Penyelenggaraan Jalan: Pembangunan jalan; Pemeliharaan Rutin jalan;"
            " Rehabilitasi jalan; Pemeliharaan jembatan dan jalan Lingkungan",
            "Program Pengelolaan dan Pengembangan Sistem Drainase: Pembangunan Sistem drainase"
            " Perkotaan; Operasi dan Pemeliharaan Sistem drainase",
            "Program Pengelolaan Sumber Daya Air (SDA): Normalisasi Sungai dan Tanggul air;"
            " Operasi dan Pemeliharaan Pompa air Pengendali Banjir",
            "Program Penataan Bangunan Gedung: Pembangunan gedung Pemerintah"),
    _office("1.04", "Dinas Perumahan Rakyat dan Kawasan Permukiman", 290,
            "Program Kawasan Permukiman: Peningkatan Kualitas perumahan Kumuh; Perbaikan Rumah"
            " Tidak Layak Huni (perumahan Swadaya)",
            "Program Peningkatan Prasarana, Sarana dan Utilitas Umum (PSU): Pemasangan Lampu"
            " Penerangan jalan Umum; Pemeliharaan Lampu Penerangan jalan Umum"),
    _office("1.05", "Satuan Polisi Pamong Praja", 96,
            "Program Peningkatan Ketenteraman dan Ketertiban Umum: Penanganan Gangguan Ketenteraman"
            " dan Ketertiban Umum; Penegakan Peraturan Daerah"),
    _office("1.05", "Dinas Pemadam Kebakaran dan Penyelamatan", 84,
            "Program Pencegahan, Penanggulangan, Penyelamatan Kebakaran dan Penyelamatan Non"
            " Kebakaran: Pencegahan dan Pemadaman Kebakaran; Pengadaan sarana Pemadam Kebakaran"),
    _office("1.05", "Badan Penanggulangan Bencana Daerah", 42,
            "Program Penanggulangan Bencana: Pelayanan Penyelamatan dan Evakuasi Korban Bencana;"
            " Pelayanan Pencegahan dan Kesiapsiagaan terhadap Bencana"),
    _office("1.06", "Dinas Sosial", 78,
            "Program Perlindungan dan Jaminan Sosial: Pengelolaan Data Fakir Miskin dan bantuan"
            " sosial; Pemeliharaan Anak Terlantar (sosial)",
            "Program Rehabilitasi Sosial: Rehabilitasi sosial Dasar Penyandang Disabilitas"),
    _office("2.07", "Dinas Ketenagakerjaan", 46,
            "Program Pelatihan Kerja dan Produktivitas Tenaga Kerja: Pelatihan Berdasarkan Unit"
            " Kompetensi",
            "Program Penempatan Tenaga Kerja: Pelayanan Antarkerja dan Bursa Kerja"),
    _office("2.08", "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan KB",
            61, "Program Perlindungan Perempuan: Penyediaan Layanan Rujukan bagi Perempuan Korban"
            " Kekerasan",
            "Program Pembinaan Keluarga Berencana (KB): Pendayagunaan Penyuluh KB; Pengendalian"
            " Kebutuhan Alat dan Obat Kontrasepsi"),
    _office("2.09", "Dinas Ketahanan Pangan dan Pertanian", 38,
            "Program Peningkatan Diversifikasi dan Ketahanan Pangan Masyarakat: Penyediaan dan"
            " Penyaluran Pangan Pokok; Pengelolaan Cadangan Pangan"),
    _office("2.11", "Dinas Lingkungan Hidup", 268,
            "Program Pengelolaan Persampahan: Pengangkutan dan Pengolahan Sampah; Penyediaan sarana"
            " Persampahan; Operasional TPA",
            "Program Pengelolaan Keanekaragaman Hayati: Pengelolaan Taman Kota dan Ruang Terbuka"
            " Hijau",
            "Program Pengendalian Pencemaran Lingkungan Hidup: Pencegahan Pencemaran Lingkungan"
            " Hidup"),
    _office("2.12", "Dinas Kependudukan dan Pencatatan Sipil", 41,
            "Program Pendaftaran Penduduk: Pelayanan Pendaftaran Penduduk",
            "Program Pencatatan Sipil: Pelayanan Pencatatan Sipil"),
    _office("2.15", "Dinas Perhubungan", 158,
            "Program Penyelenggaraan Lalu Lintas dan Angkutan Jalan (LLAJ): Penyediaan Perlengkapan"
            " jalan; Subsidi dan Operasional Angkutan Umum Massal; Pengujian Kendaraan Bermotor"),
    _office("2.16", "Dinas Komunikasi dan Informatika", 92,
            "Program Aplikasi Informatika: Pengelolaan E-Government; Pengelolaan Nama Domain dan"
            " Pusat Data",
            "Program Informasi dan Komunikasi Publik: Pengelolaan Informasi dan Komunikasi Publik"),
    _office("2.17", "Dinas Koperasi, Usaha Kecil dan Menengah", 29,
            "Program Pemberdayaan Usaha Menengah, Usaha Kecil, dan Usaha Mikro: Pemberdayaan Usaha"
            " Mikro"),
    _office("2.18", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", 33,
            "Program Pelayanan Penanaman Modal: Pelayanan Perizinan dan Nonperizinan Terpadu"),
    _office("2.19", "Dinas Kepemudaan dan Olahraga", 74,
            "Program Pengembangan Daya Saing Keolahragaan: Pembinaan Olahraga Prestasi; Penyediaan"
            " sarana Olahraga"),
    _office("2.22", "Dinas Kebudayaan dan Pariwisata", 44,
            "Program Pengembangan Kebudayaan: Pelestarian Kesenian Tradisional",
            "Program Pemasaran Pariwisata: Pemasaran Pariwisata Dalam dan Luar Negeri"),
    _office("2.23", "Dinas Perpustakaan dan Kearsipan", 31,
            "Program Pembinaan Perpustakaan: Pengelolaan Perpustakaan Tingkat Daerah"),
    _office("3.30", "Dinas Perindustrian dan Perdagangan", 52,
            "Program Peningkatan Sarana Distribusi Perdagangan: Pembangunan dan Pengelolaan sarana"
            " Pasar Rakyat",
            "Program Stabilisasi Harga Barang Kebutuhan Pokok: Operasi Pasar dan Pemantauan Harga"),
    _office("4.01", "Sekretariat Daerah", 186,
            "Program Pemerintahan dan Kesejahteraan Rakyat: Fasilitasi Bina Mental Spiritual;"
            " Fasilitasi dan Koordinasi Hukum",
            "Program Perekonomian dan Pembangunan: Pengelolaan Pengadaan Barang dan Jasa"),
    _office("4.02", "Sekretariat DPRD", 142,
            "Program Dukungan Pelaksanaan Tugas dan Fungsi DPRD: Pembentukan Peraturan Daerah dan"
            " Peraturan DPRD; Penyerapan dan Penghimpunan Aspirasi Masyarakat"),
    _office("5.01", "Badan Perencanaan Pembangunan Daerah", 48,
            "Program Perencanaan, Pengendalian dan Evaluasi Pembangunan Daerah: Penyusunan"
            " Perencanaan dan Pendanaan"),
    _office("5.02", "Badan Pengelolaan Keuangan dan Aset Daerah", 236,
            "Program Pengelolaan Keuangan Daerah: Koordinasi dan Pelaksanaan Akuntansi; Pengelolaan"
            " Belanja Tidak Terduga",
            "Program Pengelolaan Barang Milik Daerah: Pengelolaan Barang Milik Daerah"),
    _office("5.02", "Badan Pendapatan Daerah", 118,
            "Program Pengelolaan Pendapatan Daerah: Kegiatan Pengelolaan Pendapatan Daerah"),
    _office("5.03", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", 49,
            "Program Kepegawaian Daerah: Pengadaan, Pemberhentian dan Informasi Kepegawaian ASN"),
    _office("6.01", "Inspektorat Daerah", 43,
            "Program Penyelenggaraan Pengawasan: Penyelenggaraan Pengawasan Internal"),
    _office("8.01", "Badan Kesatuan Bangsa dan Politik", 57,
            "Program Penguatan Ideologi Pancasila dan Karakter Kebangsaan: Pemantapan Wawasan"
            " Kebangsaan"),
)  # fmt: skip
DISTRICT: Final = {
    "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik": (
        "Koordinasi Penyelenggaraan Kegiatan Pemerintahan di Tingkat Kecamatan",
    ),
    "Program Pemberdayaan Masyarakat Desa dan Kelurahan": (
        "Kegiatan Pemberdayaan Kelurahan", "Pembangunan sarana dan Prasarana Kelurahan",
    ),
}  # fmt: skip
"""What every kecamatan does."""
DISTRICT_BILLIONS: Final = 44
MOST_DISTRICTS: Final = 10
