"""The catalogue as DCAT-AP 2.1.1 (SEMICeu), in JSON-LD or Turtle."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import Namespace

from balai import context
from balai.opendata.registry import Dataset, Distribution, Text

EU: Final = "http://publications.europa.eu/resource/authority/"
IANA: Final = "https://www.iana.org/assignments/media-types/"
LANGUAGES: Final = {"id": "IND", "en": "ENG"}
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
NAMES: Final = {
    "dcat": str(DCAT),
    "dct": str(DCTERMS),
    "foaf": str(FOAF),
    "vcard": str(VCARD),
    "xsd": str(XSD),
}


def document(datasets: Iterable[Dataset], *, home: str, title: Text, form: str) -> str:
    """Return the catalogue of the current region.

    Args:
        home: the address of the page for people.
        title: the catalogue's name.
        form: "json-ld" or "turtle".
    """
    graph = _graph(datasets, home, title)
    options: dict[str, Any] = {"context": NAMES, "auto_compact": True} if form == "json-ld" else {}
    text: str = graph.serialize(format=form, encoding=None, **options)
    return text


def _graph(datasets: Iterable[Dataset], home: str, title: Text) -> Graph:
    region = context.current_region()
    graph = Graph()
    for prefix, address in NAMES.items():
        graph.bind(prefix, address)
    catalogue, publisher = URIRef(f"{home}#catalogue"), URIRef(f"{region.base_url}/#government")
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(region.name)))
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    graph.add((catalogue, DCTERMS.publisher, publisher))
    graph.add((catalogue, FOAF.homepage, URIRef(home)))
    for predicate in (DCTERMS.title, DCTERMS.description):
        _say(graph, catalogue, predicate, title)
    for code in LANGUAGES.values():
        graph.add((catalogue, DCTERMS.language, URIRef(f"{EU}language/{code}")))
    for dataset in datasets:
        graph.add((catalogue, DCAT.dataset, _dataset(graph, dataset, publisher)))
    return graph


def _dataset(graph: Graph, dataset: Dataset, publisher: URIRef) -> URIRef:
    node = URIRef(dataset.url)
    graph.add((node, RDF.type, DCAT.Dataset))
    graph.add((node, DCTERMS.identifier, Literal(dataset.name)))
    graph.add((node, DCTERMS.publisher, publisher))
    graph.add((node, DCAT.theme, URIRef(f"{EU}data-theme/{dataset.theme}")))
    graph.add((node, DCTERMS.accrualPeriodicity, URIRef(f"{EU}frequency/{dataset.frequency}")))
    graph.add((node, DCAT.landingPage, URIRef(dataset.url)))
    _say(graph, node, DCTERMS.title, dataset.title)
    _say(graph, node, DCTERMS.description, dataset.description)
    for word in dataset.keywords:
        _say(graph, node, DCAT.keyword, word)
    changed = dataset.modified()
    if changed:
        graph.add((node, DCTERMS.modified, Literal(changed.isoformat(), datatype=XSD.dateTime)))
    for number, form in enumerate(dataset.distributions, 1):
        graph.add((node, DCAT.distribution, _distribution(graph, dataset, form, number)))
    return node


def _distribution(graph: Graph, dataset: Dataset, form: Distribution, number: int) -> URIRef:
    node = URIRef(f"{dataset.url}#{number}")
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCAT.accessURL, URIRef(form.url)))
    graph.add((node, DCAT.downloadURL, URIRef(form.url)))
    graph.add((node, DCTERMS.format, URIRef(f"{EU}file-type/{form.format}")))
    graph.add((node, DCAT.mediaType, URIRef(f"{IANA}{form.media_type}")))
    graph.add((node, DCTERMS.license, URIRef(dataset.licence)))
    if form.title:
        _say(graph, node, DCTERMS.title, form.title)
    return node


def _say(graph: Graph, node: URIRef, predicate: URIRef, text: Text) -> None:
    for language, words in in_languages(text):
        graph.add((node, predicate, Literal(words, lang=language)))


def in_languages(text: Text) -> Iterator[tuple[str, str]]:
    """Yield (language, text) in every language of the site."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield language, str(text)
