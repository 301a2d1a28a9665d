"""Two plans side by side: which keys come, go or take over, and every number and warning that differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from activation.rules.plan import KmsHostKey, Plan, Warning


@dataclass(frozen=True, slots=True)
class Number:
    """A number that differs. `name` is a slug or a method; `place` a pool, where the number is of one."""

    name: str
    before: int
    after: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A KMS host key that is gone, and one that came: one of them covers all that the other activates."""

    gone: str
    by: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs. Nothing of what is the same is here, so plans that say the same compare as `Comparison()`.

    `gained` and `gone` are KMS host keys that are in no `replaced` pair. `hosts` are by key and pool, `activations` and
    `to_request` by product group, `to_buy` by product, `methods` by method, in computers.
    """

    gained: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    hosts: tuple[Number, ...] = ()
    activations: tuple[Number, ...] = ()
    to_request: tuple[Number, ...] = ()
    to_buy: tuple[Number, ...] = ()
    methods: tuple[Number, ...] = ()
    warnings_new: tuple[Warning, ...] = ()
    warnings_gone: tuple[Warning, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def compare(before: Plan, after: Plan) -> Comparison:
    """What the plan `after` does otherwise than `before`. Reasons, days and catalogues are not compared."""
    replaced = tuple(_replaced(before, after))
    taken = {pair.gone for pair in replaced} | {pair.by for pair in replaced}
    old, new = ({key.key for key in plan.kms_host_keys} for plan in (before, after))
    return Comparison(
        gained=tuple(sorted(new - old - taken)),
        gone=tuple(sorted(old - new - taken)),
        replaced=replaced,
        hosts=_numbers(_hosts(before), _hosts(after)),
        activations=_named(_activations(before), _activations(after)),
        to_request=_named(_to_request(before), _to_request(after)),
        to_buy=_named(_to_buy(before), _to_buy(after)),
        methods=_named(methods(before), methods(after)),
        warnings_new=tuple(_without(after.warnings, before.warnings)),
        warnings_gone=tuple(_without(before.warnings, after.warnings)),
    )


def methods(plan: Plan) -> Counter[str]:
    """Method -> computers."""
    found: Counter[str] = Counter()
    for line in plan.computers:
        found[line.method] += line.count
    return found


def mak_activations(plan: Plan) -> int:
    """All activations of MAKs that the plan needs."""
    return sum(mak.activations for mak in plan.maks)


def _replaced(before: Plan, after: Plan) -> Iterator[Replaced]:
    old, new = ({key.key: key for key in plan.kms_host_keys} for plan in (before, after))
    for gone in sorted(old.keys() - new.keys()):
        for by in sorted(new.keys() - old.keys()):
            one, other = old[gone], new[by]
            if one.application == other.application and (_takes(one, before, other) or _takes(other, after, one)):
                yield Replaced(gone, by)


def _takes(key: KmsHostKey, plan: Plan, other: KmsHostKey) -> bool:
    """Whether the other key covers all that the key activates in the plan."""
    activated = {line.group for line in plan.computers if line.key == key.key}
    return bool(activated) and activated <= set(other.activates)


def _hosts(plan: Plan) -> Counter[tuple[str, str]]:
    return Counter((key.key, host.pool) for key in plan.kms_host_keys for host in key.hosts)


def _activations(plan: Plan) -> Mapping[str, int]:
    return {mak.group: mak.activations for mak in plan.maks}


def _to_request(plan: Plan) -> Mapping[str, int]:
    return {mak.group: mak.to_request for mak in plan.maks}


def _to_buy(plan: Plan) -> Mapping[str, int]:
    return {line.product: line.shortfall for line in plan.licences}


def _named(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[Number, ...]:
    return _numbers({(name, ""): n for name, n in before.items()}, {(name, ""): n for name, n in after.items()})


def _numbers(before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int]) -> tuple[Number, ...]:
    pairs = ((key, before.get(key, 0), after.get(key, 0)) for key in sorted(before.keys() | after.keys()))
    return tuple(Number(name, was, now, place) for (name, place), was, now in pairs if was != now)


def _without(warnings: Iterable[Warning], others: Iterable[Warning]) -> Iterator[Warning]:
    known = {_about(other) for other in others}
    return (warning for warning in warnings if _about(warning) not in known)


def _about(warning: Warning) -> tuple[str, ...]:
    """What a warning is about: the same one with another number is no other warning."""
    said = (f"{name}={value}" for name, value in sorted(warning.params.items()) if not isinstance(value, int))
    return (warning.code, *said)
