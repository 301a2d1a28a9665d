"""exportcatalogue and importcatalogue on the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from activation import catalogue
from activation.files import FOLDER
from activation.models import ChangeSet, Product
from activation.recording import recorded
from tests.exchange.conftest import open_book, unzipped

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def refused(*arguments):
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    return str(caught.value)


@pytest.fixture
def edited(tmp_path):
    """A workbook in which one product has another name."""
    path = tmp_path / "catalogue.xlsx"
    run("exportcatalogue", path)
    book = open_book(path.read_bytes())
    book.put("Products", "windows-7-enterprise", "name", "Windows 7 of Contoso")
    path.write_bytes(book.saved())
    return path


def name():
    return Product.objects.get(slug="windows-7-enterprise").name


def rename_here():
    with recorded("admin", message="Here"):
        product = Product.objects.get(slug="windows-7-enterprise")
        product.name = "Windows 7 here"
        product.save()


def test_an_untouched_database_is_exported_as_the_shipped_files_byte_for_byte(tmp_path):
    run("exportcatalogue", tmp_path / "catalogue.zip")
    files = unzipped((tmp_path / "catalogue.zip").read_bytes())
    assert files.pop("state.toml") == f'state = "{catalogue.shipped().digest}"\n'.encode()
    assert files == {path.name: path.read_bytes() for path in FOLDER.glob("*.toml")}


def test_without_a_reason_it_only_shows(edited):
    shown = run("importcatalogue", edited)
    assert "change product: windows-7-enterprise (Windows 7 of Contoso)" in shown
    assert "name: 'Windows 7 Enterprise' -> 'Windows 7 of Contoso'" in shown
    assert name() == "Windows 7 Enterprise"


def test_with_a_reason_it_imports(edited):
    assert "Imported: 1 row changed." in run("importcatalogue", edited, "--reason", "A ticket of Contoso")
    assert (name(), ChangeSet.objects.first().message) == ("Windows 7 of Contoso", "A ticket of Contoso")


def test_a_conflict_needs_a_side(edited):
    rename_here()
    assert "Add --conflicts file or --conflicts here for: product windows-7-enterprise." in refused(
        "importcatalogue", edited, "--reason", "x"
    )
    run("importcatalogue", edited, "--reason", "x", "--conflicts", "here")
    assert name() == "Windows 7 here"
    run("importcatalogue", edited, "--reason", "x", "--conflicts", "file")
    assert name() == "Windows 7 of Contoso"


def test_what_is_wrong_with_a_file_is_said_in_words(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"slug\n")
    assert "must be a ZIP of the data files or a workbook" in refused("importcatalogue", tmp_path / "a.csv")
    assert "cannot be read" in refused("importcatalogue", tmp_path / "nowhere.zip")
    assert refused("exportcatalogue", tmp_path / "a.csv") == "The name of the file must end in .xlsx or .zip."
    assert "cannot be written" in refused("exportcatalogue", tmp_path / "no" / "such.zip")
