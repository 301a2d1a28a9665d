"""`manage.py checkcatalogue`: every point with its place, and the exit status that a script needs."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from activation import catalogue
from activation.findings import findings
from activation.models import Coverage, Key, Product, ProductGroup, Rule, Source
from activation.recording import recorded

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    call_command("checkcatalogue", stdout=out)
    return out.getvalue()


def test_a_catalogue_that_fits_together_says_so():
    assert run() == "The catalogue fits together.\n"


def test_each_point_is_a_line_with_its_page_and_the_end_is_an_error(admin_client):
    with recorded("admin"):
        group = ProductGroup.objects.create(slug="windows-12", name="Windows 12", family="client", generation="12")
        coverage = Coverage.objects.get(key__slug="kms-windows-7", group__slug="windows-vista")
        coverage.sources.clear()
    out = StringIO()
    with pytest.raises(CommandError, match="3 points to settle"):
        call_command("checkcatalogue", stdout=out)
    pages = [f"/admin/activation/productgroup/{group.pk}/change/", f"/admin/activation/coverage/{coverage.pk}/change/"]
    assert out.getvalue().splitlines() == [
        f"error: Product group windows-12: sources must not be empty. {pages[0]}",
        f"error: Coverage kms-windows-7/windows-vista: sources must not be empty. {pages[1]}",
        f"error: Product group windows-12: slug needs exactly one MAK, has 0. {pages[0]}",
    ]
    assert [admin_client.get(page).status_code for page in pages] == [200, 200]


def break_coverage():
    office = ProductGroup.objects.get(slug="office-2019")
    coverage = Coverage.objects.create(key=Key.objects.get(slug="kms-windows-10"), group=office, evidence="documented")
    coverage.sources.set(Source.objects.filter(slug="EOL"))


def break_rule():
    Rule.objects.get(slug="R-THRESH").sources.clear()


def break_address():
    Source.objects.filter(slug="EOL").update(where="javascript:alert(1)")


def break_name():
    Product.objects.filter(slug="windows-7-enterprise").update(name="\x1b[31mRed")


def break_own_group():
    Coverage.objects.get(key__slug="kms-windows-7", group__slug="windows-7").delete()


def break_figures():
    Rule.objects.filter(slug="R-HOSTS").update(params={"hosts": 6})


@pytest.mark.parametrize(
    ("breaking", "kind", "identity", "text"),
    [
        (break_coverage, "coverage", "kms-windows-10/office-2019", "a Windows key activates no Office version"),
        (break_rule, "rule", "R-THRESH", "sources must not be empty"),
        (break_figures, "rule", "R-HOSTS", 'need "activations_per_host", at least 1: plans are made with it'),
        (break_address, "source", "EOL", "where must be a web address"),
        (break_name, "product", "windows-7-enterprise", "name holds a control character"),
        (break_own_group, "key", "kms-windows-7", 'its own group "windows-7" is missing'),
    ],
)
def test_a_broken_table_is_found_whatever_way_it_broke(breaking, kind, identity, text):
    breaking()
    catalogue.touch()
    (finding,) = findings()
    assert (finding.severity, finding.kind, finding.identity) == ("error", kind, identity)
    assert text in finding.text


def test_an_edit_past_the_site_is_a_warning_until_it_is_recorded():
    Product.objects.filter(slug="windows-7-enterprise").update(note="By a shell")
    (finding,) = findings()
    assert (finding.severity, finding.identity) == ("warning", "windows-7-enterprise")
    assert "edited past the site" in finding.text
    catalogue.touch()
    assert findings() == []


def test_a_row_that_was_deleted_past_the_site_leads_to_the_list_of_its_kind():
    Rule.objects.get(slug="R-OPEN").delete()
    (finding,) = findings()
    assert finding.admin_path == "/admin/activation/rule/"


def test_no_control_character_reaches_the_terminal():
    for slug in ("windows-7-enterprise", "windows-7-professional"):
        Product.objects.filter(slug=slug).update(name="\x1b[31mRed" if slug.endswith("e") else "\x1b[31mred ")
    catalogue.touch()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("checkcatalogue", stdout=out)
    assert "is the name of two rows" in out.getvalue()
    assert "\x1b" not in out.getvalue()
