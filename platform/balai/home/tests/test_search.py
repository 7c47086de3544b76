"""Search over modules: each sees the visitor, and one that fails spoils nothing."""

from types import SimpleNamespace

import pytest

from balai.home import search
from balai.home.search import SearchHit
from balai.modules.manifest import NavItem

GUEST = SimpleNamespace(is_authenticated=False)


class FakeModule:
    verbose_name = "Reports"
    summary = "Street lamps and roads"
    icon = "megaphone"
    nav = [NavItem("Reports", "home:search")]

    def __init__(self, slug, answer=None):
        self.slug, self.answer = slug, answer


@pytest.fixture
def modules(monkeypatch):
    """Let the test say which modules are active and what their ``search`` does."""

    def use(*found):
        monkeypatch.setattr(search.registry, "active", lambda: list(found))
        monkeypatch.setattr(search.registry, "label", lambda module: module.verbose_name)
        monkeypatch.setattr(
            search.registry,
            "part",
            lambda module, name: SimpleNamespace(search=module.answer) if module.answer else None,
        )

    return use


def test_hits_are_grouped_and_limited(modules):
    modules(
        FakeModule(
            "a", lambda query, user, limit: [SearchHit(f"{query} {n}", "/") for n in range(50)]
        )
    )
    (found,) = search.everywhere("zz", GUEST)
    assert [hit.title for hit in found.hits] == [f"zz {n}" for n in range(search.PER_MODULE)]


def test_each_module_is_told_who_asks(modules):
    asked = []
    modules(FakeModule("a", lambda query, user, limit: asked.append((query, user, limit)) or []))
    search.everywhere("  two   words ", GUEST)
    assert asked == [("two words", GUEST, search.PER_MODULE)]


def test_a_failing_module_says_so_and_the_others_answer(modules, caplog):
    def fail(query, user, limit):
        raise RuntimeError("broken")

    modules(
        FakeModule("a", fail), FakeModule("b", lambda query, user, limit: [SearchHit("zz", "/")])
    )
    bad, good = search.everywhere("zz", GUEST)
    assert (bad.failed, list(bad.hits)) == (True, [])
    assert [hit.title for hit in good.hits] == ["zz"]


def test_services_are_found_by_what_they_do(modules):
    modules(FakeModule("a"))
    (found,) = search.everywhere("LAMP", GUEST)
    assert [hit.title for hit in found.hits] == ["Reports"]


@pytest.mark.parametrize("query", ["", " ", "a", "   b  "])
def test_one_letter_finds_nothing(modules, query):
    modules(FakeModule("a", lambda *_: [SearchHit("x", "/")]))
    assert search.everywhere(query, GUEST) == []
