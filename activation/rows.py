"""The catalogue as rows: what a row of each kind holds, in one plain form for the data files and the tables alike.

A row's content is a dict ready for JSON; `Rows` holds it by kind and identity. The digest is taken over this form.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Content = dict[str, Any]
Rows = dict[str, dict[str, Content]]  #: kind -> identity -> content

FAMILIES = ("client", "server", "office")
KEY_TYPES = ("kms", "mak")
EVIDENCE = ("documented", "older-document", "derived", "unclear", "by-analogy")
CAPTION_CONFIDENCE = ("seen_caption", "seen_ad_string", "seen_as_product_or_image_name", "pattern")
INSTALL_TECHNOLOGY = ("MSI", "C2R")
SEVERITIES = ("low", "medium", "high")

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"  #: of products, groups, keys, systems, support dates
MARK = r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*"  #: of sources, disputes, rules (L.C05, R-THRESH)
FIGURE_NAME = r"[a-z][a-z0-9_]*"

FieldType = Literal["text", "place", "flag", "maybe", "date", "texts", "numbers", "figures", "position", "one", "many"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row. `one` and `many` name rows of the kind `to`; `limit` is in characters, 0 for none.

    `later`: came after the first version. At its default it is no part of a digest, so that old digests stay true.
    """

    name: str
    type: FieldType = "text"
    needed: bool = False
    to: str = ""
    choices: tuple[str, ...] = ()
    pattern: str = ""
    limit: int = 0
    default: Any = None
    later: bool = False

    def absent(self) -> Any:
        """What stands for a field that is not given."""
        if self.default is not None:
            return self.default
        lists = {"texts": [], "numbers": [], "many": []}
        return {"text": "", "place": "", "flag": False, "figures": {}, **lists}.get(self.type)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row: its word for people, its fields, and the fields whose values tell one row from another."""

    word: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...] = ("slug",)

    def identify(self, content: Mapping[str, Any]) -> str:
        """The identity of a row, for example `windows-7`, or `kms-windows-7/windows-vista` of a coverage."""
        return "/".join(str(content[name]) for name in self.identity)


def _slug(pattern: str = SLUG) -> Field:
    return Field("slug", needed=True, pattern=pattern, limit=80)


def _name(name: str = "name") -> Field:
    return Field(name, needed=True, limit=200)


def _choice(name: str, choices: tuple[str, ...], needed: bool = True) -> Field:
    return Field(name, needed=needed, choices=choices, limit=40)


def _one(name: str, to: str, needed: bool = True) -> Field:
    return Field(name, "one", needed=needed, to=to)


NOTE = Field("note")
RETIRED = Field("retired", "flag", later=True)
SOURCES = Field("sources", "many", needed=True, to="source")

#: In order of dependency: a row names only rows of kinds before its own.
KINDS: Mapping[str, Kind] = {
    "source": Kind(
        "source",
        (
            _slug(MARK),
            _name("publisher"),
            Field("title", needed=True, limit=300),
            Field("where", "place"),
            Field("date", limit=100),
            Field("seen"),
        ),
    ),
    "group": Kind(
        "product group",
        (
            _slug(),
            _name(),
            _choice("family", FAMILIES),
            Field("generation", needed=True, limit=40),
            Field("microsoft_name", limit=200),
            Field("counts_virtual", "flag", default=True),
            Field("adba", "flag", default=True),
            Field("avma", "flag"),
            Field("bios_marker", "flag"),
            RETIRED,
            NOTE,
            SOURCES,
        ),
    ),
    "system": Kind(
        "host system",
        (_slug(), _name(), _choice("family", FAMILIES[:2]), Field("position", "position")),
    ),
    "product": Kind(
        "product",
        (
            _slug(),
            _name(),
            _one("group", "group", needed=False),
            _choice("family", FAMILIES),
            Field("can_host", "flag", default=True),
            Field("aliases", "texts"),
            Field("gvlk", pattern=r"[A-Z0-9]{5}(-[A-Z0-9]{5}){4}", limit=29),
            _one("gvlk_source", "source", needed=False),
            Field("os_version", limit=40),
            Field("builds", "numbers"),
            Field("operating_system_sku", "numbers"),
            Field("captions", "texts"),
            Field("ad_operating_system", "texts"),
            _choice("caption_confidence", CAPTION_CONFIDENCE, needed=False),
            Field("product_id", limit=80),
            _choice("install_technology", INSTALL_TECHNOLOGY, needed=False),
            Field("uninstall_display_names", "texts"),
            RETIRED,
            NOTE,
        ),
    ),
    "key": Kind(
        "key",
        (
            _slug(),
            _choice("type", KEY_TYPES),
            _name(),
            _one("group", "group"),
            Field("aliases", "texts"),
            Field("comes_with", "many", to="group"),
            Field("kms_host_activation_id", limit=36),
            Field("volume_license_pack", limit=200),
            RETIRED,
            NOTE,
        ),
    ),
    "coverage": Kind(
        "coverage",
        (_one("key", "key"), _one("group", "group"), _choice("evidence", EVIDENCE), SOURCES),
        identity=("key", "group"),
    ),
    "host": Kind(
        "host option",
        (
            _one("key", "key"),
            _one("system", "system"),
            Field("allowed", "maybe"),
            Field("and_later", "flag"),
            Field("requires"),
            Field("evidence"),
            Field("sources", "many", to="source"),
        ),
        identity=("key", "system"),
    ),
    "support": Kind(
        "end of support",
        (
            _slug(),
            _name("product"),
            Field("groups", "many", needed=True, to="group"),
            Field("mainstream_end", "date"),
            Field("extended_end", "date", needed=True),
            Field("esu_end", "date"),
            NOTE,
            SOURCES,
        ),
    ),
    "dispute": Kind(
        "disputed point",
        (
            _slug(MARK),
            Field("topic", needed=True),
            Field("one_side"),
            Field("other_side"),
            Field("use"),
            _choice("severity", SEVERITIES, needed=False),
            Field("groups", "many", to="group"),
            Field("keys", "many", to="key"),
            SOURCES,
        ),
    ),
    "rule": Kind(
        "rule",
        (
            _slug(MARK),
            Field("text", needed=True),
            Field("params", "figures"),
            Field("status", needed=True, limit=200),
            _one("dispute", "dispute", needed=False),
            SOURCES,
        ),
    ),
}


def canonical(content: object) -> str:
    """The one JSON text of what is given: sorted names, no blanks."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def content_digest(content: object) -> str:
    """`sha256:` over a canonical JSON of what is given."""
    return "sha256:" + hashlib.sha256(canonical(content).encode()).hexdigest()


def row_digest(kind: str, content: Content) -> str:
    """The digest of one row."""
    return content_digest(_digested(kind, content))


def catalogue_digest(version: str, rows: Rows) -> str:
    """The digest of a whole catalogue: its version and every row."""
    digested = {kind: {name: _digested(kind, content) for name, content in rows[kind].items()} for kind in rows}
    return content_digest({"version": version, "rows": digested})


def _digested(kind: str, content: Content) -> Content:
    left_out = {f.name for f in KINDS[kind].fields if f.later and content[f.name] == f.absent()}
    return {name: value for name, value in content.items() if name not in left_out} if left_out else content


def complete(kind: str, content: Content) -> Content:
    """The content with the fields that its kind has by now: missing ones at their default, others dropped."""
    return {field.name: content.get(field.name, field.absent()) for field in KINDS[kind].fields}
