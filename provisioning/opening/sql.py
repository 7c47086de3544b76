"""Model instances as INSERT statements, so that many of them travel in one message."""

from django.db import connection
from django.db.models import AutoField, Model
from django.db.models.sql import InsertQuery


def insert(instance: Model) -> str:
    """Return the INSERT of a new ``instance``, with the values :meth:`save` would give it.

    An unset automatic key is left to the database.
    """
    fields = [
        field
        for field in instance._meta.concrete_fields
        if not (isinstance(field, AutoField) and instance.pk is None)
    ]
    query = InsertQuery(type(instance))
    query.insert_values(fields, [instance])
    [(text, parameters)] = query.get_compiler(connection=connection).as_sql()
    return compose(text, parameters) + ";\n"


def taken(instance: Model) -> str:
    """Return SQL after which the sequence of the model's key goes on behind ``instance.pk``."""
    table = instance._meta.db_table
    return compose("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s);\n", [table, instance.pk])


def compose(text: str, parameters: object) -> str:
    """Return ``text`` with its parameters written in, quoted by the driver."""
    composed = connection.ops.compose_sql(text, parameters)  # type: ignore[attr-defined]  # PostgreSQL's
    return str(composed)
