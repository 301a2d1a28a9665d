"""What must hold between the rows of a catalogue. Pure: rows in, problems out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from activation.rows import KINDS, Content, Field, Rows


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of one row."""

    kind: str
    identity: str
    field: str
    message: str


def problems(rows: Rows) -> list[Problem]:
    """Everything that is wrong between the rows, in the order of the rows. Rows that name missing rows come first."""
    missing = list(_missing_rows(rows))
    if missing:
        return missing
    checks = (_same_names, _products, _maks, _keys, _coverages, _hosts, _support)
    return [problem for check in checks for problem in check(rows)]


def _missing_rows(rows: Rows) -> Iterator[Problem]:
    for kind, spec in KINDS.items():
        references = [field for field in spec.fields if field.to]
        for identity, content in rows[kind].items():
            for field in references:
                for named in _named(field, content):
                    if named not in rows[field.to]:
                        yield Problem(kind, identity, field.name, f'there is no {KINDS[field.to].word} "{named}"')


def _named(field: Field, content: Content) -> list[str]:
    value = content[field.name]
    if field.type == "many":
        return list(value)
    return [] if value is None else [value]


def folded(name: str) -> str:
    """A name as it is compared: any case, blanks at the ends and repeated blanks aside."""
    return " ".join(name.split()).casefold()


def _same_names(rows: Rows) -> Iterator[Problem]:
    for kind in ("group", "system", "product", "key"):
        names = Counter(folded(content["name"]) for content in rows[kind].values())
        for identity, content in rows[kind].items():
            if names[folded(content["name"])] > 1:
                yield Problem(kind, identity, "name", f'"{content["name"]}" is the name of two rows')


def _products(rows: Rows) -> Iterator[Problem]:
    for slug, product in rows["product"].items():
        group = rows["group"].get(product["group"])
        if group and group["family"] != product["family"]:
            yield Problem("product", slug, "family", f'must be "{group["family"]}", the family of its group')
        if bool(product["gvlk"]) != bool(product["gvlk_source"]):
            yield Problem("product", slug, "gvlk_source", "a GVLK and its source go together")


def _maks(rows: Rows) -> Iterator[Problem]:
    maks = Counter(key["group"] for key in rows["key"].values() if key["type"] == "mak")
    for slug in rows["group"]:
        if maks[slug] != 1:
            yield Problem("group", slug, "slug", f"needs exactly one MAK, has {maks[slug]}")


def _keys(rows: Rows) -> Iterator[Problem]:
    hosted = {host["key"] for host in rows["host"].values()}
    for slug, key in rows["key"].items():
        if f"{slug}/{key['group']}" not in rows["coverage"]:
            yield Problem("key", slug, "activates", f'its own group "{key["group"]}" is missing')
        if key["type"] == "mak" and slug in hosted:
            yield Problem("key", slug, "hosts", "a MAK has no hosts")
        if key["type"] == "mak" and key["comes_with"]:
            yield Problem("key", slug, "comes_with", "only for a KMS host key")


def _coverages(rows: Rows) -> Iterator[Problem]:
    """A MAK activates its own group; an Office key Office, a client key clients, a server key servers and clients."""
    may = {"office": {"office"}, "client": {"client"}, "server": {"client", "server"}}
    for identity, coverage in rows["coverage"].items():
        key = rows["key"][coverage["key"]]
        if key["type"] == "mak" and coverage["group"] != key["group"]:
            yield Problem("coverage", identity, "group", "a MAK activates its own group only")
        families = may[rows["group"][key["group"]]["family"]]
        if rows["group"][coverage["group"]]["family"] not in families:
            only = " and ".join(sorted(families))
            yield Problem("coverage", identity, "group", f"this key activates {only} groups only")


def _hosts(rows: Rows) -> Iterator[Problem]:
    for identity, host in rows["host"].items():
        if host["allowed"] is not None and not host["sources"]:
            yield Problem("host", identity, "sources", "needed when allowed is given")


def _support(rows: Rows) -> Iterator[Problem]:
    for slug, row in rows["support"].items():
        days = [day for day in (row["mainstream_end"], row["extended_end"], row["esu_end"]) if day]
        if days != sorted(days):
            yield Problem("support", slug, "extended_end", "mainstream, extended and ESU dates must follow each other")
