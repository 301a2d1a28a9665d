"""The tables of an estate, and that of the ledger, as people see them: columns, filters and words. One design."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.db import models
from django.db.models import Q

from activation.rules.catalogue import Catalogue
from planner.forms.choices import Choices, Pairs
from planner.forms.rows import NO, YES
from planner.models import ComputerLine, Estate, HeldKey, LicenceLine, Network, Organisation, Reading

Kind = Literal["text", "number", "product", "key", "tail", "network", "choice", "flag", "systems", "day"]
YES_OR_NO: Pairs = ((YES, "yes"), (NO, "no"))


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row. `name` is that of estate/1, and what a pasted header may say.

    `untouched`: what a row says of it when nothing was typed. `more`: shown in a list only where there is room.
    """

    name: str
    label: str
    kind: Kind = "text"
    choices: Pairs = ()
    untouched: str = ""
    more: bool = False
    summed: bool = False
    hint: str = ""

    @property
    def is_number(self) -> bool:
        return self.kind == "number"


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows a list. Without `choices` it is one of the networks, by id."""

    name: str
    label: str
    where: Callable[[str, Catalogue], Q]
    choices: Pairs = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `slug` stands in the address and is the name of the rows at their owner, which their field `of` names.

    `named`: the column that holds the slug of a product or a key; `folded`: the columns that hold text to search in.
    `order`: that of the rows as long as nobody sorts them.
    `about` says what to enter, where there is nothing yet.
    """

    slug: str
    model: type[models.Model]
    title: str
    one: str
    many: str
    columns: tuple[Column, ...]
    about: str
    named: str = ""
    folded: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    related: tuple[str, ...] = ()
    of: Literal["estate", "organisation"] = "estate"
    order: tuple[str, ...] = ("pk",)

    def owner(self, estate: Estate) -> Estate | Organisation:
        """What the rows belong to, for one who is at that estate."""
        return estate if self.of == "estate" else estate.organisation

    @property
    def kind(self) -> str:
        """What the history calls its rows."""
        return str(self.model.kind)

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def add(self) -> str:
        """What the link to new rows says."""
        return f"Add {self.title.lower()}"

    @property
    def has_more(self) -> bool:
        """Whether a form folds some fields away at first."""
        return any(column.more for column in self.columns)

    @property
    def summed(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.summed)


def _is(field: str) -> Callable[[str, Catalogue], Q]:
    return lambda value, catalogue: Q(**{field: value == YES})


def _of_type(value: str, catalogue: Catalogue) -> Q:
    return Q(key__in=[slug for slug, key in catalogue.keys.items() if key.type == value])


def _on_network(value: str, catalogue: Catalogue) -> Q:
    return Q(network=int(value)) if value.isascii() and value.isdigit() else Q(pk__in=())


_NOTE = Column("note", "Note", more=True)
#: Activations left of a MAK, or hosts that a KMS host key is used on.
_USED = Column("used", "Activations left or hosts used", "number")
_TYPE = Filter("type", "Type", _of_type, (("kms", "KMS host keys"), ("mak", "MAKs")))

COMPUTERS = Table(
    slug="computers",
    model=ComputerLine,
    title="Computers",
    one="line",
    many="lines",
    columns=(
        Column("product", "Product", "product"),
        Column("count", "Computers", "number", summed=True),
        Column("network", "Network", "network"),
        Column("virtual", "Virtual", "number", untouched="0", summed=True, more=True),
        Column("contact", "Contact in", "choice", Choices.contacts, "regular", more=True),
        Column("activate", "To be activated", "flag", YES_OR_NO, YES, more=True),
        Column("domain_joined", "In the domain", "flag", YES_OR_NO, NO, more=True),
        Column("avma", "AVMA guests", "number", untouched="0", summed=True, more=True),
        _NOTE,
    ),
    about="Enter which products are installed and on how many computers. Quantities are enough: no names, no keys.",
    named="product",
    folded=("note_folded", "network__name_folded"),
    filters=(
        Filter("network", "Network", _on_network),
        Filter("contact", "Contact in", lambda value, catalogue: Q(contact=value), Choices.contacts),
        Filter("activate", "To be activated", _is("activate"), YES_OR_NO),
        Filter("domain_joined", "In the domain", _is("domain_joined"), YES_OR_NO),
    ),
    related=("network",),
)

NETWORKS = Table(
    slug="networks",
    model=Network,
    title="Networks",
    one="network",
    many="networks",
    columns=(
        Column("name", "Network"),
        Column("kms", "KMS hosts here", "flag", YES_OR_NO, YES),
        Column("kms_via", "Uses the KMS hosts of", "network", more=True),
        Column("microsoft", "Way to Microsoft", "choice", Choices.ways, "direct"),
        Column("isolated", "Isolated", "flag", YES_OR_NO, NO, more=True),
        Column("active_directory", "Active Directory-based activation", "flag", YES_OR_NO, NO, more=True),
        Column("kms_host_systems", "Machines for KMS hosts outside the list", "systems", more=True),
    ),
    about="Computers that reach each other are one network. Without any, all computers are on a network named Main.",
    folded=("name_folded",),
    filters=(
        Filter("kms", "KMS hosts here", _is("kms"), YES_OR_NO),
        Filter("microsoft", "Way to Microsoft", lambda value, catalogue: Q(microsoft=value), Choices.ways),
        Filter("isolated", "Isolated", _is("isolated"), YES_OR_NO),
    ),
    related=("kms_via",),
)

LICENCES = Table(
    slug="licences",
    model=LicenceLine,
    title="Licences",
    one="line",
    many="lines",
    columns=(
        Column("product", "Product", "product"),
        Column("quantity", "Licences", "number", summed=True),
        Column("note", "Note"),
    ),
    about="Enter the volume licences that you have. They tell which keys you can get, and what is still to buy.",
    named="product",
    folded=("note_folded",),
)

KEYS = Table(
    slug="keys",
    model=HeldKey,
    title="Keys",
    one="key",
    many="keys",
    columns=(
        Column("key", "Key", "key"),
        _USED,
        Column("last_five", "Last five characters", "tail", more=True, hint="At most these, never the whole key"),
        Column("note", "Note"),
    ),
    about="Enter which KMS host keys and MAKs you have: which ones, never the keys themselves.",
    named="key",
    folded=("note_folded",),
    filters=(_TYPE,),
)

#: The ledger of an organisation. It is none of the tables of an estate: no scenario has another one.
READINGS = Table(
    slug="readings",
    model=Reading,
    title="Readings",
    one="reading",
    many="readings",
    columns=(
        Column("key", "Key", "key"),
        Column("on", "Day", "day", hint="YYYY-MM-DD"),
        _USED,
        Column("note", "Note"),
    ),
    about="Enter what is left of a MAK, or how many hosts use a KMS host key, on the day on which you looked.",
    named="key",
    folded=("note_folded",),
    filters=(_TYPE,),
    of="organisation",
    order=("-on", "pk"),
)

#: The fields of the estate itself: a form like those of the rows, with one row.
SETTINGS = Table(
    slug="settings",
    model=Estate,
    title="Settings",
    one="settings",
    many="settings",
    columns=(
        Column("agreement", "Volume agreement", "choice", Choices.agreements),
        Column(
            *("evidence", "Coverage to rest on", "choice"),
            (("all", "All that is known"), ("documented", "Only what a current Microsoft document states")),
            "all",
        ),
        Column("mak_reserve_percent", "MAK reserve in percent, for reinstalls", "number", untouched="0"),
        Column(
            *("count_old_virtual", "Count virtual Windows Vista and Windows Server 2008 computers", "flag"),
            *(YES_OR_NO, NO),
        ),
    ),
    about="",
)

#: By slug, in the order in which they are shown.
TABLES = {table.slug: table for table in (COMPUTERS, NETWORKS, LICENCES, KEYS)}
