"""Admins change kinds of problems and rules."""

from collections.abc import Callable

from balai.audit.models import Entry as AuditEntry
from balai.context import Region
from modules.complaints import conf
from modules.complaints.forms import SettingsForm
from modules.complaints.models import Category

PAGE = "/console/complaints/"


def test_an_admin_adds_and_changes_a_kind(
    make_user: Callable, client_for: Callable, in_region: Region, lamps: Category
) -> None:
    client = client_for(in_region, make_user("admin"))
    assert lamps.label_id in client.get(PAGE).content.decode()
    new = {"parent": lamps.parent_id, "label_id": "Lampu taman mati", "label_en": "Park lamp out",
           "icon": "lamp", "klass": "light", "days": "3", "active": "on"}  # fmt: skip
    assert client.post(f"{PAGE}new/", {**new, "days": "251"}).status_code == 422
    assert client.post(f"{PAGE}new/", new).status_code == 302
    added = Category.objects.get(slug="lampu-taman-mati")
    assert (added.days, added.active) == (3, True)
    change = {**new, "days": "5"}
    del change["active"]
    assert client.post(f"{PAGE}{added.slug}/", change).status_code == 302
    row = AuditEntry.objects.filter(action="complaints.category_changed").first()
    assert (row.before["days"], row.after["days"], row.after["active"]) == (3, 5, False)
    assert "Lampu taman mati" in client.get(PAGE).content.decode()
    assert "Lampu taman mati" not in client.get("/complaints/new/").content.decode()


def test_officers_stay_out(officer: object, client_for: Callable, in_region: Region) -> None:
    assert client_for(in_region, officer).get(PAGE).status_code == 403


def test_the_settings_form_knows_every_setting() -> None:
    assert set(SettingsForm().fields) == {field.name for field in conf.fields(conf.Settings)}
    empty = SettingsForm({})
    assert not empty.is_valid()
    assert "verify_days" in empty.errors
