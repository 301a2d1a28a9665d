"""Names for slugs, and words for the fixed values of a plan. An unknown slug (an old plan) is shown as it is."""

from __future__ import annotations

from collections.abc import Iterable

from activation.rules.catalogue import Catalogue

METHODS: dict[str, str] = {
    "kms": "KMS",
    "kms-host": "KMS host",
    "mak": "MAK",
    "adba": "Active Directory",
    "avma": "AVMA (by the Hyper-V host)",
    "none": "not activated, as asked",
    "unsupported": "no volume activation",
}

CONTACTS: dict[str, str] = {
    "regular": "at least once in 30 days",
    "rare": "at least once in 180 days",
    "none": "never, or less than once in 180 days",
}

WORKSHEET_ROWS: dict[str, str] = {
    "total": "Computers in total",
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
    return "Windows" if slug == "windows" else group_name(slug, catalogue)


def listing(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 computer`, `2 computers`, `1,200 computers`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
