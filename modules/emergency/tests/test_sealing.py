"""A sealed incident is read by few, for a while, and every reading is in the log."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from balai.audit.models import Entry as AuditEntry
from balai.directory.models import Area
from modules.emergency.models import Category, Incident, SealAccess, Unit
from modules.emergency.selectors import sealing as selector
from modules.emergency.services import sealing
from modules.emergency.services.dispatching import send, step
from modules.emergency.services.ending import merge
from modules.emergency.services.intake import Told, take
from modules.emergency.workflow import NotAllowed


@pytest.fixture
def sealed(told: Callable[..., Told], taker, violence: Category) -> Incident:
    """Violence at home, told to ``taker``."""
    village = Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent").first()
    call = take(
        told=told(
            category=violence, text="KANARI-TEKS", address="Jalan KANARI 1", landmark="KANARI",
            area=village, pin=(-6.17, 106.63), hazards="KANARI", casualties=2,
            answers={"speak": "KANARI"},
        ),
        taker=taker,
    )  # fmt: skip
    assert call.incident is not None
    return call.incident


def reads() -> int:
    return AuditEntry.objects.filter(action="emergency.sealed_read").count()


def test_who_reads_and_what_others_see(
    sealed: Incident, taker, dispatcher, supervisor, crew, engine: Unit
) -> None:
    assert selector.visible(sealed, taker)
    for other in (dispatcher, supervisor, crew):
        assert not selector.visible(sealed, other)
        shown = sealing.read(incident=sealed, by=other)
        assert "KANARI" not in repr(vars(shown))
        assert (shown.latitude, shown.casualties) == (None, 0)
        assert shown.area == sealed.area.parent
        assert "KDRT" not in shown.category.label
        assert (shown.number, shown.category.units) == (sealed.number, ["police", "social"])
        with pytest.raises(TypeError):
            shown.save()
    assert reads() == 0
    assert sealing.read(incident=sealed, by=taker).text == "KANARI-TEKS"
    leg = send(unit=engine, incident=sealed, by=dispatcher)
    assert sealing.read(incident=sealed, by=crew).text == "KANARI-TEKS"
    assert reads() == 2
    step(leg=leg, name="recall", by=dispatcher)
    assert not selector.visible(sealed, crew)
    leg = send(unit=engine, incident=sealed, by=dispatcher)
    step(leg=leg, name="arrive", by=crew)
    assert selector.visible(sealed, crew)
    step(leg=leg, name="clear", by=crew)
    assert not selector.visible(sealed, crew), "whoever is on the unit after that reads nothing"


def test_two_persons_sixty_minutes_and_the_log(
    sealed: Incident, dispatcher, supervisor, make_user: Callable, incident: Incident
) -> None:
    with pytest.raises(NotAllowed):
        sealing.ask(incident=sealed, by=dispatcher, reason="  ")
    with pytest.raises(NotAllowed):
        sealing.ask(incident=incident, by=dispatcher, reason="Tidak tertutup")
    wish = sealing.ask(incident=sealed, by=dispatcher, reason="Alamat untuk polisi")
    assert sealing.ask(incident=sealed, by=dispatcher, reason="Lagi").pk == wish.pk
    assert [row.pk for row in selector.waiting()] == [wish.pk]
    with pytest.raises(PermissionDenied):
        sealing.decide(wish=wish, granted=True, by=dispatcher)
    with pytest.raises(PermissionDenied):
        sealing.decide(wish=wish, granted=True, by=make_user("call_taker"))
    granted = sealing.decide(wish=wish, granted=True, by=supervisor)
    with pytest.raises(NotAllowed):
        sealing.decide(wish=wish, granted=False, by=supervisor)
    assert selector.visible(sealed, dispatcher)
    assert not selector.visible(sealed, supervisor), "who grants does not read"
    later = timezone.now() + timedelta(minutes=61)
    assert not selector.visible(sealed, dispatcher, later)
    with pytest.raises(PermissionDenied):
        sealing.revoke(access=granted, by=make_user("dispatcher"))
    sealing.revoke(access=granted, by=supervisor)
    assert not selector.visible(sealed, dispatcher)
    told = AuditEntry.objects.filter(target=sealed.number).order_by("seq")
    assert [row.action for row in told] == [
        "emergency.taken", "emergency.seal_asked", "emergency.seal_granted",
        "emergency.seal_revoked",
    ]  # fmt: skip


def test_merging_is_no_way_in(
    sealed: Incident, told: Callable[..., Told], taker, dispatcher
) -> None:
    own = take(told=told(), taker=dispatcher).incident
    merge(incident=own, into=sealed, by=dispatcher)
    assert sealed.calls.filter(taker=dispatcher).exists()
    assert not selector.visible(sealed, dispatcher)
    assert selector.visible(sealed, taker)


def test_nobody_grants_their_own_wish(sealed: Incident, supervisor) -> None:
    wish = sealing.ask(incident=sealed, by=supervisor, reason="Perlu alamat")
    with pytest.raises(PermissionDenied):
        sealing.decide(wish=wish, granted=True, by=supervisor)
    assert SealAccess.objects.get(pk=wish.pk).granted is None
