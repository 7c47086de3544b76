"""Nothing is stored in a region that nobody has classified (UU PDP; life cycle)."""

import pytest
from django.db import models

from balai.classify import Digest, Personal, left_out, registry, table


def test_every_field_of_every_region_table_is_classified() -> None:
    assert registry.problems() == []


def test_third_party_and_in_between_tables_count_too() -> None:
    labels = {model._meta.label for model in registry.region_models()}
    assert {"sessions.Session", "account.EmailAddress", "allauth_idp_oidc.Client"} <= labels
    assert len(labels) > 80


class TestGaps:
    """A gap is seen: the same check over declarations that are wrong on purpose."""

    @pytest.fixture
    def told(self, monkeypatch: pytest.MonkeyPatch):
        from balai.accounts.members.models import Membership

        def tell(**by_label: object) -> list[str]:
            changed = {**registry.declared()}
            changed.pop("members.Membership")
            changed |= {label.replace("_", "."): kept for label, kept in by_label.items()}
            monkeypatch.setattr(registry, "declared", lambda: changed)
            return registry.problems((Membership,))

        return tell

    def test_an_undeclared_model(self, told) -> None:
        assert told() == ["members.Membership is not declared in data_classes.py"]

    def test_an_undeclared_and_an_unknown_field(self, told) -> None:
        wrong = table(none="id role agency created_at nonsense", ordinary="user")
        assert sorted(told(members_Membership=wrong)) == [
            "members.Membership: field valid_until has no class",
            "members.Membership: there is no field nonsense",
        ]

    def test_a_person_is_never_none(self, told) -> None:
        wrong = table(none="id role agency valid_until created_at user")
        assert told(members_Membership=wrong) == [
            "members.Membership: field user refers to a person, so it is ordinary at least"
        ]

    def test_what_stays_behind_takes_no_row_along(self, told) -> None:
        fine = table(none="id role agency valid_until created_at", ordinary="user")
        wrong = told(members_Membership=fine, accounts_User=left_out("away", none="id"))
        assert wrong == [
            "members.Membership: field user points at accounts.User, which stays behind"
        ]

    def test_a_digest_needs_its_source(self, told) -> None:
        wrong = table(
            none="id role agency valid_until created_at",
            ordinary="user",
            digests={"role": Digest("agency", "purpose")},
        )
        assert told(members_Membership=wrong) == [
            "members.Membership: digest role needs agency to be sealed"
        ]


def test_one_field_one_class() -> None:
    with pytest.raises(ValueError, match="two classes"):
        table(none="id name", ordinary="name")
    with pytest.raises(ValueError, match="reason"):
        left_out("", none="id")


def test_a_secret_must_be_withheld_or_sealed() -> None:
    fields = registry.declared()
    for label, kept in fields.items():
        if kept.left_out:
            continue
        for name, kind in kept.fields.items():
            if kind is Personal.SECRET:
                assert name in kept.withheld or name in kept.sealed, f"{label}.{name}"


def test_the_most_personal_field_counts() -> None:
    assert table(none="id", ordinary="name").personal is Personal.ORDINARY
    assert table(none="id", specific="nik", ordinary="name").personal is Personal.SPECIFIC
    assert table(none="id").personal is Personal.NONE
    assert issubclass(registry.region_models()[0], models.Model)
