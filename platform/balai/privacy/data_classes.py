"""What the tables of personal data rights hold."""

from balai.classify import left_out, table
from balai.privacy.models.request import SEALED

TABLES = {
    "Consent": left_out(
        "Who is a hash with a key of this deployment: the lines prove nothing elsewhere.",
        none="id purpose act version how at",
        ordinary="who",
        about="citizens, officers",
    ),
    "DataRequest": table(
        none="id uuid kind state purpose ground receipt received_at due_at runs_at decided_at"
        " lifted_at sent",
        ordinary="user ticket asked answered decided_by",
        sealed={"asked": SEALED, "answered": SEALED},
        about="citizens, officers",
    ),
    "Breach": table(
        none="id uuid state title noticed_at since until purposes how measures contact people"
        " created_at sent_at authority_at",
        ordinary="approved_by second_by",
        about="officers",
    ),
    "LegalHold": table(
        none="id uuid part reference reason made_at lifted_at",
        ordinary="made_by",
        about="officers",
    ),
}
