"""What GeoReport v2 says an answer looks like, and clients that send what the known ones send."""

from xml.etree import ElementTree

import jsonschema_rs

TEXT = {"type": ["string", "null"]}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
SOME_TIME = {"anyOf": [TIME, {"type": "null"}]}
DEGREES = {"type": ["number", "null"]}

SERVICE = {
    "type": "object",
    "required": ["service_code", "service_name", "description", "metadata", "type", "group"],
    "additionalProperties": False,
    "properties": {
        "service_code": {"type": "string", "minLength": 1},
        "service_name": {"type": "string", "minLength": 1},
        "description": TEXT,
        "metadata": {"type": "boolean"},
        "type": {"enum": ["realtime", "batch", "blackbox"]},
        "keywords": TEXT,
        "group": TEXT,
    },
}
SERVICES = {"type": "array", "items": SERVICE}
DEFINITION = {
    "type": "object",
    "required": ["service_code", "attributes"],
    "properties": {
        "service_code": {"type": "string"},
        "attributes": {
            "type": "array",
            "items": {
                "required": ["variable", "code", "datatype", "required", "order", "description"],
                "properties": {
                    "variable": {"type": "boolean"},
                    "code": {"type": "string"},
                    "datatype": {
                        "enum": ["string", "number", "datetime", "text", "singlevaluelist",
                                 "multivaluelist"],
                    },
                    "required": {"type": "boolean"},
                    "datatype_description": TEXT,
                    "order": {"type": "integer", "minimum": 1},
                    "description": TEXT,
                    "values": {
                        "type": "array",
                        "items": {
                            "required": ["key", "name"],
                            "properties": {"key": {"type": "string"}, "name": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip
REQUEST = {
    "type": "object",
    "required": ["service_request_id", "status", "service_code", "requested_datetime"],
    "additionalProperties": False,
    "properties": {
        "service_request_id": {"type": "string", "minLength": 1},
        "status": {"enum": ["open", "closed"]},
        "status_notes": TEXT,
        "service_name": TEXT,
        "service_code": {"type": "string"},
        "description": {"type": ["string", "null"], "maxLength": 4000},
        "agency_responsible": TEXT,
        "service_notice": TEXT,
        "requested_datetime": TIME,
        "updated_datetime": SOME_TIME,
        "expected_datetime": SOME_TIME,
        "address": TEXT,
        "address_id": TEXT,
        "zipcode": TEXT,
        "lat": DEGREES,
        "long": DEGREES,
        "media_url": {"anyOf": [{"type": "string", "pattern": "^https?://"}, {"type": "null"}]},
    },
}
REQUESTS = {"type": "array", "items": REQUEST}
CREATED = {
    "type": "array",
    "minItems": 1,
    "maxItems": 1,
    "items": {
        "required": ["service_request_id", "service_notice", "account_id"],
        "not": {"required": ["token"]},
        "properties": {"service_request_id": {"type": "string"}, "service_notice": TEXT},
    },
}
TOKEN = {
    "type": "array",
    "minItems": 1,
    "maxItems": 1,
    "items": {"required": ["service_request_id", "token"]},
}
ERRORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "required": ["code", "description"],
        "additionalProperties": False,
        "properties": {"code": {"type": "integer"}, "description": {"type": "string"}},
    },
}
DISCOVERY = {
    "type": "object",
    "required": ["changeset", "contact", "key_service", "endpoints"],
    "properties": {
        "changeset": {"type": "string", "minLength": 1},
        "contact": {"type": "string", "minLength": 1},
        "key_service": {"type": "string", "minLength": 1},
        "endpoints": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["specification", "url", "changeset", "type", "formats"],
                "properties": {
                    "type": {"enum": ["production", "test"]},
                    "formats": {"type": "array", "contains": {"const": "text/xml"}},
                },
            },
        },
    },
}


def check(schema: dict, value: object) -> None:
    """Raise ValidationError unless ``value`` is as the standard says."""
    jsonschema_rs.Draft202012Validator(schema).validate(value)


def read_xml(response: object) -> ElementTree.Element:
    """Return the root of an XML answer, after a look at its head."""
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert response.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    return ElementTree.fromstring(response.content)  # our own


def read_json(response: object) -> object:
    """Return a JSON answer, after a look at its head."""
    assert response["Content-Type"] == "application/json; charset=utf-8"
    return response.json()


def spark(element: ElementTree.Element) -> object:
    """Return XML as the Spark convention turns it into JSON, all values as texts."""
    lists = {"services", "service_requests", "attributes", "values", "endpoints", "formats",
             "errors", "service_request_updates"}  # fmt: skip
    if element.tag in lists:
        return [spark(child) for child in element]
    if len(element):
        return {child.tag: spark(child) for child in element}
    return element.text or None


def as_texts(value: object) -> object:
    """Return JSON with all values as XML writes them."""
    if isinstance(value, dict):
        return {key: as_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_texts(inner) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if value not in (None, "") else None
