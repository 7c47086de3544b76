"""Every text has an Indonesian translation, and the checker sees what is missing."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from balai.i18n.catalogs import app_folders, po_path
from balai.i18n.check import contradictions, problems
from balai.i18n.extract import update


@pytest.mark.parametrize("app", list(app_folders()), ids=lambda app: app.name)
def test_every_text_is_translated(app: Path) -> None:
    assert list(problems(app)) == []


def test_readers_see_our_words_where_a_library_has_others() -> None:
    with translation.override("id"):
        for app in app_folders():
            for message in read_po(po_path(app).open("rb")) if po_path(app).exists() else ():
                if message.id and isinstance(message.id, str) and not message.context:
                    assert translation.gettext(message.id) == message.string, app.name


def test_no_two_apps_translate_a_text_differently(tmp_path: Path) -> None:
    assert list(contradictions(app_folders())) == []
    for app, word in (("one", "Judul"), ("two", "Jabatan")):
        po = po_path(tmp_path / app)
        po.parent.mkdir(parents=True)
        po.write_text(f'msgid "Title"\nmsgstr "{word}"\n')
    assert len(list(contradictions([tmp_path / "one", tmp_path / "two"]))) == 1


def test_checker_sees_missing_and_broken_texts(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "page.html").write_text(
        "{% load i18n %}{% translate 'Good morning' %}"
        "{% blocktranslate count n=n %}{{ n }} report{% plural %}"
        "{{ n }} reports{% endblocktranslate %}"
    )
    (tmp_path / "views.py").write_text("from x import gettext as _\n_('%(count)d left')\n")
    assert len(list(problems(tmp_path))) == 3
    update(tmp_path)
    po = po_path(tmp_path)
    text = po.read_text()
    text = text.replace('msgid "Good morning"\nmsgstr ""', 'msgid "Good morning"\nmsgstr "Pagi"')
    text = text.replace(
        'msgid "%(count)d left"\nmsgstr ""', 'msgid "%(count)d left"\nmsgstr "sisa %(jumlah)s"'
    )
    po.write_text(text)
    left = list(problems(tmp_path))
    assert len(left) == 2
    assert any("report" in line for line in left)
    assert any("count" in line for line in left)


def test_update_keeps_what_was_translated(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text("_('Yes')\n")
    update(tmp_path)
    po = po_path(tmp_path)
    po.write_text(po.read_text().replace('msgid "Yes"\nmsgstr ""', 'msgid "Yes"\nmsgstr "Ya"'))
    (tmp_path / "views.py").write_text("_('Yes')\n_('No')\n")
    update(tmp_path)
    assert 'msgstr "Ya"' in po.read_text()
    assert len(list(problems(tmp_path))) == 1
