"""What the accounts' tables hold."""

from balai.classify import table

TABLES = {
    "User": table(
        none="id language is_active is_staff is_superuser created_at session_epoch phone_verified",
        ordinary="uuid email phone name last_login",
        keys={"password": "!", "link_nonce": ""},
        about="citizens, officers",
    ),
}
