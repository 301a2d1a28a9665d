"""What must hold in the rows of a catalogue and between them. Pure: rows in, problems out.

The one set of checks: for the data files before they are loaded, for the tables after every edit, and for forms, which
ask the functions `wrong_...` about the one row that they save.

A row names only rows of kinds before its own (`KINDS`), so no chain of rows can come back to itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from activation.rows import KINDS, Content, Field, Rows
from activation.rules.catalogue import FIGURES
from activation.rules.reading import compared
from activation.values import checked


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of one row."""

    kind: str
    identity: str
    field: str
    message: str


def problems(rows: Rows) -> list[Problem]:
    """Everything that is wrong, in the order of the rows. Where rows name missing ones or none, only that."""
    missing = list(references(rows))
    if missing:
        return missing
    checks = (_fields, _same_names, _products, _maks, _keys, _coverages, _hosts, _support, _figures)
    return [problem for check in checks for problem in check(rows)]


def references(rows: Rows) -> Iterator[Problem]:
    """The rows that a row names are there."""
    for kind, spec in KINDS.items():
        references = [field for field in spec.fields if field.to]
        for identity, content in rows[kind].items():
            for field in references:
                if field.type == "one" and field.needed and content[field.name] is None:
                    yield Problem(kind, identity, field.name, "must not be empty")
                for named in _named(field, content):
                    if named not in rows[field.to]:
                        yield Problem(kind, identity, field.name, f'there is no {KINDS[field.to].word} "{named}"')


def _named(field: Field, content: Content) -> list[str]:
    value = content[field.name]
    if field.type == "many":
        return list(value)
    return [] if value is None else [value]


def _fields(rows: Rows) -> Iterator[Problem]:
    """Each value is what its field holds: not too long, one of the choices, no control character, its sources."""
    for kind, spec in KINDS.items():
        for identity, content in rows[kind].items():
            for field in spec.fields:
                message = "" if field.type == "one" else wrong_value(content[field.name], field)
                if message:
                    yield Problem(kind, identity, field.name, message)


def wrong_value(value: object, field: Field) -> str:
    """Why a field cannot hold this value, "" when it can."""
    if not field.needed and value == field.absent():
        return ""
    try:
        checked(value, field)
    except ValueError as error:
        return str(error)
    return ""


def _same_names(rows: Rows) -> Iterator[Problem]:
    for kind in ("group", "system", "product", "key"):
        names = Counter(compared(content["name"]) for content in rows[kind].values())
        for identity, content in rows[kind].items():
            if names[compared(content["name"])] > 1:
                yield Problem(kind, identity, "name", f'"{content["name"]}" is the name of two rows')


def _products(rows: Rows) -> Iterator[Problem]:
    for slug, product in rows["product"].items():
        group = rows["group"].get(product["group"])
        if group and group["family"] != product["family"]:
            yield Problem("product", slug, "family", f'must be "{group["family"]}", the family of its group')
        if bool(product["gvlk"]) != bool(product["gvlk_source"]):
            yield Problem("product", slug, "gvlk_source", "a GVLK and its source go together")


def _maks(rows: Rows) -> Iterator[Problem]:
    maks = [key for key in rows["key"].values() if key["type"] == "mak"]
    number = Counter(mak["group"] for mak in maks)
    retired = {mak["group"] for mak in maks if mak["retired"]}
    for slug, group in rows["group"].items():
        if number[slug] != 1:
            yield Problem("group", slug, "slug", f"needs exactly one MAK, has {number[slug]}")
        if slug in retired and not group["retired"]:
            yield Problem("group", slug, "retired", "must be set like that of its MAK: its computers fall back on it")


def _keys(rows: Rows) -> Iterator[Problem]:
    hosted = {host["key"] for host in rows["host"].values()}
    for slug, key in rows["key"].items():
        if f"{slug}/{key['group']}" not in rows["coverage"]:
            yield Problem("key", slug, "activates", f'its own group "{key["group"]}" is missing')
        if slug in hosted and wrong_host(key["type"]):
            yield Problem("key", slug, "hosts", wrong_host(key["type"]))
        if key["type"] == "mak" and key["comes_with"]:
            yield Problem("key", slug, "comes_with", "only for a KMS host key")


def wrong_host(key_type: str) -> str:
    """Why a key of this type has no host systems, "" when it may have them."""
    return "a MAK has no hosts" if key_type == "mak" else ""


def wrong_system(group_family: str, system_family: str, allowed: bool | None) -> str:
    """Why a key of a group of this family is not allowed on a system of that family, "" when it may be.

    A host on a client system activates clients only (R-HOST-TYPE), and the key of a server group activates servers.
    """
    if allowed and (group_family, system_family) == ("server", "client"):
        return "a host on a client system activates clients only: the key of a server group is not allowed there"
    return ""


def wrong_coverage(key_type: str, own: tuple[str, str], other: tuple[str, str]) -> str:
    """Why a key of the group `own` does not activate the group `other` (slug, family), "" when it may.

    A MAK and an Office key activate their own group: each Office version is an application of its own. In Windows a
    client key activates clients, a server key servers and clients.
    """
    if own[0] == other[0]:
        return ""
    if key_type == "mak":
        return "a MAK activates its own group only"
    if own[1] == "office":
        return "the key of an Office version activates this version only"
    if other[1] == "office":
        return "a Windows key activates no Office version"
    return "a client key activates no server group" if (own[1], other[1]) == ("client", "server") else ""


def _coverages(rows: Rows) -> Iterator[Problem]:
    for identity, coverage in rows["coverage"].items():
        key = rows["key"][coverage["key"]]
        own, other = (rows["group"][slug] for slug in (key["group"], coverage["group"]))
        message = wrong_coverage(key["type"], (own["slug"], own["family"]), (other["slug"], other["family"]))
        if message:
            yield Problem("coverage", identity, "group", message)


def _hosts(rows: Rows) -> Iterator[Problem]:
    """A statement needs its source; a host that nothing is stated about (`allowed` unknown) may be without."""
    for identity, host in rows["host"].items():
        group, system = rows["group"][rows["key"][host["key"]]["group"]], rows["system"][host["system"]]
        message = wrong_system(group["family"], system["family"], host["allowed"])
        if message:
            yield Problem("host", identity, "allowed", message)
        if host["allowed"] is not None and not host["sources"]:
            yield Problem("host", identity, "sources", "needed when allowed is given")


def _support(rows: Rows) -> Iterator[Problem]:
    for slug, row in rows["support"].items():
        days = [day for day in (row["mainstream_end"], row["extended_end"], row["esu_end"]) if day]
        if days != sorted(days):
            yield Problem("support", slug, "extended_end", "mainstream, extended and ESU dates must follow each other")


def _figures(rows: Rows) -> Iterator[Problem]:
    for slug, names in FIGURES.items():
        params = rows["rule"][slug]["params"] if slug in rows["rule"] else {}
        for name in names:
            if params.get(name, 0) < 1:
                yield Problem("rule", slug, "params", f'need "{name}", at least 1: plans are made with it')
