"""Static files as production serves them: hashed names, whole modules."""

import re

from django.core.files.storage import storages
from django.core.management import call_command


def test_modules_import_each_other_by_their_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "balai.ui.storage.HashedStaticFiles"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    url = storages["staticfiles"].url("balai/js/app.js")
    app = tmp_path / url.removeprefix(settings.STATIC_URL)
    assert re.search(r"app\.[0-9a-f]{12}\.js$", url)
    imported = re.findall(r'(?:from |import\()"\./([^"]+)"', app.read_text(encoding="utf-8"))
    assert len(imported) >= 7
    assert [name for name in imported if not (app.parent / name).exists()] == []
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", name) for name in imported)
    assert app.with_name(f"{app.name}.gz").exists()
