"""What the tables of 112 hold: who calls for help tells of health, children and crimes."""

from balai.classify import Digest, left_out, table

CALLER = "emergency.caller"
TABLES = {
    "Alert": table(
        none="id uuid identifier state status msg_type sender document references category"
        " response urgency severity certainty infos area_name areas polygons circles onset_at"
        " expires_at web contact created_at sent_at sample",
        ordinary="author approver",
        about="officers",
    ),
    "Feed": table(
        none="id uuid name url credit active checked_at next_at failures error etag seen"
    ),
    "FeedItem": table(
        none="id feed identifier headline description event severity instruction web areas polygons"
        " sent_at onset_at expires_at cancelled seen_at"
    ),
    "Category": table(
        none="id slug label_id label_en icon urgency target_minutes units script agency sealed"
        " active position"
    ),
    "Outcome": table(none="id code label_id label_en real active position"),
    "Counter": table(none="year last"),
    "Incident": table(
        none="id uuid number category state sealed area source agency outcome merged_into version"
        " sample created_at ended_at",
        ordinary="address landmark latitude longitude accuracy",
        specific="text answers casualties hazards",
        about="citizens",
    ),
    "Stamp": table(
        none="id incident unit what at noted_at corrects",
        ordinary="actor",
        specific="text",
        about="citizens, officers",
    ),
    "Call": table(
        none="id uuid key channel kind incident answered_at classified_at sample",
        ordinary="caller caller_hash name taker",
        specific="note",
        sealed={"caller": CALLER},
        digests={"caller_hash": Digest("caller", CALLER)},
        about="citizens, officers",
    ),
    "Draft": left_out(
        "Forms that a call taker is filling in now, sealed; they become calls within minutes.",
        none="key begun_at saved_at",
        ordinary="taker",
        specific="sealed",
        about="citizens, officers",
    ),
    "SealAccess": table(
        none="id incident asked_at granted decided_at until",
        ordinary="user reason decided_by",
        about="officers",
    ),
    "Transfer": table(
        none="id incident incoming key receiver name region state receipt progress heard at"
        " received_at",
        ordinary="person note",
        about="officers",
    ),
    "Unit": table(
        none="id callsign kind agency state reason base_latitude base_longitude uuid active",
        ordinary="latitude longitude position_at",
        about="officers",
    ),
    "Shift": table(none="id unit began_at ended_at", ordinary="user", about="officers"),
    "Leg": table(none="id incident unit state sent_at"),
}
