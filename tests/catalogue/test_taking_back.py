"""Taking back a change: the rows are as before, the history has one act more, and nothing in use is lost."""

from __future__ import annotations

from random import Random

import pytest

from activation import catalogue
from activation.exchange.writing import write
from activation.load import load
from activation.models import ChangeSet, Coverage, Dispute, HostOption, Key, Product, ProductGroup, Rule, Source
from activation.recording import recorded
from activation.state import rows_at
from activation.tables import add, delete, read_tables
from activation.taking_back import CannotTakeBackError, take_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(django_user_model):
    return django_user_model.objects.create(username="alice")


def edit(slug="windows-7-enterprise", **values):
    """Edit a product as one act."""
    with recorded("admin", message="Edit") as act:
        row = Product.objects.get(slug=slug)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return act.change_set


def remove(kind, identity):
    with recorded("admin", message="Deleted") as act:
        delete(kind, identity, act.ids)
    return act.change_set


def test_an_edit_is_taken_back_by_an_act_of_its_own(alice):
    before = catalogue.current()
    done = edit(name="Ours")
    act = take_back(done, alice, "Was wrong")
    assert catalogue.current() == before
    latest = ChangeSet.objects.first()
    assert latest == act.change_set
    assert (latest.origin, latest.user, latest.message, latest.takes_back) == ("take-back", alice, "Was wrong", done)


def test_without_a_reason_the_act_that_is_taken_back_is_named(alice):
    take_back(edit(name="Ours"), alice, "")
    assert ChangeSet.objects.first().message.startswith("Taken back: 20")


def test_taking_back_can_be_taken_back(alice):
    done = take_back(edit(name="Ours"), alice, "").change_set
    take_back(done, alice, "Was right")
    assert Product.objects.get(slug="windows-7-enterprise").name == "Ours"


def test_one_row_of_an_act_is_taken_back_alone(alice):
    with recorded("import") as act:
        Product.objects.filter(group__slug="windows-7").update(note="Bulk")
    one = act.change_set.rows.get(identity="windows-7-enterprise")
    take_back(one, alice, "")
    notes = dict(Product.objects.filter(group__slug="windows-7").values_list("slug", "note"))
    assert notes.pop("windows-7-enterprise") == one.before["note"]
    assert set(notes.values()) == {"Bulk"}


def test_sources_come_back(alice):
    group = ProductGroup.objects.get(slug="windows-7")
    slugs = {source.slug for source in group.sources.all()}
    with recorded("admin") as act:
        group.sources.set(Source.objects.filter(slug="EOL"))
    take_back(act.change_set, alice, "")
    assert {source.slug for source in group.sources.all()} == slugs


@pytest.mark.parametrize("whole", [True, False], ids=["the act", "the row of the key"])
def test_a_deleted_key_comes_back_with_its_coverage_and_hosts(alice, whole):
    before = read_tables()[0]
    for dispute in Dispute.objects.filter(keys__slug="kms-windows-vista"):
        dispute.keys.remove(Key.objects.get(slug="kms-windows-vista"))
    catalogue.touch()
    freed = read_tables()[0]
    gone = remove("key", "kms-windows-vista")
    act = take_back(gone if whole else gone.rows.get(kind="key"), alice, "")
    assert read_tables()[0] == freed
    assert freed["key"] == before["key"]
    assert act.problems == []


def test_a_load_is_taken_back_whole(alice, data_files):
    before = read_tables()[0]
    data_files.replace("products.toml", 'name = "Windows 7 Enterprise"', 'name = "Windows 7 Enterprise SP1"')
    data_files.cut("rules.toml", "R-OPEN")
    data_files.append("sources.toml", '\n[[source]]\nslug = "NEW"\npublisher = "Contoso"\ntitle = "New"\n')
    data_files.append(
        "products.toml", '\n[[product]]\nslug = "new"\nname = "New"\ngroup = "windows-7"\nfamily = "client"\n'
    )
    load(data_files.folder)
    take_back(ChangeSet.objects.first(), alice, "")
    assert read_tables()[0] == before


def new_generation():
    """A product group with its MAK and a product, as one act."""
    rows = read_tables()[0]
    group = {**rows["group"]["windows-7"], "slug": "windows-12", "name": "Windows 12", "generation": "12"}
    mak = {**rows["key"]["mak-windows-7"], "slug": "mak-windows-12", "name": "Windows 12 MAK", "group": "windows-12"}
    product = {**rows["product"]["windows-7-enterprise"], "slug": "windows-12-pro", "name": "Windows 12 Pro"}
    product |= {"group": "windows-12"}
    covers = {"key": "mak-windows-12", "group": "windows-12", "evidence": "documented", "sources": ["EOL"]}
    with recorded("import") as act:
        for kind, row in (("group", group), ("product", product), ("key", mak), ("coverage", covers)):
            add(kind, [row], act.ids)
    assert act.problems == []
    return act.change_set


def test_a_new_generation_is_taken_back_whole_though_its_rows_need_each_other(alice):
    before = catalogue.current()
    take_back(new_generation(), alice, "")
    assert catalogue.current() == before


@pytest.mark.parametrize("slug", ["windows-12", "mak-windows-12"])
def test_what_is_in_use_is_not_taken_back_and_its_users_are_named(alice, slug):
    one = new_generation().rows.get(identity=slug)
    rows = read_tables()[0]
    with pytest.raises(CannotTakeBackError, match=r"is in use \(.*product: Windows 12 Pro.*Retire it"):
        take_back(one, alice, "")
    assert read_tables()[0] == rows


def test_what_was_changed_since_is_not_overwritten(alice):
    first = edit(name="Ours")
    edit(note="Another edit")
    with pytest.raises(CannotTakeBackError, match="Product windows-7-enterprise has been changed since"):
        take_back(first, alice, "")
    assert Product.objects.get(slug="windows-7-enterprise").name == "Ours"


def test_what_needs_a_row_that_is_gone_stays_gone_and_says_so(alice):
    rule, dispute = read_tables()[0]["rule"]["R-OPEN"], read_tables()[0]["dispute"]["C19"]
    with recorded("admin") as act:
        add("dispute", [{**dispute, "slug": "OURS"}], act.ids)
        add("rule", [{**rule, "slug": "R-OURS", "dispute": "OURS"}], act.ids)
    gone = remove("rule", "R-OURS")
    remove("dispute", "OURS")
    with pytest.raises(CannotTakeBackError, match='Rule R-OURS needs the disputed point "OURS", which is gone'):
        take_back(gone, alice, "")
    assert not Rule.objects.filter(slug="R-OURS").exists()


def test_a_name_that_was_given_away_since_stays_where_it_is(alice):
    first = edit(name="Ours")
    edit(slug="windows-7-professional", name="Windows 7 Enterprise")
    with pytest.raises(CannotTakeBackError, match="must be its own"):
        take_back(first, alice, "")


def test_two_rows_that_exchanged_their_names_get_them_back(alice):
    before = catalogue.current()
    with recorded("import", message="Exchanged") as act:
        rows = read_tables()[0]
        one, other = (rows["product"][slug] for slug in ("windows-7-enterprise", "windows-7-professional"))
        one["name"], other["name"] = other["name"], one["name"]
        write(rows, act)
    assert catalogue.current() != before
    take_back(act.change_set, alice, "")
    assert catalogue.current() == before


def test_a_mak_that_another_one_replaced_under_its_name_comes_back(alice):
    before = catalogue.current()
    with recorded("import", message="Replaced") as act:
        rows = read_tables()[0]
        rows["key"]["mak-contoso"] = rows["key"].pop("mak-windows-server-2025") | {"slug": "mak-contoso"}
        part = rows["coverage"].pop("mak-windows-server-2025/windows-server-2025") | {"key": "mak-contoso"}
        rows["coverage"]["mak-contoso/windows-server-2025"] = part
        write(rows, act)
    take_back(act.change_set, alice, "")
    assert catalogue.current() == before


def test_nothing_is_not_taken_back_twice(alice):
    done = edit(name="Ours")
    take_back(done, alice, "")
    with pytest.raises(CannotTakeBackError, match="changed since"):
        take_back(done, alice, "")


def test_what_no_longer_fits_afterwards_is_said(alice):
    made = new_generation()
    remove("product", "windows-12-pro")
    act = take_back(made.rows.get(identity="mak-windows-12"), alice, "")
    assert [(problem.identity, problem.message) for problem in act.problems] == [
        ("windows-12", "needs exactly one MAK, has 0")
    ]


# --- Whatever happened ---


def any_act(chance):
    """One act of a random kind on random rows."""
    rows = read_tables()[0]
    with recorded("import", message="Any") as act:
        for _ in range(chance.randint(1, 4)):
            what = chance.choice(("note", "sources", "evidence", "new", "gone", "bulk"))
            if what == "note":
                row = chance.choice(list(Product.objects.all()))
                row.note += "."
                row.save()
            elif what == "sources":
                group = chance.choice(list(ProductGroup.objects.all()))
                group.sources.set(chance.sample(list(Source.objects.all()), 2))
            elif what == "evidence":
                Coverage.objects.filter(key__slug=chance.choice(list(rows["key"]))).update(evidence="unclear")
            elif what == "new":
                slug = f"NEW-{chance.getrandbits(40)}"
                act.ids["source"][slug] = Source.objects.create(slug=slug, publisher="Contoso", title="New").pk
            elif what == "gone":
                chance.choice(list(HostOption.objects.all())).delete()
            else:
                Rule.objects.filter(slug__lt=chance.choice("MRZ")).update(status=f"Status {chance.random()}")
    return act.change_set


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happened_is_taken_back_act_by_act(alice, seed):
    chance, before = Random(seed), catalogue.current()
    done = [act for act in (any_act(chance) for _ in range(8)) if act]
    assert len(done) > 4
    for act in reversed(done):
        take_back(act, alice, "")
    assert catalogue.current() == before
    assert read_tables()[0] == rows_at(before.digest)
