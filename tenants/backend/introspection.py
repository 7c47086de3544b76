"""What tables there are, asked in a way that does not slow down with the number of regions."""

from typing import Any

import django.db.backends.postgresql.base  # noqa: F401  # must be imported before introspection
from django.db.backends.postgresql.introspection import DatabaseIntrospection, TableInfo

# From the schema through pg_depend's index to its tables. Django's own query walks all of
# pg_class: 90 ms at 514 regions, 560 ms at 2,000; this one stays at 2 ms.
TABLES = """
    SELECT c.relname,
        CASE WHEN c.relispartition THEN 'p' WHEN c.relkind IN ('m', 'v') THEN 'v' ELSE 't' END,
        obj_description(c.oid, 'pg_class')
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_depend d
        ON d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = n.oid
        AND d.refobjsubid = 0 AND d.classid = 'pg_catalog.pg_class'::regclass
    JOIN pg_catalog.pg_class c ON c.oid = d.objid
    WHERE n.nspname = current_schema() AND c.relkind IN ('f', 'm', 'p', 'r', 'v')
"""


class RegionIntrospection(DatabaseIntrospection):
    """Looks at the active schema only; the search_path of each statement sees to the rest."""

    def get_table_list(self, cursor: Any) -> list[Any]:
        """Return the tables and views of the active schema."""
        cursor.execute(TABLES)
        return [TableInfo(*row) for row in cursor.fetchall() if row[0] not in self.ignored_tables]
