"""The rows of the quick planner's form. Each keeps what was typed; its values go into an estate/1 document.

A row's prefix is a letter and its number (`c3` is the third row of computers), so the names of its fields are
`c3-product`, `c3-count`: readable in a shared address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django import forms

CONTACTS = (
    ("regular", "30 days"),
    ("rare", "180 days"),
    ("none", "never"),
)
WAYS = (("direct", "Internet or telephone"), ("proxy", "Only through a VAMT proxy"))
YES = "yes"
NO = "no"


class Text(forms.Field):
    """Any text, blanks at the ends removed. Never an error: the interchange format judges it."""

    def __init__(self, widget: forms.Widget | None = None, initial: str = "", label: str = "") -> None:
        super().__init__(required=False, widget=widget or forms.TextInput, initial=initial, label=label)

    def to_python(self, value: object) -> str:
        return str(value or "").strip()


def number_input(width: str) -> forms.TextInput:
    """A field for a whole number: digits on a telephone's keyboard, no spinner."""
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": f"number {width}"})


def product_input() -> forms.TextInput:
    """A field that suggests products while typing; the list is on the page once."""
    return forms.TextInput(attrs={"list": "products", "autocomplete": "off", "spellcheck": "false", "class": "product"})


class Tick(forms.CheckboxInput):
    """A box that sends its text when ticked and nothing otherwise."""

    def __init__(self, sends: str) -> None:
        super().__init__(attrs={"value": sends}, check_test=lambda current: current == sends)

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> str:
        return data.get(name, "")

    def format_value(self, value: object) -> None:
        return None


class Row(forms.Form):
    """A row with its number. Numbers keep their gaps, so that rows may name each other by number."""

    letter = ""
    says: tuple[str, ...] = ()

    def __init__(self, data: dict[str, str], number: int) -> None:
        self.number = number
        self.title = ""
        self.focused = False
        super().__init__(data, prefix=f"{self.letter}{number}", auto_id="%s")
        self.is_valid()

    def text(self, name: str) -> str:
        """What was typed into the field `name`, "" when the field is not there."""
        return str(self.cleaned_data.get(name, ""))

    def typed(self) -> dict[str, str]:
        """Name in the address -> text, of each field that differs from what an untouched row sends."""
        return {
            self.add_prefix(name): self.text(name)
            for name, field in self.fields.items()
            if self.text(name) not in ("", field.initial)
        }

    def is_blank(self) -> bool:
        """True when nothing was typed that says what the row is about."""
        return not any(self.text(name) for name in self.says)


class LineForm(Row):
    """Computers of one kind on one network."""

    letter = "c"
    says = ("product", "count", "virtual", "avma")

    product = Text(product_input(), label="Product")
    count = Text(number_input("count"), label="Count")
    virtual = Text(number_input("virtual"), label="Virtual")
    contact = Text(forms.Select(choices=CONTACTS), initial="regular", label="Contact in")
    network = Text(forms.Select, initial="1", label="Network")
    joined = Text(Tick(YES), label="Joined to the Active Directory domain")
    activate = Text(Tick(NO), label="Not to be activated (a lab that is rebuilt)")
    avma = Text(number_input("virtual"), label="Guests that an activated Hyper-V Datacenter host activates (AVMA)")

    def open(self) -> bool:
        """True when the folded part of the row holds something."""
        return any(self.text(name) or name in self.errors for name in ("joined", "activate", "avma"))


class NetworkForm(Row):
    """A network: where its KMS hosts are and how it reaches Microsoft."""

    letter = "n"

    name = Text(forms.TextInput(attrs={"autocomplete": "off"}), label="Name of the network")
    kms = Text(forms.Select, initial="own", label="KMS hosts")
    host = Text(forms.Select, label="Machines outside your list that may carry a KMS host key")
    microsoft = Text(forms.Select(choices=WAYS), initial="direct", label="Way to Microsoft")
    ad = Text(Tick(YES), label="Active Directory-based activation may be used")
    isolated = Text(Tick(YES), label="Isolated from the other networks")

    def hosts(self) -> list[str]:
        """The host systems chosen, one entry a machine, and an empty one for each that is still to be chosen."""
        return self.text("host").split(",")

    def typed(self) -> dict[str, str]:
        found = super().typed()
        chosen = ",".join(filter(None, self.hosts()))
        found.pop(self.add_prefix("host"), None)
        return found | ({self.add_prefix("host"): chosen} if chosen else {})

    def open(self) -> bool:
        """True when the focus goes there, there is something to mend, or a machine is still to be chosen."""
        return self.focused or bool(self.errors) or self.text("host").endswith(",")

    def facts(self) -> str:
        """What is not as a network is by default, in a few words."""
        kms = self.text("kms") or "own"
        words = {
            dict(self.fields["kms"].widget.choices).get(kms, "") if kms.startswith("via") else "": True,
            "no KMS": kms == "none",
            "VAMT proxy": self.text("microsoft") == "proxy",
            "Active Directory": bool(self.text("ad")),
            "isolated": bool(self.text("isolated")),
            "named machines": any(self.hosts()),
        }
        return ", ".join(word for word, said in words.items() if word and said)


class LicenceForm(Row):
    """Volume licences of one product."""

    letter = "l"
    says = ("product", "quantity")

    product = Text(product_input(), label="Licensed product")
    quantity = Text(number_input("count"), label="Licences")


class KeyForm(Row):
    """A key that the organisation has; never the key itself."""

    letter = "k"
    says = ("key", "used")

    key = Text(forms.Select, label="Key")
    used = Text(number_input("count"), label="Activations")


class SettingsForm(forms.Form):
    """What holds for the whole plan."""

    organisation = Text(forms.TextInput(attrs={"autocomplete": "organization"}), label="Organisation")
    day = Text(forms.TextInput(attrs={"class": "day", "placeholder": "YYYY-MM-DD"}), label="Plan for the day")
    agreement = Text(
        forms.Select(
            choices=(
                ("", "Not named"),
                ("enterprise", "Enterprise Agreement"),
                ("select", "Select"),
                ("open", "Open"),
                ("open-value", "Open Value"),
                ("campus", "Campus"),
                ("spla", "SPLA (service provider)"),
            )
        ),
        label="Volume agreement",
    )
    reserve = Text(number_input("virtual"), label="Reserve of MAK activations in percent, for reinstalls")
    evidence = Text(Tick("documented"), label="Use only coverage that a current Microsoft document states")
    oldvirtual = Text(Tick(YES), label="Count virtual Windows Vista and Windows Server 2008 computers")

    title = ""

    def __init__(self, data: dict[str, str]) -> None:
        super().__init__(data, auto_id="%s")
        self.is_valid()

    def text(self, name: str) -> str:
        """What was typed into the field `name`."""
        return str(self.cleaned_data.get(name, ""))

    def typed(self) -> dict[str, str]:
        """Name -> text of each field that holds something."""
        return {name: self.text(name) for name in self.fields if self.text(name)}

    def open(self) -> bool:
        """True when there is something to mend."""
        return bool(self.errors)

    def facts(self) -> str:
        """What is set, in a few words."""
        agreement = dict(self.fields["agreement"].widget.choices).get(self.text("agreement"), "")
        words = {
            self.text("organisation"): bool(self.text("organisation")),
            agreement: bool(self.text("agreement")),
            self.text("day"): bool(self.text("day")),
            f"{self.text('reserve')} % reserve": bool(self.text("reserve")),
            "documented coverage only": bool(self.text("evidence")),
            "old virtual computers counted": bool(self.text("oldvirtual")),
        }
        return ", ".join(word for word, said in words.items() if said)


_NAME = re.compile(r"([cnlk])([1-9][0-9]{0,4})-[a-z]+")


def row_numbers(names: Iterable[str], letter: str) -> list[int]:
    """The numbers of the rows of that letter that fields are named after, in order."""
    matches = (_NAME.fullmatch(name) for name in names)
    return sorted({int(match[2]) for match in matches if match and match[1] == letter})
