import pytest
from django.core.exceptions import ValidationError

from balai.audit.models import Entry
from balai.directory import selectors, services
from balai.directory.models import Agency
from balai.outbox.models import Event

pytestmark = pytest.mark.usefixtures("in_region")


@pytest.fixture
def tree():
    """Three levels: dinas > bidang > seksi."""
    top = services.create_agency(name="Dinas Uji", short_name="Disuji")
    middle = services.create_agency(name="Bidang Satu", short_name="Bidang Satu", parent=top)
    leaf = services.create_agency(name="Seksi Dua", short_name="Seksi Dua", parent=middle)
    return top, middle, leaf


def test_a_code_is_made_from_the_short_name_and_is_free():
    made = [services.create_agency(name="Dinas X", short_name="Dinas X").code for _ in range(3)]
    assert made == ["dinas-x", "dinas-x-2", "dinas-x-3"]
    assert services.create_agency(name="局", short_name="局").code == "agency"


def test_what_does_not_fit_is_refused():
    for fields in (
        {"name": "", "short_name": "X"},
        {"name": "X" * 161, "short_name": "X"},
        {"name": "X", "short_name": "X", "email": "bukan email"},
        {"name": "X", "short_name": "X", "kind": "kerajaan"},
        {"name": "X", "short_name": "X", "code": "Besar!"},
        {"name": "X", "short_name": "X", "code": "dlh"},
    ):
        with pytest.raises(ValidationError):
            services.create_agency(**fields)


def test_changes_are_audited_without_addresses(tree):
    top, *_ = tree
    services.update_agency(agency=top, name="Dinas Ujian", email="kepala@contoh.test")
    entry = Entry.objects.filter(action="agency.changed").latest("seq")
    assert entry.target == "disuji"
    assert entry.before["name"] == "Dinas Uji"
    assert entry.after["name"] == "Dinas Ujian"
    assert "kepala@contoh.test" not in str(entry.after)
    count = Entry.objects.count()
    services.update_agency(agency=top, name="Dinas Ujian")
    assert Entry.objects.count() == count


def test_only_known_fields_can_be_changed(tree):
    with pytest.raises(TypeError, match="code"):
        services.update_agency(agency=tree[0], code="lain")


def test_an_agency_is_never_moved_beneath_itself(tree):
    top, middle, leaf = tree
    for target in (top, middle, leaf):
        with pytest.raises(ValidationError):
            services.move_agency(agency=top, parent=target)
    services.move_agency(agency=leaf, parent=top)
    services.move_agency(agency=middle, parent=leaf)
    assert selectors.with_sub_agencies([top.pk]) == {top.pk, middle.pk, leaf.pk}
    assert selectors.with_sub_agencies([middle.pk]) == {middle.pk}
    with pytest.raises(ValidationError):
        services.move_agency(agency=leaf, parent=middle)


def test_a_move_that_fails_changes_nothing_else(tree):
    top, middle, _ = tree
    with pytest.raises(ValidationError):
        services.change_agency(agency=middle, parent=top, name="")
    with pytest.raises(ValidationError):
        services.change_agency(agency=top, parent=middle, name="Lain")
    top.refresh_from_db()
    assert (top.name, top.parent_id) == ("Dinas Uji", None)


def test_closing_waits_for_the_agencies_beneath_and_is_undone(tree):
    top, middle, leaf = tree
    with pytest.raises(ValidationError, match="Disuji|Dinas Uji"):
        services.close_agency(agency=top)
    for agency in (leaf, middle, top):
        services.close_agency(agency=agency)
    assert not Agency.objects.filter(pk__in=[a.pk for a in tree], active=True).exists()
    assert Event.objects.filter(topic="directory.agency_closed", key="disuji").exists()
    choices = dict(selectors.agencies_for_select())
    assert str(top.pk) not in choices
    services.reopen_agency(agency=leaf)
    leaf.refresh_from_db()
    assert (leaf.active, leaf.parent_id) == (True, None)  # its parent is still closed
    services.reopen_agency(agency=top)
    assert str(top.pk) in dict(selectors.agencies_for_select())
    topics = Event.objects.filter(key="disuji").values_list("topic", flat=True)
    assert set(topics) == {"directory.agency_closed", "directory.agency_reopened"}


def test_closing_twice_tells_once(tree):
    leaf = tree[2]
    for _ in range(2):
        services.close_agency(agency=leaf)
    assert Event.objects.filter(topic="directory.agency_closed", key=leaf.code).count() == 1


def test_the_tree_takes_one_query_however_many_agencies(django_assert_num_queries, tree):
    with django_assert_num_queries(1):
        nodes = selectors.agency_tree(active=True)
    place = {node.agency.code: (at, node) for at, node in enumerate(nodes)}
    top, middle, leaf = (place[a.code] for a in tree)
    assert (top[1].depth, middle[1].depth, leaf[1].depth) == (0, 1, 2)
    assert (middle[0], leaf[0]) == (top[0] + 1, top[0] + 2)
    assert top[1].children == 1
    assert len(nodes) == Agency.objects.filter(active=True).count()


def test_an_agency_whose_parent_is_closed_stands_at_the_top(tree):
    Agency.objects.filter(pk=tree[0].pk).update(active=False)
    nodes = {node.agency.pk: node for node in selectors.agency_tree(active=True)}
    assert nodes[tree[1].pk].depth == 0


def test_every_word_must_be_found(tree):
    assert [a.code for a in selectors.search_agencies("dinas uji")] == ["disuji"]
    assert [a.code for a in selectors.search_agencies("DLH")] == ["dlh"]
    assert not selectors.search_agencies("dinas 100%_").exists()


def test_villages_are_grouped_by_kecamatan_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        groups = selectors.areas_for_select()
    assert len(groups) == 13
    assert sum(len(villages) for _, villages in groups) == 104
    assert "Cikokol" in [name for _, name in dict(groups)["Tangerang"]]
    with_districts = dict(selectors.areas_for_select(with_districts=True))
    assert with_districts["Tangerang"][0][1] == "Kecamatan Tangerang"


def test_office_holders_are_listed_with_the_regions_leaders_first(django_assert_num_queries):
    dlh = Agency.objects.get(code="dlh")
    head = services.save_office_holder(agency=dlh, title="Kepala Dinas", name="Sri")
    mayor = services.save_office_holder(agency=None, title="Wali Kota", name="Budi")
    services.save_office_holder(holder=head, agency=dlh, title="Plt. Kepala", name="Sri")
    with django_assert_num_queries(1):
        found = [(h.name, str(h.agency or "")) for h in selectors.office_holders()]
    assert found == [("Budi", ""), ("Sri", "Dinas Lingkungan Hidup")]
    services.remove_office_holder(holder=mayor)
    assert [h.title for h in selectors.office_holders()] == ["Plt. Kepala"]
    actions = Entry.objects.filter(action__startswith="office_holder").values_list(
        "action", flat=True
    )
    assert sorted(actions) == [
        "office_holder.added", "office_holder.added", "office_holder.changed",
        "office_holder.removed",
    ]  # fmt: skip
    with pytest.raises(ValidationError):
        services.save_office_holder(agency=None, title="", name="Budi")
