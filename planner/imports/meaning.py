"""What a tally means: which product each string is, which network each group goes to, what is left out, and where
every row of the file went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from activation.identify import Identity, Seen
from activation.rules.catalogue import Catalogue
from activation.rules.routes import MAIN
from planner.imports.tally import Group, Refusal, Said, Tally, Where

#: What was chosen for a string that is in no plan.
NOT_IN_PLAN = ""
#: Code -> why rows are left out, after their number: `3 rows: the account is disabled`.
LEFT_OUT = {
    "disabled": "the account is disabled",
    "idle": "no logon for so long",
    "not-server": "no server",
    "not-in-plan": "not in the plan",
    "open": "which product it is was not chosen",
    "no-key": "no KMS host key and no MAK",
}
#: What `key_type` of a product key is in the catalogue.
KEY_TYPES = {"mak": "mak", "csvlk": "kms", "kms": "kms"}

Place = Literal["ou", "site", "domain", "network", "pattern"]


class NetworkRule(NamedTuple):
    """What `place` says, in any case -> the network. An OU holds those below it; a pattern is one of the tally's."""

    place: Place
    text: str
    network: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What was decided for one import. `products`: string -> slug, or NOT_IN_PLAN; it goes before what is recognised.

    `rules`: the first one that fits wins; `network`: where none fits. `idle_days`: leave out from so many days on.
    """

    products: Mapping[Said, str] = field(default_factory=dict)
    rules: Sequence[NetworkRule] = ()
    network: str = MAIN
    skip_disabled: bool = False
    idle_days: int | None = None
    servers_only: bool = False


@dataclass(slots=True)
class Amount:
    """Computers of one product on one network. `virtual`: None where no row says it."""

    count: int = 0
    virtual: int | None = None

    def add(self, group: Group) -> None:
        self.count += group.count
        if group.virtual is not None:
            self.virtual = (self.virtual or 0) + (group.count if group.virtual else 0)


@dataclass(slots=True)
class Held:
    """A key of the organisation. `remaining`: activations of a MAK, of all rows that say it together; None where none
    does, and of a KMS host key."""

    remaining: int | None = None
    last_five: str = ""


@dataclass(slots=True)
class Meant:
    """What the file says in terms of an estate. Each row is in `counted`, in `left_out` or in `refused`, by reason.

    `open`: strings that nobody has decided, and of how many computers or licences, the most frequent first.
    """

    rows: int
    refused: Mapping[Refusal, int]
    computers: dict[tuple[str, str], Amount] = field(default_factory=dict)
    licences: Counter[str] = field(default_factory=Counter)
    keys: dict[str, Held] = field(default_factory=dict)
    counted: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    open: Counter[Said] = field(default_factory=Counter)


def seen_of(said: Said) -> Seen:
    """The strings as the recogniser takes them."""
    version = " ".join(part for part in (said.version, said.build) if part)
    name = said.system or said.product
    return Seen(name, version, said.product_type, said.sku, said.product)


def meant(tally: Tally, choices: Choices, identify: Callable[[Seen], Identity], catalogue: Catalogue) -> Meant:
    """Decide every group of the tally."""
    found = Meant(tally.rows, tally.refused)
    products = {said: product_of(said, choices, identify) for said in {group.said for group in tally.groups}}
    for group in tally.groups:
        product = products[group.said]
        why = _left_out(group, product, choices, catalogue)
        if not why:
            why = _count(found, tally, group, str(product), choices, catalogue)
        if why:
            found.left_out[why] += group.rows
        else:
            found.counted += group.rows
        if why == "open":
            found.open[group.said] += group.count
    found.open = Counter(dict(found.open.most_common()))
    return found


def product_of(said: Said, choices: Choices, identify: Callable[[Seen], Identity]) -> str | None:
    """The slug, NOT_IN_PLAN, or None when somebody has to decide."""
    if said in choices.products:
        return choices.products[said]
    answer = identify(seen_of(said))
    if answer.outcome == "outside":
        return NOT_IN_PLAN
    return answer.product if answer.outcome == "product" else None


def network_of(where: Where, pattern: str, rules: Iterable[NetworkRule], otherwise: str) -> str:
    """The network of a group. A column that names networks says it itself, unless a rule gives that name another."""
    for rule in rules:
        if _fits(rule, where, pattern):
            return rule.network
    return where.network or otherwise


def _fits(rule: NetworkRule, where: Where, pattern: str) -> bool:
    text = rule.text.casefold()
    if rule.place == "pattern":
        return pattern.casefold() == text
    says: str = getattr(where, rule.place).casefold()
    if rule.place != "ou":
        return says == text
    return bool(says) and (says == text or says.endswith(f",{text}") or says.startswith(f"{text}/"))


def _left_out(group: Group, product: str | None, choices: Choices, catalogue: Catalogue) -> str:
    if choices.skip_disabled and group.enabled is False:
        return "disabled"
    if choices.idle_days is not None and group.idle_days is not None and group.idle_days >= choices.idle_days:
        return "idle"
    if product is None:
        return "open"
    if product == NOT_IN_PLAN:
        return "not-in-plan"
    return "not-server" if choices.servers_only and catalogue.products[product].family != "server" else ""


def _count(found: Meant, tally: Tally, group: Group, product: str, choices: Choices, catalogue: Catalogue) -> str:
    """Count the group; why it cannot be counted, else empty."""
    if tally.content == "keys":
        return _hold(found, group, product, catalogue)
    if tally.content == "licences":
        found.licences[product] += group.count
        return ""
    pattern = tally.patterns[group.pattern] if group.pattern is not None else ""
    network = network_of(group.where, pattern, choices.rules, choices.network)
    found.computers.setdefault((network, product), Amount()).add(group)
    return ""


def _hold(found: Meant, group: Group, product: str, catalogue: Catalogue) -> str:
    kind = KEY_TYPES.get(group.said.key_type.casefold())
    of = catalogue.products[product].group
    key = next((key.slug for key in catalogue.keys.values() if key.type == kind and key.group == of), None)
    if key is None:
        return "no-key"
    held = found.keys.setdefault(key, Held(last_five=group.last_five))
    if kind == "mak" and group.remaining is not None:
        held.remaining = (held.remaining or 0) + group.remaining
    if held.last_five != group.last_five:
        held.last_five = ""  # several keys, and none is the one
    return ""
