"""The data files hold the researched facts and nothing of them is lost or changed.

The counts always run. The comparison value by value needs the file of facts, which lies beside the checkout of the
project's own machines; elsewhere it is not collected.
"""

import json
import re
import tomllib
from pathlib import Path

import pytest

from activation.files import FOLDER
from activation.shipped import rows_from_files, shipped

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts" / "activation.json"


def test_the_catalogue_has_the_size_of_the_facts():
    catalogue = shipped()
    sizes = {
        "groups": len(catalogue.groups),
        "products": len(catalogue.products),
        "keys": len(catalogue.keys),
        "systems": len(catalogue.systems),
        "disputes": len(catalogue.disputes),
        "sources": len(catalogue.sources),
        "support": len(catalogue.support),
    }
    assert sizes == {
        "groups": 33,
        "products": 191,
        "keys": 57,
        "systems": 15,
        "disputes": 36,
        "sources": 146,
        "support": 30,
    }


def test_the_catalogue_has_24_kms_host_keys_and_a_mak_for_each_group():
    catalogue = shipped()
    assert len(catalogue.kms_keys) == 24
    assert catalogue.mak_of.keys() == catalogue.groups.keys()


def test_the_figures_of_the_rules_are_those_of_the_documents():
    catalogue = shipped()
    assert catalogue.figure("R-THRESH", "client") == 25
    assert catalogue.figure("R-THRESH", "server") == 5
    assert catalogue.figure("R-THRESH", "office") == 5
    assert catalogue.figure("R-CMID", "days") == 30
    assert catalogue.figure("R-VALID", "valid_days") == 180
    assert catalogue.figure("R-HOSTS", "hosts") == 6
    assert catalogue.figure("R-HOSTS", "activations_per_host") == 10
    assert catalogue.figure("R-2HOSTS", "clients") == 50


def test_the_groups_have_the_flags_that_the_planning_rules_name():
    groups = shipped().groups
    old_servers = {f"windows-server-2008-{letter}" for letter in "abc"}
    r2 = {f"windows-server-2008-r2-{letter}" for letter in "abc"}
    sac = {"windows-server-sac-1709-1803", "windows-server-sac-1809-20h2"}
    newer = {f"windows-server-{year}" for year in ("2012-r2", "2016", "2019", "2022", "2025")}
    assert {slug for slug, group in groups.items() if not group.counts_virtual} == {"windows-vista", *old_servers}
    without_ad = {"windows-vista", "windows-7", "office-2010", *old_servers, *r2}
    assert {slug for slug, group in groups.items() if not group.adba} == without_ad
    assert {slug for slug, group in groups.items() if group.avma} == newer | sac
    assert {slug for slug, group in groups.items() if group.bios_marker} == {"windows-7"}


def test_the_disputes_say_what_they_are_about_where_a_rule_asks():
    disputes = shipped().disputes
    old = {"windows-vista", "windows-server-2008-a", "windows-server-2008-b", "windows-server-2008-c"}
    assert set(disputes["C2"].groups) == {"windows-vista", "windows-8"}
    assert set(disputes["C2"].keys) == {f"kms-windows-server-{year}" for year in (2016, 2019, 2022, 2025)}
    assert set(disputes["C18"].groups) == {f"office-{year}" for year in (2010, 2013, 2016, 2019, 2021, 2024)}
    assert set(disputes["L.C05"].groups) == old
    letters = ("a", "b", "c", "r2-a", "r2-b", "r2-c")
    assert set(disputes["L.C06"].keys) == {f"kms-windows-server-2008-{letter}" for letter in letters}


def test_a_dispute_says_what_it_is_about_as_far_as_its_text_names_it():
    disputes = shipped().disputes
    assert (disputes["C7"].groups, disputes["C7"].keys) == ((), ("kms-office-2024",))
    assert (disputes["C13"].groups, disputes["C13"].keys) == (("office-2024", "windows-server-2016"), ())
    assert disputes["L.C01"].groups == ("windows-server-2008-a",)
    of_no_group = {slug for slug, dispute in disputes.items() if not dispute.groups and not dispute.keys}
    legacy = {f"L.C{number}" for number in ("04", "07", "08", "09", "13", "14", "15", "16")}
    assert of_no_group == legacy | {"C10", "C11", "C12", "C14", "C15", "C16", "C17"}


def test_a_kms_host_key_comes_with_its_own_group_unless_the_facts_say_more():
    keys = shipped().kms_keys
    other = {slug: set(key.comes_with) for slug, key in keys.items() if key.comes_with != (key.group,)}
    both = {"windows-server-2012-r2", "windows-10"}
    assert other == {"kms-windows-server-2012-r2-for-windows-10": both}


def test_the_host_systems_stand_in_the_order_of_age():
    assert list(shipped().systems) == [
        "windows-vista",
        "windows-7",
        "windows-8",
        "windows-8-1",
        "windows-10",
        "windows-11",
        "windows-server-2003",
        "windows-server-2008",
        "windows-server-2008-r2",
        "windows-server-2012",
        "windows-server-2012-r2",
        "windows-server-2016",
        "windows-server-2019",
        "windows-server-2022",
        "windows-server-2025",
    ]


def test_every_rule_has_a_source_and_its_own_slug():
    rules = shipped().rules
    assert len(rules) == 63
    assert all(rule.sources for rule in rules.values())


def test_the_guest_keys_of_virtual_machines_name_sources_that_exist():
    avma = _toml("avma.toml")
    named = {row["source"] for row in avma["guest_key"]} | {name for row in avma["host"] for name in row["sources"]}
    assert named == {"WSD-AVMA", "TP-AVMA25"}
    assert named <= shipped().sources.keys()


def _toml(file):
    return tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))


# --- Value by value, where the facts are there ---


def _value(value):
    """A fact as a row keeps it: nothing for null, lists of names in alphabetical order."""
    return "" if value is None else value


def _same(row, fact, names):
    """The fields of a fact, with the row's own value beside each."""
    expected = {name: _value(fact.get(name)) for name in names}
    found = {name: _value(row[name]) for name in names}
    assert found == expected


def _marked(text):
    """The facts name disputes of the older generations without their prefix in a few texts."""
    return re.sub(r"(?<![.\w])C(10|12)\b", r"L.C\1", text)


# The facts shorten what they say of a document after another one of the same place. Here each stands for itself.
OFFICE, WINDOWS = "github:MicrosoftDocs/OfficeDocs-DeployOffice", "github:MicrosoftDocs/windowsserverdocs"
SHORTENED = {
    "same repo, .../": f"{OFFICE} office/volume-license-activation/",
    "same repo, ": f"{OFFICE} ",
    "same repo": OFFICE,
    "same path, ": f"{WINDOWS} WindowsServerDocs/get-started/kms-activation-planning.md ",
    "commit ": f"{WINDOWS} WindowsServerDocs/get-started/kms-client-activation-keys.md commit ",
    "same page, ": "KMS client activation and product keys (GVLK tables), ",
    "class page ": "class page https://",
}


def _written_out(text):
    start = next(filter(text.startswith, SHORTENED), "")
    return SHORTENED.get(start, "") + text.removeprefix(start)


if FACTS.is_file():
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    rows = rows_from_files().rows

    def _by(name, field="slug"):
        return pytest.mark.parametrize("fact", facts[name], ids=lambda fact: fact[field])

    @_by("groups")
    def test_each_group_is_as_in_the_facts(fact):
        row = rows["group"][fact["slug"]]
        _same(row, fact, ("name", "family", "generation", "microsoft_name", "note"))
        assert row["sources"] == sorted(fact["sources"])

    @_by("editions")
    def test_each_product_is_as_in_the_facts(fact):
        row = rows["product"][fact["slug"]]
        _same(row, fact, ("name", "group", "family", "gvlk", "gvlk_source", "os_version", "note", "product_id"))
        _same(row, fact, ("install_technology",))
        for name in ("builds", "operating_system_sku", "captions", "ad_operating_system", "aliases"):
            assert row[name] == fact.get(name, [])
        assert row["uninstall_display_names"] == fact.get("uninstall_display_names", [])
        assert (row["caption_confidence"] or "none") == fact["caption_confidence"]

    @_by("keys")
    def test_each_key_is_as_in_the_facts(fact):
        row = rows["key"][fact["slug"]]
        _same(row, fact, ("type", "name", "group", "kms_host_activation_id", "volume_license_pack"))
        assert row["note"] == _marked(fact.get("note", ""))
        assert row["aliases"] == fact.get("aliases", [])
        assert row["comes_with"] == sorted(fact.get("comes_with", []))

    @_by("keys")
    def test_what_each_key_activates_is_as_in_the_facts(fact):
        found = {row["group"]: row for row in rows["coverage"].values() if row["key"] == fact["slug"]}
        assert found.keys() == {coverage["group"] for coverage in fact["activates"]}
        for coverage in fact["activates"]:
            row = found[coverage["group"]]
            assert (row["evidence"], row["sources"]) == (coverage["evidence"], sorted(coverage["sources"]))

    @_by("keys")
    def test_where_each_key_can_be_hosted_is_as_in_the_facts(fact):
        found = {row["system"]: row for row in rows["host"].values() if row["key"] == fact["slug"]}
        hosts = fact.get("hosts", [])
        assert found.keys() == {host["system"] for host in hosts}
        for host in hosts:
            row = found[host["system"]]
            assert row["allowed"] is host["allowed"]
            assert row["and_later"] is host.get("and_later", False)
            assert row["requires"] == _value(host["requires"])
            assert row["evidence"] == _marked(host.get("evidence", ""))
            assert row["sources"] == sorted(host["sources"])

    @_by("end_of_support", "product")
    def test_each_end_of_support_is_as_in_the_facts(fact):
        (row,) = (row for row in rows["support"].values() if row["product"] == fact["product"])
        _same(row, fact, ("mainstream_end", "extended_end", "esu_end", "note"))
        assert row["groups"] == sorted(fact["groups"])
        assert row["sources"] == sorted(fact["sources"])

    @_by("conflicts", "id")
    def test_each_disputed_point_is_as_in_the_facts(fact):
        row = rows["dispute"][fact["id"]]
        _same(row, fact, ("topic", "one_side", "other_side", "use", "severity"))
        if "sources" in fact:
            assert row["sources"] == sorted(fact["sources"])

    @pytest.mark.parametrize("slug", facts["sources"])
    def test_each_source_is_as_in_the_facts(slug):
        fact = facts["sources"][slug]
        written_out = {field: _written_out(fact[field]) for field in ("title", "where")}
        _same(rows["source"][slug], fact | written_out, ("publisher", "title", "where", "date", "seen"))

    @_by("rules", "id")
    def test_each_rule_is_as_in_the_facts(fact):
        row = rows["rule"][fact["id"]]
        params = dict(fact.get("params", {}))
        if "settable_range_minutes" in params:
            params["settable_minutes_min"], params["settable_minutes_max"] = params.pop("settable_range_minutes")
        assert row["params"] == params
        assert row["status"] == fact["status"]
        assert row["sources"] == sorted(fact["sources"])

    def test_the_figures_of_the_older_generations_are_as_in_the_facts():
        legacy = facts["legacy_thresholds"]
        for name, fact in legacy.items():
            if isinstance(fact, dict) and type(fact.get("value")) is int:
                assert fact["value"] in rows["rule"][f"L.{name}"]["params"].values(), name

    def test_the_guest_keys_of_virtual_machines_are_those_of_the_facts():
        assert _toml("avma.toml")["guest_key"] == facts["avma"]["guest_keys"]

    def test_what_is_not_known_is_as_in_the_facts():
        unknowns = [text.replace("(C06)", "(L.C06)") for text in facts["unknowns"]]
        assert [row["text"] for row in _toml("unknowns.toml")["unknown"]] == unknowns

    def test_the_host_systems_are_those_of_the_facts():
        assert list(shipped().systems) == facts["host_systems"]
