"""What the tables of reports hold; words of citizens are theirs, whatever they wrote."""

from balai.classify import left_out, table

TABLES = {
    "Category": table(
        none="id slug parent label_id label_en icon klass days agency secret_default featured"
        " active position"
    ),
    "Counter": table(none="year last"),
    "Complaint": table(
        none="id uuid number kind category identity language area district state agency secret"
        " refusals reopenings sample created_at due_at days_left published_at answered_at"
        " resolved_at closed_at source api_key merged_into planned_for hold_until holds forced"
        " level recipient appealed_at dossier_consent_at edited_at seen_at erased_at suspicions"
        " followers",
        ordinary="title text reporter landmark latitude longitude assignee search",
        sealed={"secret_hash": ""},
        about="citizens, officers",
    ),
    "Contact": table(
        none="complaint prefers",
        ordinary="name email phone latitude longitude",
        about="citizens",
    ),
    "SavedFilter": table(none="uuid name deleted_at", ordinary="user query", about="officers"),
    "CannedReply": table(none="uuid state label text agency"),
    "BulkAction": table(
        none="uuid action targets outcome state due_at done_at",
        ordinary="user values",
        about="officers",
    ),
    "HoldRequest": table(
        none="id complaint until asked_at granted decided_at",
        ordinary="reason asked_by decided_by",
        about="officers",
    ),
    "Entry": table(
        none="id complaint at move from_state to_state author agency audience",
        ordinary="actor text",
        about="citizens, officers",
    ),
    "OutsideCase": table(
        none="id uuid complaint system external_id state status error attempts receiver address"
        " created_at synced_at"
    ),
    "Exchange": table(none="system watermark incoming failures next_at heard_at error"),
    "Photo": table(
        none="id complaint file stage approved_at entry original phash",
        ordinary="taken_at captured_at latitude longitude accuracy",
        about="citizens, officers",
    ),
    "Capture": left_out(
        "Numbers that let an officer's telephone take one picture, good for a day.",
        none="complaint issued_at prefetched used_at",
        ordinary="officer",
        keys="nonce",
        about="officers",
    ),
    "Flag": table(none="id photo kind detail at"),
    "Audit": table(
        none="complaint drawn_at verdict decided_at", ordinary="note auditor", about="officers"
    ),
    "RemotePhoto": table(none="id complaint url attempts"),
    "RoutingRule": table(none="id uuid position name category area words agency active"),
}
