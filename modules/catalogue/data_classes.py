"""What the catalogue's tables hold: apps and how often they are opened, no person."""

from balai.classify import table

TABLES = {
    "App": table(
        none="id slug name summary category agency audience url deeplink package sign_on client_id"
        " login_address state state_note on_home data_held personal cost_per_year overlaps"
        " replaced_by retire_on probed health failures checked_at sample created_at updated_at"
    ),
    "Day": table(none="id app date opened looks failed took_ms track"),
}
