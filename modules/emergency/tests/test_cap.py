"""CAP 1.2: what we write is valid by the schema, and by the rules the schema does not see."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files

import pytest
import xmlschema
from hypothesis import given, settings, strategies as st

from balai.context import Region, region_context
from modules.emergency.cap import (
    Area,
    Info,
    Message,
    Reference,
    Unreadable,
    from_xml,
    problems,
    to_xml,
)
from modules.emergency.cap.vocabulary import (
    CATEGORIES,
    CERTAINTIES,
    RESPONSES,
    SEVERITIES,
    STATUSES,
    URGENCIES,
)
from modules.emergency.services import alert_messages, alerting
from modules.emergency.tests.alert_helpers import draft, published

WIB = timezone(timedelta(hours=7))
SENT = datetime(2026, 9, 24, 15, 7, tzinfo=WIB)
RING = ((-6.17, 106.63), (-6.18, 106.63), (-6.18, 106.64), (-6.17, 106.63))
INFO = Info(
    language="id-ID", categories=("Met",), event="Banjir", responses=("Prepare",),
    urgency="Expected", severity="Severe", certainty="Likely", effective=SENT,
    expires=SENT + timedelta(hours=6), sender_name="Kota Tangerang", headline="Waspada banjir",
    description="Air naik <cepat> & deras.", instruction="Pindah ke tempat tinggi.",
    web="https://tangerang.balai.id/a", contact="112",
    areas=(Area(description="Periuk", polygons=(RING,), circles=((-6.17, 106.63, 2.0),),
                geocodes=(("Kemendagri", "36.71.06"),)),),
)  # fmt: skip
MESSAGE = Message(
    identifier="balai-36.71-1", sender="112@tangerang.balai.id", sent=SENT, status="Actual",
    msg_type="Alert", infos=(INFO,),
)  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    """OASIS's own schema."""
    return xmlschema.XMLSchema(str(files("modules.emergency.cap").joinpath("CAP-v1.2.xsd")))


def test_what_is_written_is_valid_and_reads_back_the_same(schema) -> None:
    reference = Reference(sender="112@x", identifier="a", sent=SENT)
    for message in (
        MESSAGE,
        replace(MESSAGE, msg_type="Cancel", references=(reference, reference)),
        replace(MESSAGE, scope="Private", addresses="a@b"),
        replace(MESSAGE, infos=(INFO, replace(INFO, language="en-US", onset=SENT))),
        *(replace(MESSAGE, status=value) for value, *_ in STATUSES),
    ):
        document = to_xml(message)
        schema.validate(document.decode())
        assert from_xml(document) == message
    zulu = to_xml(MESSAGE).replace(b"+07:00", b"Z")
    assert not schema.is_valid(zulu.decode()), "control: the schema refuses Z"


def test_every_word_that_can_be_chosen_is_in_the_schema(schema) -> None:
    words = {"urgency": URGENCIES, "severity": SEVERITIES, "certainty": CERTAINTIES}
    infos = [replace(INFO, **{name: value}) for name, all_ in words.items() for value, *_ in all_]
    infos += [replace(INFO, categories=(value,)) for value, *_ in CATEGORIES]
    infos += [replace(INFO, responses=(value,)) for value, *_ in RESPONSES]
    schema.validate(to_xml(replace(MESSAGE, infos=tuple(infos))).decode())


def test_rules_beyond_the_schema() -> None:
    area = INFO.areas[0]

    def info(**fields: object) -> Message:
        return replace(MESSAGE, infos=(replace(INFO, **fields),))

    def place(**fields: object) -> Message:
        return info(areas=(replace(area, **fields),))

    assert problems(MESSAGE) == []
    crossed = ((-6.17, 106.63), (-6.19, 106.65), (-6.17, 106.65), (-6.19, 106.63), (-6.17, 106.63))
    for where, wrong in (
        ("identifier", replace(MESSAGE, identifier="a, b")),
        ("sent", replace(MESSAGE, sent=SENT.replace(tzinfo=None))),
        ("references", replace(MESSAGE, msg_type="Update")),
        ("references", replace(MESSAGE, msg_type="Cancel")),
        ("addresses", replace(MESSAGE, scope="Private")),
        ("restriction", replace(MESSAGE, scope="Restricted")),
        ("info", replace(MESSAGE, infos=())),
        ("expires", info(expires=None)),
        ("expires", info(expires=SENT)),
        ("expires", info(onset=SENT + timedelta(hours=7))),
        ("headline", info(headline=" ")),
        ("description", info(description="bel\x07")),
        ("area", info(areas=())),
        ("area", place(polygons=(), circles=(), geocodes=())),
        ("areaDesc", place(description="")),
        ("polygon", place(polygons=(RING[:3],))),
        ("polygon", place(polygons=((*RING[:3], (-6.2, 106.6)),))),
        ("polygon", place(polygons=(crossed,))),
        ("polygon", place(polygons=(tuple((lng, lat) for lat, lng in RING),))),
        ("circle", place(circles=((-6.17, 106.63, 0.0),))),
        ("circle", place(circles=((51.5, 0.0, 1.0),))),
    ):
        assert where in {problem.where for problem in problems(wrong)}, where
        assert all(str(problem.text) for problem in problems(wrong))


def test_our_own_alerts_on_three_clocks(schema, in_region: Region, dispatcher, supervisor) -> None:
    first = published(dispatcher, supervisor, circle_lat="-6.17", circle_lng="106.63",
                      circle_km="1", polygons="-6.17,106.63 -6.18,106.63 -6.18,106.64")  # fmt: skip
    cancel = alerting.follow_up(alert=first, kind="cancel", by=dispatcher)
    for alert in (first, published(dispatcher, supervisor, cancel)):
        schema.validate(alert.document)
        assert "+07:00" in alert.document
        assert problems(from_xml(alert.document.encode())) == []
    exercise = published(dispatcher, supervisor, status="Exercise")
    schema.validate(exercise.document)
    assert exercise.identifier in from_xml(exercise.document.encode()).note, "CAP 1.2, status"
    written = draft(dispatcher)
    for zone, offset in (("Asia/Makassar", "+08:00"), ("Asia/Jayapura", "+09:00")):
        with region_context(replace(in_region, timezone=zone)):
            document = to_xml(alert_messages.build(written)).decode()
        schema.validate(document)
        assert offset in document
    assert alert_messages.sender() == "112@tangerang.localhost"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&c;</identifier></alert>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&x;</identifier></alert>"""


@pytest.mark.parametrize("document", [
    BOMB, FILE, b"", b"<html/>", b"\x00\x01", b"<alert>", b'<?xml version="1.0" encoding="x"?><a/>',
    to_xml(MESSAGE).replace(b"<sent>2026-09-24T15:07:00+07:00</sent>", b"<sent>kemarin</sent>"),
])  # fmt: skip
def test_what_is_no_alert_is_refused(document: bytes) -> None:
    with pytest.raises(Unreadable):
        from_xml(document)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_reading_survives_what_others_write(points: str, radius: str, moment: str) -> None:
    text = "".join(
        letter for letter in points + radius if letter.isprintable() and letter not in "<&"
    )
    when = "".join(letter for letter in moment if letter.isprintable() and letter not in "<&")
    document = to_xml(MESSAGE).decode()
    document = document.replace("-6.170000,106.630000 2.000", text)
    document = document.replace("<effective>2026-09-24T15:07:00+07:00", f"<effective>{when}")
    message = from_xml(document.encode())
    assert message.infos[0].areas[0].polygons == (RING,)


def test_a_time_without_an_offset_is_an_error() -> None:
    with pytest.raises(ValueError, match="offset"):
        to_xml(replace(MESSAGE, sent=datetime(2026, 1, 1)))  # what is refused
    assert b"+00:00" in to_xml(replace(MESSAGE, sent=datetime(2026, 1, 1, tzinfo=UTC)))
