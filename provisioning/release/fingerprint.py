"""What a schema looks like to the catalog, as one short text that is equal for equal schemas."""

from collections.abc import Iterable
from typing import Final

from django.db.backends.utils import CursorWrapper

# Everything is reached from the schema through indexes (pg_depend, then by table): pg_class as
# a whole is never walked, so the cost does not grow with the number of regions. Definitions are
# printed with their schema (no search_path of ours contains it), and the schema is taken out.
# Casts between texts and brackets are left out too: PostgreSQL prints an expression otherwise
# once what it printed has been read back (ARRAY['a'::varchar]::text[], ARRAY['a'::varchar::text]).
STRUCTURE: Final = """
SELECT n.nspname, md5(coalesce((
  SELECT string_agg(line, E'\\n' ORDER BY line COLLATE "C") FROM (
    WITH r AS MATERIALIZED (
      SELECT c.oid, c.relname, c.relkind FROM pg_catalog.pg_depend d
      JOIN pg_catalog.pg_class c ON c.oid = d.objid
      WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = n.oid
        AND d.refobjsubid = 0 AND d.classid = 'pg_catalog.pg_class'::regclass
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f'))
    SELECT concat_ws(' ', 't', relname, relkind) FROM r
    UNION ALL
    SELECT concat_ws(' ', 'c', r.relname, a.attname,
        pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
        a.attgenerated, pg_catalog.pg_get_expr(e.adbin, e.adrelid))
      FROM r JOIN pg_catalog.pg_attribute a
        ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_catalog.pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
    UNION ALL
    SELECT concat_ws(' ', 'k', r.relname, k.conname, k.convalidated,
        pg_catalog.pg_get_constraintdef(k.oid))
      FROM r JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype <> 'n'
    UNION ALL
    SELECT concat_ws(' ', 'i', i.indisvalid, pg_catalog.pg_get_indexdef(i.indexrelid))
      FROM r JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
    UNION ALL
    SELECT concat_ws(' ', 'g', t.tgenabled, pg_catalog.pg_get_triggerdef(t.oid))
      FROM r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
    UNION ALL
    SELECT concat_ws(' ', 'f', p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid),
        p.prosrc)
      FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_proc p ON p.oid = d.objid
      WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = n.oid
        AND d.refobjsubid = 0 AND d.classid = 'pg_catalog.pg_proc'::regclass
  ) AS parts(raw), LATERAL (SELECT CASE WHEN strpos(raw, '::') = 0 THEN short ELSE
      regexp_replace(short, '::(character varying|text)(\\[\\])?|[()]', '', 'g') END AS line
    FROM (SELECT replace(raw, n.nspname || '.', '') AS short) AS bare) AS lines
), ''))
FROM pg_catalog.pg_namespace n WHERE n.nspname = ANY({schemas})
"""
APPLIED: Final = """
SELECT {literal}, md5(string_agg(key, ',' ORDER BY key COLLATE "C"))
FROM (SELECT app || '.' || name AS key FROM "{schema}".django_migrations) AS applied
"""
# The planner takes catalogs for small until they are analysed, and then reads pg_trigger, which
# holds four rows for each foreign key of each region, once for every table.
BY_INDEX: Final = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off;\n"
CHECK: Final = """
DO $check$
DECLARE seen text;
BEGIN
  SELECT s.seen || '-' || m.seen INTO seen FROM ({structure}) AS s(name, seen),
    ({applied}) AS m(name, seen);
  IF seen IS DISTINCT FROM '{wanted}' THEN
    RAISE EXCEPTION 'the schema is % where % was expected', seen, '{wanted}'
      USING ERRCODE = 'data_corrupted';
  END IF;
END $check$;
"""


def of_all(cursor: CursorWrapper, schemas: Iterable[str]) -> dict[str, str]:
    """Return the fingerprint of every schema in ``schemas`` that exists, in three statements.

    A schema without ``django_migrations`` (something made by hand) is left out.
    """
    halves = applied_of_all(cursor, schemas)
    if not halves:
        return {}
    cursor.execute(BY_INDEX + structure_sql("%s"), [list(halves)])
    return {name: f"{structure}-{halves[name]}" for name, structure in cursor.fetchall()}


def applied_of_all(cursor: CursorWrapper, schemas: Iterable[str]) -> dict[str, str]:
    """Return the half that stands for the applied migrations, of every sound schema.

    It costs a fiftieth of the structure's: a region has hundreds of constraints and indexes.
    """
    cursor.execute(
        "SELECT name FROM unnest(%s::text[]) AS name"
        " WHERE to_regclass(quote_ident(name) || '.django_migrations') IS NOT NULL",
        [list(schemas)],
    )
    sound = [row[0] for row in cursor.fetchall()]
    if not sound:
        return {}
    cursor.execute(" UNION ALL ".join(applied_sql(name) for name in sound))
    return dict(cursor.fetchall())


def of_one(cursor: CursorWrapper, schema: str) -> str | None:
    """Return the fingerprint of ``schema``, or None when there is no such (or no sound) schema."""
    return of_all(cursor, [schema]).get(schema)


def check_sql(schema: str, wanted: str) -> str:
    """Return SQL that ends the transaction with an error unless ``schema`` is as ``wanted``.

    The search_path in force must not contain ``schema``.
    """
    return BY_INDEX + CHECK.format(
        structure=structure_sql(f"ARRAY['{schema}']"), applied=applied_sql(schema), wanted=wanted
    )


def structure_sql(schemas: str) -> str:
    """Return the query for (schema, structure hash) with ``schemas``, an SQL array, filled in."""
    return STRUCTURE.replace("{schemas}", schemas)


def applied_sql(schema: str) -> str:
    """Return the query for (schema, hash of its applied migrations)."""
    return APPLIED.format(literal=f"'{schema}'::text", schema=schema)
