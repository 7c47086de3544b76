"""GeoReport v2 as an OpenAPI description, for schemathesis."""

from modules.complaints.tests import georeport

CONTENTS = {"json": "application/json", "xml": "text/xml"}


def _answer(schema: dict, form: str) -> dict:
    told = {"schema": schema} if form == "json" else {}
    return {"description": "as the standard says", "content": {CONTENTS[form]: told}}


def _query(name: str, **schema: object) -> dict:
    return {"name": name, "in": "query", "schema": {"type": "string", **schema}}


def _part(name: str) -> dict:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


JURISDICTION = _query("jurisdiction_id", maxLength=80)
LIST = [
    JURISDICTION, _query("service_request_id", maxLength=100), _query("service_code", maxLength=80),
    _query("start_date", maxLength=40), _query("end_date", maxLength=40),
    _query("status", enum=["open", "closed", "open,closed", ""]),
    {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 9999}},
    {"name": "page_size", "in": "query", "schema": {"type": "integer", "minimum": 1,
                                                     "maximum": 1000}},
]  # fmt: skip
FIELDS = {
    name: {"type": "string", "maxLength": most}
    for name, most in {
        "jurisdiction_id": 80, "service_code": 80, "lat": 20, "long": 20, "address_string": 300,
        "address_id": 20, "email": 300, "device_id": 80, "account_id": 80, "first_name": 100,
        "last_name": 100, "phone": 40, "description": 4100, "media_url": 600,
        "attribute[landmark]": 200, "attribute[kind]": 20,
    }.items()
}  # fmt: skip
FORM = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": FIELDS}}}


def _get(schema: dict, form: str, parameters: list[dict]) -> dict:
    refused = {code: _answer(georeport.ERRORS, form) for code in ("400", "404", "429")}
    return {"parameters": parameters, "responses": {"200": _answer(schema, form), **refused}}


def document(host: str) -> dict:
    """Return the description of a region's endpoint."""
    paths: dict[str, dict] = {}
    for form in CONTENTS:
        refused = {code: _answer(georeport.ERRORS, form) for code in ("400", "403", "404", "429")}
        paths |= {
            f"/discovery.{form}": {"get": _get(georeport.DISCOVERY, form, [JURISDICTION])},
            f"/services.{form}": {"get": _get(georeport.SERVICES, form, [JURISDICTION])},
            f"/services/{{code}}.{form}": {
                "get": _get(georeport.DEFINITION, form, [JURISDICTION, _part("code")])
            },
            f"/requests/{{number}}.{form}": {
                "get": _get(georeport.REQUESTS, form, [JURISDICTION, _part("number")])
            },
            f"/tokens/{{token}}.{form}": {
                "get": _get(georeport.TOKEN, form, [JURISDICTION, _part("token")])
            },
            f"/servicerequestupdates.{form}": {
                "get": _get({"type": "array"}, form, [JURISDICTION, *LIST[3:5]])
            },
            f"/requests.{form}": {
                "get": _get(georeport.REQUESTS, form, LIST),
                "post": {
                    "requestBody": {"content": FORM},
                    "responses": {"201": _answer(georeport.CREATED, form), **refused},
                },
            },
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "GeoReport", "version": "2"},
        "servers": [{"url": f"http://{host}/open311/v2"}],
        "paths": paths,
    }
