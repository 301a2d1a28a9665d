"""Documents behind an answer become links to the web, and to nothing else."""

import pytest

from activation.addresses import web_address
from activation.catalogue import shipped
from activation.rules.interchange import read_estate
from activation.rules.recommend import recommend
from planner.examples import Example, examples
from planner.plan_page import Why, plan_page

REPOSITORY = "github:MicrosoftDocs/windowsserverdocs WindowsServerDocs/get-started/kms-create-host.md"
BLOB = "https://github.com/MicrosoftDocs/windowsserverdocs/blob"


@pytest.mark.parametrize(
    ("where", "address"),
    [
        ("https://learn.microsoft.com/x?y=1 ; http://other", "https://learn.microsoft.com/x?y=1"),
        ("technet.microsoft.com/en-us/library/ff793412.aspx (excerpt)",
         "https://technet.microsoft.com/en-us/library/ff793412.aspx"),
        (f"{REPOSITORY} commit 1c987a3a7012", f"{BLOB}/1c987a3a7012/WindowsServerDocs/get-started/kms-create-host.md"),
        (REPOSITORY, f"{BLOB}/HEAD/WindowsServerDocs/get-started/kms-create-host.md"),
        ("github MicrosoftDocs/windowsserverdocs .../Step-2.md @352cff25",
         "https://github.com/MicrosoftDocs/windowsserverdocs"),
        ("same repo, .../gvlks.md", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("evil.example/microsoft.com/x", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_where_a_document_is_becomes_an_address(where: str, address: str) -> None:
    assert web_address(where) == address


def test_no_document_is_found_only_by_reading_what_stands_before_it() -> None:
    pointing = ("same page", "same path", "same repo", "commit")
    sources = shipped().sources.values()
    assert [source.slug for source in sources if source.where.startswith(pointing)] == []
    assert [source.slug for source in sources if source.title.startswith(pointing)] == []


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.slug)
def test_every_key_mak_and_line_of_an_example_leads_to_a_public_document(example: Example) -> None:
    plan = recommend(read_estate(example.estate, shipped(), "2026-11-24"), shipped())
    page = plan_page(plan, shipped())
    rows: dict[str, tuple[Why, ...]] = {
        **{key.name: key.why for key in page.keys},
        **{mak.group: mak.why for mak in page.maks},
        **{f"{line.product} {line.method}": line.why for line in page.computers},
    }
    without = [
        name for name, why in rows.items() if not any(source.address for reason in why for source in reason.sources)
    ]
    assert without == []
