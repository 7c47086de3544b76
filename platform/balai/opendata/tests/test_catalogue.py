"""Open data: what is offered is there, described by DCAT-AP and CKAN, and follows the switch."""

import json

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph

from balai.context import platform
from balai.opendata import registry
from balai.opendata.registry import Dataset
from tests.support.client import CityClient

pytestmark = pytest.mark.django_db
# Mandatory properties of DCAT-AP 2.1.1, sections 4.1 to 4.3.
MANDATORY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description),
    DCAT.Distribution: (DCAT.accessURL,),
    FOAF.Agent: (FOAF.name,),
}


@pytest.fixture
def client(region) -> CityClient:
    return CityClient(region)


def faults(graph: Graph) -> list[str]:
    """Return which mandatory properties are missing, and texts that lack a language."""
    found = []
    for kind, properties in MANDATORY.items():
        nodes = list(graph.subjects(RDF.type, kind))
        found += [f"no {kind}"] if not nodes else []
        for node in nodes:
            found += [f"{node} {name}" for name in properties if not list(graph[node:name])]
    for node, title in graph.subject_objects(DCTERMS.title):
        found += [f"{node} in no language"] if title.language not in ("id", "en") else []
    return found


# rdflib's own JSON-LD parser uses a class that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(("form", "name"), [("jsonld", "json-ld"), ("ttl", "turtle")])
def test_the_catalogue_has_all_that_dcat_ap_asks_for(client, in_region, form, name) -> None:
    answer = client.get(f"/data/catalog.{form}")
    assert answer.status_code == 200
    graph = Graph().parse(data=answer.content.decode(), format=name)
    assert faults(graph) == []
    sets = {str(one) for one in graph.objects(None, DCAT.dataset)}
    assert sets == {dataset.url for dataset in registry.offered()}
    assert len(sets) >= 3
    broken = Graph().parse(data=answer.content.decode(), format=name)
    broken.remove((None, DCAT.accessURL, None))
    assert faults(broken), "the check can fail"


def test_every_distribution_is_there_in_its_media_type(client, in_region) -> None:
    for dataset in registry.offered():
        for form in dataset.distributions:
            address = form.url.removeprefix(in_region.base_url)
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert answer.headers["Content-Type"].startswith(form.media_type), address
        for address in filter(None, [dataset.page_url, f"/data/{dataset.slug}/"]):
            assert client.get(address).status_code == 200, address


def test_ckan_clients_find_the_same(client, in_region) -> None:
    listed = json.loads(client.get("/api/3/action/package_list").content)
    assert listed["success"] is True
    assert listed["result"] == sorted(dataset.slug for dataset in registry.offered())
    assert (
        json.loads(client.get("/api/3/action/package_list?limit=1&offset=1").content)["result"]
        == listed["result"][1:2]
    )
    shown = json.loads(client.get("/api/3/action/package_show?id=specimen-notes").content)
    assert shown["result"]["organization"]["id"] == in_region.code
    assert shown["result"]["resources"][0]["url"] == f"{in_region.base_url}/specimen/"
    missing = client.get("/api/3/action/package_show?id=nothing")
    assert missing.status_code == 404
    assert json.loads(missing.content)["error"]["__type"] == "Not Found Error"


def test_a_module_that_is_off_gives_nothing_away(client, region) -> None:
    from tenants import activation, directory

    assert b"specimen-notes" in client.get("/data/").content
    with platform():
        activation.switch(directory.by_schema(region.schema), "specimen", False)
        directory.invalidate(region.schema)
    assert b"specimen-notes" not in client.get("/data/").content
    assert client.get("/data/specimen-notes/").status_code == 404
    assert b"specimen-notes" not in client.get("/api/3/action/package_list").content


def test_a_name_is_given_once() -> None:
    known = registry._datasets["specimen.notes"]
    assert registry.publish(known) is known
    with pytest.raises(ValueError, match="already"):
        registry.publish(Dataset("specimen.notes", "Other", "Other", "GOVE", "DAILY", ()))
