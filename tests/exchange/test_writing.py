"""Rows into the tables: whatever the change, they hold exactly the new rows, or the old ones."""

import copy

import pytest

from activation import catalogue
from activation.exchange.writing import CannotWriteError, write
from activation.in_use import User
from activation.models import ChangeSet
from activation.recording import recorded
from activation.shipped import rows_from_files
from activation.tables import add, read_tables

pytestmark = pytest.mark.django_db


def shipped_rows():
    return copy.deepcopy(rows_from_files().rows)


def renamed(rows, kind, old, new):
    """Give a row another slug, and whoever names it the new one."""
    rows[kind][new] = rows[kind].pop(old) | {"slug": new}
    for part in ("coverage", "host"):
        for identity in [name for name in rows[part] if name.startswith(f"{old}/")]:
            content = rows[part].pop(identity) | {"key": new}
            rows[part][f"{new}/{identity.partition('/')[2]}"] = content


def written(rows):
    with recorded("import", message="A ticket of Contoso") as act:
        write(rows, act)
    return read_tables()[0]


def test_two_rows_can_exchange_their_names():
    rows = shipped_rows()
    one, other = rows["product"]["windows-7-enterprise"], rows["product"]["windows-7-professional"]
    one["name"], other["name"] = other["name"], one["name"]
    assert written(rows) == rows


def test_a_row_can_come_back_under_another_slug_with_the_same_name():
    rows = shipped_rows()
    renamed(rows, "product", "windows-7-enterprise", "windows-7-enterprise-edition")
    assert written(rows) == rows


def test_the_mak_of_a_group_can_be_replaced_by_another_one():
    rows = shipped_rows()
    renamed(rows, "key", "mak-windows-7", "mak-windows-7-all")
    for dispute in rows["dispute"].values():
        dispute["keys"] = sorted("mak-windows-7-all" if key == "mak-windows-7" else key for key in dispute["keys"])
    assert written(rows) == rows


def test_two_maks_can_exchange_their_groups():
    rows = shipped_rows()
    pair = ("mak-windows-8", "mak-windows-8-1")
    groups = [rows["key"][key]["group"] for key in pair]
    for key, old, new in zip(pair, groups, reversed(groups), strict=True):
        rows["key"][key]["group"] = new
        rows["coverage"][f"{key}/{new}"] = rows["coverage"].pop(f"{key}/{old}") | {"group": new}
    assert written(rows) == rows


def test_a_group_goes_with_everything_that_is_of_it():
    rows = shipped_rows()
    group = "windows-server-2025"
    keys = [slug for slug, key in rows["key"].items() if key["group"] == group]
    rows["product"] = {slug: row for slug, row in rows["product"].items() if row["group"] != group}
    rows["key"] = {slug: row for slug, row in rows["key"].items() if slug not in keys}
    for kind in ("coverage", "host"):
        rows[kind] = {
            name: row for name, row in rows[kind].items() if row["key"] not in keys and row.get("group") != group
        }
    for kind in ("support", "dispute"):
        for row in rows[kind].values():
            row["groups"] = [slug for slug in row["groups"] if slug != group]
    rows["support"] = {slug: row for slug, row in rows["support"].items() if row["groups"]}
    for dispute in rows["dispute"].values():
        dispute["keys"] = [slug for slug in dispute["keys"] if slug not in keys]
    for key in rows["key"].values():
        key["comes_with"] = [slug for slug in key["comes_with"] if slug != group]
    del rows["group"][group]
    assert written(rows) == rows


def refused(rows):
    acts = ChangeSet.objects.count()
    with pytest.raises(CannotWriteError) as caught:
        written(rows)
    assert catalogue.touch() == []
    assert (catalogue.current().digest, ChangeSet.objects.count()) == (catalogue.shipped().digest, acts)
    return [(p.kind, p.identity, p.field) for p in caught.value.problems]


def test_all_that_does_not_fit_together_is_named_and_nothing_is_written():
    rows = shipped_rows()
    rows["product"]["windows-7-enterprise"]["family"] = "server"
    rows["group"]["windows-8"]["sources"] = []
    assert refused(rows) == [
        ("group", "windows-8", "sources"),
        ("product", "windows-7-enterprise", "family"),
    ]


def plan_of_the_head_office(kind, slug):
    """What another app would give."""
    return [User("plan", "Head office")] if slug == "R-OPEN" else []


def test_what_is_used_outside_the_catalogue_is_not_removed_and_its_users_are_named(settings):
    settings.CATALOGUE_USERS = [f"{__name__}.plan_of_the_head_office"]
    rows = shipped_rows()
    del rows["rule"]["R-OPEN"]
    assert refused(rows) == [("rule", "R-OPEN", "")]


def test_a_point_that_did_not_fit_before_does_not_stop_another_change():
    with recorded("admin", message="In the middle of work") as act:
        group = act.rows["group"]["windows-7"] | {"slug": "windows-12", "name": "Windows 12"}
        add("group", [group], act.ids)
    rows = read_tables()[0]
    rows["product"]["windows-7-enterprise"]["note"] = "Changed"
    assert written(rows)["product"]["windows-7-enterprise"]["note"] == "Changed"
