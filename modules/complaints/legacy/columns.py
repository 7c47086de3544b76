"""The columns of older systems' exports, under the headings that are in use."""

from typing import Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.importing import Column
from balai.importing.parsing import moment, number, text

COLUMNS: Final = (
    Column(
        "old", _("Number in the older system"), unique=True, parse=text(most=40),
        help=_("By it a report is known again when the file comes a second time."),
        example="LPR-2019-000123",
        aliases=("nomor", "no", "id", "no laporan", "nomor laporan", "id laporan", "kode",
                 "tracking id", "nomor tiket", "no tiket", "ticket", "kode laporan", "number"),
    ),
    Column(
        "created", _("Received on"), required=True, parse=moment, example="05/08/2019 14:03",
        help=_("Day before month. Without a time it is midnight."),
        aliases=("tanggal", "tgl", "tanggal laporan", "tanggal masuk", "tgl laporan", "waktu",
                 "dibuat", "created at", "date", "tanggal lapor", "tanggal pengaduan"),
    ),
    Column(
        "category", _("Kind of problem"), listed=True, example="Lampu jalan mati",
        help=_("A name or short name of a kind of problem of this region."),
        aliases=("kategori", "jenis", "jenis laporan", "topik", "category", "bidang", "klasifikasi",
                 "jenis pengaduan", "kategori laporan"),
    ),
    Column(
        "title", _("Heading"), parse=text(most=255), example="Lampu mati di depan sekolah",
        help=_("Without one it is made of the text's first sentence."),
        aliases=("judul", "judul laporan", "title", "perihal", "subjek"),
    ),
    Column(
        "text", _("Text"), required=True, parse=text(most=3000, least=3),
        example="Lampu di depan gerbang sekolah mati sejak hari Minggu.",
        aliases=("isi", "isi laporan", "uraian", "deskripsi", "keterangan", "laporan", "pengaduan",
                 "aduan", "isi aduan", "isi pengaduan", "description"),
    ),
    Column(
        "status", _("Status"), listed=True, example="Selesai",
        help=_("Received, assigned, in progress, done or rejected. Empty counts as done."),
        aliases=("status laporan", "tahap", "state", "kondisi", "posisi"),
    ),
    Column(
        "agency", _("Agency"), listed=True, example="Dinas Perhubungan",
        help=_("Code, name or short name."),
        aliases=("opd", "dinas", "skpd", "instansi", "perangkat daerah", "kode dinas", "unit kerja",
                 "disposisi", "instansi tujuan", "penanggung jawab"),
    ),
    Column(
        "district", pgettext_lazy("column", "Kecamatan"), listed=True, example="Tangerang",
        aliases=("kec", "district", "nama kecamatan"),
    ),
    Column(
        "village", pgettext_lazy("column", "Kelurahan or desa"), listed=True, example="Sukasari",
        aliases=("kelurahan", "desa", "kel", "village", "kelurahan desa", "nama kelurahan"),
    ),
    Column(
        "latitude", _("Latitude"), parse=number, example="-6.1781",
        aliases=("lat", "lintang", "garis lintang", "koordinat lat"),
    ),
    Column(
        "longitude", _("Longitude"), parse=number, example="106.6300",
        aliases=("lng", "long", "lon", "bujur", "garis bujur", "koordinat long"),
    ),
    Column(
        "landmark", _("Place in words"), parse=text(most=160), example="dekat SD Negeri 1",
        aliases=("alamat", "lokasi", "patokan", "tempat", "alamat lokasi", "address"),
    ),
    Column(
        "resolved", _("Finished on"), parse=moment, example="2019-08-09",
        aliases=("tanggal selesai", "tgl selesai", "selesai pada", "closed at", "resolved at",
                 "tanggal penyelesaian", "ditutup"),
    ),
    Column(
        "answer", pgettext_lazy("column", "Answer"), parse=text(most=3000),
        example="Lampu sudah diganti.",
        aliases=("tanggapan", "jawaban", "tindak lanjut", "balasan", "penyelesaian", "respon",
                 "hasil tindak lanjut", "response"),
    ),
)  # fmt: skip
