"""What the tables of job-seekers and employers hold."""

from balai.classify import Digest, table

NIK = "jobs.nik"
TABLES = {
    "Seeker": table(
        none="id uuid district updated_at",
        ordinary="user name phone email education school major graduated grade wanted skills about"
        " experience training languages cv_key cv_name cv_bytes cv_at",
        about="citizens",
    ),
    "SavedSearch": table(
        none="id uuid notify told_at created_at", ordinary="user name query", about="citizens"
    ),
    "Employer": table(
        none="id uuid created_at due_at name kind sector nib about district website state"
        " verified_at sample",
        ordinary="history address contact_name email phone",
        specific="npwp",
        sealed={"npwp": "jobs.npwp"},
        about="employers",
    ),
    "EmployerMember": table(none="id employer owner joined_at", ordinary="user", about="employers"),
    "Vacancy": table(
        none="id uuid created_at due_at number employer title occupation type workplace headcount"
        " description requirements benefits education experience_years skills area district"
        " address pay_min pay_max pay_period pay_monthly sex age_min age_max criteria_reason"
        " locals_first disability_welcome valid_until state flags placed_elsewhere published_at"
        " ended_at search sample",
        ordinary="history created_by",
        about="employers, officers",
    ),
    "Application": table(
        none="id uuid created_at due_at vacancy state moved_at decided_at",
        ordinary="history seeker letter slots slots_shared interview_at interview_place",
        about="citizens",
    ),
    "Card": table(
        none="id uuid created_at due_at number district state issued_on expires_on next_report_on"
        " reminded sample",
        ordinary="history user name education reports issued_by",
        specific="nik nik_digest sealed papers",
        sealed={"nik": NIK, "sealed": "jobs.card"},
        digests={"nik_digest": Digest("nik", NIK)},
        about="citizens, officers",
    ),
    "Counter": table(none="id kind year last"),
    "Gathering": table(
        none="id uuid kind title about organiser place district register_from register_until"
        " details published_at cancelled_at created_at sample"
    ),
    "Session": table(none="id uuid gathering starts_at ends_at capacity taken last_number"),
    "Seat": table(
        none="id uuid session number source state created_at moved_at",
        ordinary="user name answers",
        about="citizens",
    ),
}
