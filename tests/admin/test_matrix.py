"""The coverage matrix in the admin: what it shows, what it filters, and what a cell saves."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from activation import catalogue
from activation.models import ChangeSet, Coverage, Key, ProductGroup, Source
from activation.tables import read_tables
from tests.catalogue.admin_pages import LATER

pytestmark = pytest.mark.django_db

MATRIX = reverse("catalogue-matrix")
FULL, EMPTY, NEVER = ("windows-8", "windows-7"), ("windows-7", "windows-8"), ("windows-8", "windows-server-2012")


def cell(key, group):
    return reverse("catalogue-cell", args=(f"kms-{key}", group))


class Table(HTMLParser):
    """Names of the groups, and of each key its marks."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.into = [], None
        start = text.index('id="matrix"')
        self.feed(text[start : text.index("</table>", start)])

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td") and self.rows:
            self.rows[-1].append("")
            self.into = True

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self.into = False

    def handle_data(self, data):
        if self.into:
            self.rows[-1][-1] += data.strip()


def table_of(client, **filters):
    return Table(client.get(MATRIX, filters).content.decode()).rows


def test_it_shows_every_kms_host_key_and_every_product_group(reader):
    head, *rows = table_of(reader)
    assert len(head) - 1 == ProductGroup.objects.count() == 33
    assert len(rows) == Key.objects.filter(type="kms").count()
    marks = [mark for row in rows for mark in row[1:]]
    covered = Coverage.objects.filter(key__type="kms")
    assert sum(mark in ("■", "□", "◇", "?", "≈") for mark in marks) == covered.count()
    assert marks.count("■") == covered.filter(evidence="documented").count()


def test_a_cell_says_how_well_the_coverage_is_known(reader):
    head, *rows = table_of(reader)
    row = next(row for row in rows if row[0].startswith("Windows Server 2008 R2 KMS B"))
    assert row[head.index("Windows 7")] == "■"
    assert row[head.index("Windows 8")] == "\N{EN DASH}"
    client = next(row for row in rows if row[0].startswith("Windows 7 KMS key"))
    assert client[head.index("Windows Server 2012 (all editions)")].startswith("·never")


@pytest.mark.parametrize("family", ["client", "server", "office"])
def test_it_is_filtered_by_family(reader, family):
    head, *rows = table_of(reader, family=family)
    assert set(head[1:]) == set(ProductGroup.objects.filter(family=family).values_list("name", flat=True))
    names = " ".join(row[0] for row in rows)
    assert ("Office 2016" in names) is (family == "office")


def test_it_is_filtered_by_generation(reader):
    generation = ProductGroup.objects.get(slug="windows-7").generation
    head, *_ = table_of(reader, generation=generation)
    assert "Windows 7" in head
    assert len(head) - 1 == ProductGroup.objects.filter(generation=generation).count() < 33


def test_it_shows_the_maks_when_asked(reader):
    _, *rows = table_of(reader, type="mak")
    assert len(rows) == Key.objects.filter(type="mak").count()


@pytest.mark.parametrize("filters", [{"family": "x"}, {"generation": "\x00"}, {"type": "'"}, {"family": "x" * 9000}])
def test_a_filter_that_there_is_not_shows_everything(reader, filters):
    head, *_ = table_of(reader, **filters)
    assert len(head) == 34


def test_filters_without_a_hit_offer_to_clear_them(reader):
    page = reader.get(MATRIX, {"family": "office", "generation": "7"}).content.decode()
    assert 'id="matrix"' not in page
    assert "Clear filter" in page


def test_it_takes_few_queries(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        reader.get(MATRIX)


def test_a_cell_shows_its_evidence_and_documents_to_a_reader(reader):
    page = reader.get(cell(*FULL)).content.decode()
    row = Coverage.objects.get(key__slug="kms-windows-8", group__slug="windows-7")
    assert "Derived: from a stated rule" in page
    assert all(source.slug in page for source in row.sources.all())


def test_a_cell_is_changed_with_its_evidence_documents_and_reason(editor):
    source = Source.objects.get(slug="EOL")
    sent = {"evidence": "unclear", "sources": [source.pk], "reason": "A second look", "opened": LATER}
    saved = editor.post(f"{cell(*FULL)}?family=client", sent)
    assert saved.url == f"{MATRIX}?family=client#kms-windows-8--windows-7"
    row = Coverage.objects.get(key__slug="kms-windows-8", group__slug="windows-7")
    assert (row.evidence, list(row.sources.all())) == ("unclear", [source])
    act = ChangeSet.objects.first()
    assert (act.user_name, act.message) == ("editor", "A second look")
    assert [change.identity for change in act.rows.all()] == ["kms-windows-8/windows-7"]


def test_an_empty_cell_is_filled_and_emptied_again(editor):
    Key.objects.get(slug="kms-windows-7")
    before = catalogue.current().digest
    sent = {"evidence": "derived", "sources": [Source.objects.first().pk], "reason": "Found", "opened": LATER}
    editor.post(cell(*EMPTY), sent)
    assert "windows-8" in {c.group for c in catalogue.current().keys["kms-windows-7"].activates}
    editor.post(cell(*EMPTY), {"evidence": "", "reason": "A mistake", "opened": LATER})
    assert not Coverage.objects.filter(key__slug="kms-windows-7", group__slug="windows-8").exists()
    assert catalogue.current().digest == before


@pytest.mark.parametrize(
    ("where", "sent", "words"),
    [
        (FULL, {"evidence": "documented"}, "Enter at least one document"),
        (FULL, {"evidence": "documented", "reason": ""}, "Enter why."),
        (FULL, {"evidence": "certain"}, "is not in the list. Choose one of its entries."),
        (NEVER, {"evidence": "documented"}, "A client key activates no server group."),
    ],
)
def test_a_cell_that_cannot_be_so_is_not_saved(editor, where, sent, words):
    before = read_tables()[0]
    documents = [] if words.startswith("Enter at least") else [Source.objects.first().pk]
    response = editor.post(cell(*where), {"sources": documents, "reason": "A try", "opened": LATER} | sent)
    assert words in response.content.decode()
    assert read_tables()[0] == before


def test_a_preview_of_a_cell_tells_what_changes_and_saves_nothing(editor):
    before = read_tables()[0], ChangeSet.objects.count()
    where = cell("windows-server-2008-r2-b", "windows-7")
    response = editor.post(where, {"evidence": "", "reason": "A try", "_preview": "1", "opened": LATER})
    page = " ".join(response.content.decode().split())
    assert "will activate 5 product groups. Lost: Windows 7." in page
    assert 'value="A try"' in page
    assert (read_tables()[0], ChangeSet.objects.count()) == before


@pytest.mark.parametrize(("key", "group"), [("windows-95", "windows-7"), ("windows-8", "windows-95")])
def test_a_cell_of_what_is_not_there_is_not_found(editor, key, group):
    assert editor.get(cell(key, group)).status_code == 404
