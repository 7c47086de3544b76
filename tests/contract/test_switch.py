"""The switch reaches jobs, receivers and the API, and never touches data."""

import pytest

from balai.context import platform, region_context
from balai.modules import registry
from balai.modules.events import receivers_of
from tests.dummy.specimen import services
from tests.dummy.specimen.models import Note
from tests.dummy.specimen.receivers import echo
from tests.dummy.specimen.tasks import count_notes

pytestmark = pytest.mark.django_db


def flip(region, enabled):
    from tenants import activation, directory

    with platform():
        activation.switch(directory.by_schema(region.schema), "specimen", enabled)
        directory.invalidate(region.schema)
        return directory.by_schema(region.schema)


def test_jobs_receivers_and_api_follow_the_switch(region, client_for) -> None:
    client = client_for(region)
    with region_context(region):
        services.write_note(text="Catatan")
        before = Note.objects.count()
        assert count_notes() == before
        assert echo in receivers_of("specimen.note_written")
    assert client.get("/api/v1/specimen/").status_code == 200
    with region_context(flip(region, False)):
        assert count_notes() is None
        assert echo not in receivers_of("specimen.note_written")
        assert Note.objects.count() == before, "a switch never deletes data"
    assert client.get("/api/v1/specimen/").status_code == 404


def test_switch_runs_hooks_once_and_is_audited(region) -> None:
    from balai.audit.models import Entry

    module = registry.get("specimen")
    module.switched.clear()
    flip(region, False)
    flip(region, False)
    flip(region, True)
    assert module.switched == ["off", "on"]
    with region_context(region):
        switched = Entry.objects.filter(action__startswith="module.", target="specimen")
        assert switched.count() == 2
