"""An OpenAPI description arranged for a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter, or a field of a body."""

    name: str
    kind: str
    required: bool
    about: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path; ``key`` is "required", "optional" or "" for none."""

    method: str
    path: str
    summary: str
    about: str
    values: list[Value]
    answers: list[tuple[str, str]]
    key: str = ""


def groups(document: Schema) -> list[tuple[str, list[Operation]]]:
    """Return (tag, operations) in the order of the paths."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or [""])[0]
            found.setdefault(tag, []).append(_operation(document, path, method, operation))
    return list(found.items())


def _operation(document: Schema, path: str, method: str, operation: Schema) -> Operation:
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        about=operation.get("description", "").replace("``", ""),
        values=[*_parameters(operation), *_body(document, operation)],
        answers=[
            (status, answer.get("description", ""))
            for status, answer in operation.get("responses", {}).items()
        ],
        key=_key(operation),
    )


def _key(operation: Schema) -> str:
    stated = operation.get("security", [])
    if not stated:
        return ""
    return "optional" if {} in stated else "required"


def _parameters(operation: Schema) -> Iterator[Value]:
    for item in operation.get("parameters", ()):
        yield Value(
            name=f"{item['name']} ({item['in']})",
            kind=_kind(item.get("schema", {})),
            required=bool(item.get("required")),
            about=item.get("description", "") or item.get("schema", {}).get("description", ""),
            example=_example(item.get("schema", {})),
        )


def _body(document: Schema, operation: Schema) -> Iterator[Value]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = _resolved(document, content.get("schema", {}))
        for name, item in schema.get("properties", {}).items():
            required = name in schema.get("required", ())
            yield Value(name, _kind(item), required, item.get("description", ""), _example(item))


def _resolved(document: Schema, schema: Schema) -> Schema:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Schema = document["components"]["schemas"][name] if name else schema
    return found


def _example(schema: Schema) -> str:
    """Return the first example that the schema, or one of its alternatives, gives."""
    given = [schema, *schema.get("anyOf", ())]
    return next((str(item["examples"][0]) for item in given if item.get("examples")), "")


def _kind(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_kind(item) for item in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type", "any"))
