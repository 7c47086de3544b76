"""What the tables of agencies and areas hold; their addresses are offices' own."""

from balai.classify import table

TABLES = {
    "Agency": table(
        none="id code parent kind name short_name area active",
        ordinary="email phone",
        about="officers",
    ),
    "Area": table(
        none="id code kind name parent latitude longitude boundary boundary_changed_at population"
    ),
    "BoundaryImport": table(
        none="id uuid file_name level state created_at features problems previous"
    ),
    "OfficeHolder": table(
        none="id agency title", ordinary="name user_uuid", about="office-holders"
    ),
}
