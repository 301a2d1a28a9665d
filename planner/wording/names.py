"""Names for slugs, and words for the fixed values of a plan. An unknown slug (an old plan) is shown as it is."""

from __future__ import annotations

from collections.abc import Iterable

from activation.rules.catalogue import Catalogue
from activation.rules.inventory import WINDOWS

#: From this many on, rows are summed up instead of said one by one.
MANY = 4

METHODS: dict[str, str] = {
    "kms": "KMS",
    "kms-host": "KMS host",
    "mak": "MAK",
    "adba": "Active Directory",
    "avma": "AVMA (by the Hyper-V host)",
    "none": "not activated, as asked",
    "unsupported": "no volume activation",
}

WORKSHEET_ROWS: dict[str, str] = {
    "total": "In total",
    "kms": "KMS",
    "kms_isolated": "KMS in an isolated network",
    "mak_disconnected": "MAK: no contact with the network",
    "mak_isolated": "MAK: isolated network",
    "mak_no_kms": "MAK: no way to KMS, or no key for it",
    "mak_below_threshold": "MAK: too few computers for KMS",
    "adba": "Active Directory",
    "avma": "AVMA (by the Hyper-V host)",
    "none": "Not activated, as asked",
    "unsupported": "No volume activation",
    "remaining": "Remaining",
}

FAMILIES: dict[str, str] = {"client": "clients", "server": "servers", "office": "Office installations"}

VIAS: dict[str, str] = {"independent": "each by Internet or telephone", "proxy": "through the VAMT proxy"}

EVIDENCE: dict[str, str] = {
    "documented": "documented by Microsoft",
    "older-document": "only in a table that Microsoft has replaced",
    "derived": "derived from a stated rule, in no table of its own",
    "unclear": "left open by the sources",
    "by-analogy": "taken over from a neighbouring generation",
}

PUBLISHERS: dict[str, str] = {
    "microsoft": "Microsoft",
    "microsoft docs repo thread": "Thread in Microsoft's documentation repository",
    "microsoft-authored script, third-party copy": "Microsoft script, copied by a third party",
    "microsoft_press": "Microsoft Press",
    "microsoft_text_quoted_by_third_party": "Third party, quoting Microsoft",
    "third-party": "Third party",
    "third_party": "Third party",
    "third-party (links each row to Microsoft lifecycle pages)": "Third party, linking to Microsoft's lifecycle pages",
    "third-party + microsoft class page (values not visible in excerpt)": "Third party and Microsoft",
    "third-party quoting microsoft": "Third party, quoting Microsoft",
}

WHAT_IT_IS_NOT = (
    "This plan is about activation. It does not check core, processor or CAL licensing, downgrade rights or "
    "Software Assurance."
)


def key_name(slug: str, catalogue: Catalogue) -> str:
    """The name of a KMS host key or a MAK, as Microsoft lists it."""
    return catalogue.keys[slug].name if slug in catalogue.keys else slug


def key_in_words(slug: str, catalogue: Catalogue) -> str:
    """The key inside a sentence: `the Office 2016 KMS host key`, `the KMS host key "Volume License for ..."`."""
    name = key_name(slug, catalogue)
    if "KMS" in name or "MAK" in name:
        return "the " + name
    return 'the KMS host key "' + name.replace('"', "'") + '"'


def group_name(slug: str, catalogue: Catalogue) -> str:
    """A product group, short: without what the catalogue adds in brackets."""
    if slug not in catalogue.groups:
        return slug
    return catalogue.groups[slug].name.split(" (")[0].removesuffix(" family")


def product_name(slug: str, catalogue: Catalogue) -> str:
    """The edition by its full name."""
    return catalogue.products[slug].name if slug in catalogue.products else slug


def system_name(slug: str, catalogue: Catalogue) -> str:
    """A system that may carry a KMS host key."""
    return catalogue.systems[slug].name if slug in catalogue.systems else slug


def application_name(slug: str, catalogue: Catalogue) -> str:
    """What a KMS host counts separately: Windows, or one Office version."""
    return "Windows" if slug == WINDOWS else group_name(slug, catalogue)


def application_of(group: str | None, catalogue: Catalogue) -> str:
    """The application that computers of a product group belong to: Windows, or their Office version."""
    if group is None or group not in catalogue.groups or catalogue.groups[group].family != "office":
        return WINDOWS
    return group


def unit(application: str) -> str:
    """What is activated there, one of it."""
    return "computer" if application == WINDOWS else "Office installation"


def publisher_name(publisher: str) -> str:
    """Whose document it is. What the table does not know is shown as the catalogue has it."""
    return PUBLISHERS.get(publisher, publisher)


def listing(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 computer`, `2 computers`, `1,200 computers`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def some(names: Iterable[str], many: str) -> str:
    """The names, or how many when there are many: `Head office and Plant`, `12 networks`."""
    items = list(names)
    return listing(items) if len(items) < MANY else f"{len(items):,} {many}"
