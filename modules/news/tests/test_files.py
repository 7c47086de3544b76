"""Pictures and papers: made anew or looked at, seen by everybody only once they are out."""

import io
import time
import zlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from balai.files import UploadRejected
from modules.news import pdf, services, tasks, variants
from modules.news.models import Picture
from modules.news.states import Kind
from modules.news.tests.conftest import paper, picture
from modules.news.workflow import NotAllowed

pytestmark = pytest.mark.django_db


def packed(body: bytes) -> bytes:
    """Return an object stream as PDF 1.5 writes it."""
    return b"5 0 obj<</Type/ObjStm/Filter/FlateDecode>>\nstream\n" + zlib.compress(body)


def test_a_picture_is_made_anew_in_every_size(draft, writer, at, visitor) -> None:
    article = draft()
    kept = services.add_picture(
        article=article, upload=picture(1000, 500), alt=" Jalan baru ", by=writer
    )
    assert (kept.alt, kept.widths) == ("Jalan baru", [480, 960, 1000])
    assert (kept.width, kept.height) == (1000, 500)
    client = at(writer)
    for width, kind in ((480, "avif"), (960, "webp"), (1000, "avif"), (960, "jpg")):
        answer = client.get(f"/news/pictures/{kept.uuid}/{width}.{kind}")
        assert answer["Content-Type"] == variants.TYPES[kind]
        assert answer["Cache-Control"] == "private, no-cache"
        data = b"".join(answer.streaming_content)
        image = Image.open(io.BytesIO(data))
        assert image.format == variants.FORMATS[kind][0]
        assert image.size == (width, width // 2)
        assert not image.getexif()
        assert b"RAHASIA" not in data
        assert visitor.get(f"/news/pictures/{kept.uuid}/{width}.{kind}").status_code == 404
    for nonsense in ("480.png", "481.avif", "480.jpg"):
        assert client.get(f"/news/pictures/{kept.uuid}/{nonsense}").status_code == 404


def test_what_is_out_may_be_kept_by_caches(published, reviewer, visitor) -> None:
    kept = services.add_picture(article=published(), upload=picture(), alt="Jalan", by=reviewer)
    answer = visitor.get(f"/news/pictures/{kept.uuid}/480.avif")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_no_picture_without_words_and_none_by_strangers(draft, writer, make_user) -> None:
    article = draft()
    with pytest.raises(NotAllowed):
        services.add_picture(article=article, upload=picture(), alt=" ", by=writer)
    for by in (make_user("viewer"), make_user("officer"), make_user()):
        with pytest.raises(NotAllowed):
            services.add_picture(article=article, upload=picture(), alt="Jalan", by=by)
    with pytest.raises(UploadRejected):
        text = SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")
        services.add_picture(article=article, upload=text, alt="Jalan", by=writer)


def test_the_main_picture_is_chosen_and_deleted_ones_leave_no_bytes(
    draft, writer, at, django_capture_on_commit_callbacks
) -> None:
    article = draft()
    first, second = (
        services.add_picture(article=article, upload=picture(300, 200), alt=alt, by=writer)
        for alt in ("Satu", "Dua")
    )
    services.change_picture(picture=second, alt="Dua baru", cover=True, by=writer)
    assert [row.alt for row in article.pictures.all()] == ["Dua baru", "Satu"]
    with django_capture_on_commit_callbacks(execute=True):
        page = f"/desk/news/{article.uuid}/pictures/{first.uuid}/remove/"
        assert "Satu" in at(writer).get(page).content.decode()
        assert at(writer).post(page).status_code == 302
    assert default_storage.listdir(f"news/{first.uuid}") == ([], [])
    assert [row.alt for row in article.pictures.all()] == ["Dua baru"]


def test_bytes_without_a_row_are_swept_after_a_day(draft, writer, monkeypatch) -> None:
    kept = services.add_picture(article=draft(), upload=picture(300, 200), alt="A", by=writer)
    lost = services.add_picture(article=draft(), upload=picture(300, 200), alt="B", by=writer)
    Picture.objects.filter(pk=lost.pk).delete()
    assert tasks.sweep_pictures() == 0
    monkeypatch.setattr(tasks, "OLD_ENOUGH", timedelta(0))
    assert tasks.sweep_pictures() >= 1
    assert default_storage.listdir(f"news/{lost.uuid}") == ([], [])
    assert default_storage.listdir(f"news/{kept.uuid}")[1]


def test_a_full_disk_costs_the_file_and_not_the_words(writer, at, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    typed = {"kind": "epaper", "title": "Koran kota edisi dua", "version": "0"}
    monkeypatch.setattr(default_storage, "save", full)
    answer = at(writer).post("/desk/news/new/", typed | {"document": paper()})
    assert answer.status_code == 422
    assert "Koran kota edisi dua" in answer.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        b"<</S/JavaScript/JS(app.alert(1))>>",
        b"<</S/J#61vaScript>>",
        b"<</Names<</EmbeddedFiles 3 0 R>>>>",
        b"<</S/Rendition/JS(app.alert(1))>>",
        b"<</AcroForm<</XFA 3 0 R>>>>",
        b"<</S/Launch/F(cmd.exe)>>",
        b"trailer<</Encrypt 4 0 R>>",
        packed(b"1 0 <</S/JavaScript>>"),
    ],
)
def test_a_paper_with_programs_is_refused(body: bytes) -> None:
    with pytest.raises(UploadRejected):
        pdf.check(paper(body).read())


def test_pictures_that_look_like_a_script_are_none() -> None:
    noise = b"stream\n\x9c/JS\xe2 /XFA\x01 /JS(\x88 endstream"
    pdf.check(paper(packed(b"1 0 <</Type/Page>>") + noise).read())


def test_a_bomb_in_a_paper_is_refused_at_once() -> None:
    bomb = packed(b"\0" * 8_000_000) + b"\nendstream endobj\n"
    began = time.thread_time()
    with pytest.raises(UploadRejected):
        pdf.check(paper(bomb * 200).read())
    pdf.check(paper((packed(b"1 0 <<>>") + b"endobj\n") * 2000 + b"0" * 4_000_000).read())
    assert time.thread_time() - began < 3


def test_a_paper_is_a_whole_pdf() -> None:
    pdf.check(paper(packed(b"1 0 <</Type/Page>>")).read())
    for data in (b"", b"MZ", b"%PDF-1.4 without an end", b"x%PDF-1.4\n%%EOF"):
        with pytest.raises(UploadRejected):
            pdf.check(data)
    with pytest.raises(UploadRejected):
        pdf.check(b"%PDF-" + b"0" * pdf.MAX_BYTES + b"%%EOF")


def test_a_paper_is_downloaded_once_it_is_out(draft, published, visitor) -> None:
    assert visitor.get(f"/news/{draft(Kind.EPAPER).uuid}/paper.pdf").status_code == 404
    answer = visitor.get(f"/news/{published(Kind.EPAPER).uuid}/paper.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        'attachment; filename="perbaikan-jalan-merdeka-dimulai.pdf"'
    )
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    later = published(Kind.EPAPER, at=timezone.now() + timedelta(hours=1))
    assert visitor.get(f"/news/{later.uuid}/paper.pdf").status_code == 404
