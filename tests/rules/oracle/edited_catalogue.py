"""The shipped catalogue with random edits, as an administrator may make them: the rules hold for any catalogue.

One thing no edit changes: a KMS host on a client system activates clients only (R-HOST-TYPE).
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from activation.rules.catalogue import Catalogue, Coverage, HostOption, Key

EVIDENCE = ("documented", "older-document", "derived", "unclear")


def edited(random: Random, catalogue: Catalogue) -> Catalogue:
    """Up to a dozen edits of KMS host keys: what they activate, how well that is known, where they may run."""
    keys = dict(catalogue.keys)
    names = sorted(slug for slug, key in keys.items() if key.type == "kms")
    for _ in range(random.randint(1, 12)):
        edit = random.choice((_other_evidence, _fewer_groups, _another_group, _another_host, _other_host))
        name = random.choice(names)
        keys[name] = edit(random, catalogue, keys[name])
    return replace(catalogue, keys=keys, digest=f"sha256:{random.getrandbits(64):x}")


def _other_evidence(random: Random, catalogue: Catalogue, key: Key) -> Key:
    row = random.choice(key.activates)
    rest = tuple(one for one in key.activates if one != row)
    return replace(key, activates=(replace(row, evidence=random.choice(EVIDENCE)), *rest))


def _fewer_groups(random: Random, catalogue: Catalogue, key: Key) -> Key:
    return replace(key, activates=key.activates[: random.randint(1, len(key.activates))])


def _another_group(random: Random, catalogue: Catalogue, key: Key) -> Key:
    family = catalogue.groups[key.group].family
    on_clients = any(catalogue.systems[option.system].family == "client" for option in key.hosts)
    families = ("client",) if on_clients else ("client", "server")
    fitting = [slug for slug, group in catalogue.groups.items() if group.family in families]
    free = sorted(set(fitting) - {row.group for row in key.activates})
    if family == "office" or not free:
        return key
    row = Coverage(random.choice(free), random.choice(EVIDENCE), key.activates[0].sources)
    return replace(key, activates=(*key.activates, row))


def _another_host(random: Random, catalogue: Catalogue, key: Key) -> Key:
    has_servers = any(catalogue.groups[row.group].family == "server" for row in key.activates)
    fitting = [slug for slug, system in catalogue.systems.items() if system.family == "server" or not has_servers]
    free = sorted(set(fitting) - {option.system for option in key.hosts})
    if not free or not key.hosts:
        return key
    option = HostOption(
        random.choice(free), True, random.choice([None, "KB1"]), random.random() < 0.2, key.activates[0].sources
    )
    return replace(key, hosts=(*key.hosts, option))


def _other_host(random: Random, catalogue: Catalogue, key: Key) -> Key:
    if not key.hosts:
        return key
    option = random.choice(key.hosts)
    changed = replace(
        option,
        allowed=random.choice([True, True, False, None]),
        requires=random.choice([option.requires, None, "KB2"]),
        and_later=random.random() < 0.3,
    )
    return replace(key, hosts=tuple(changed if one == option else one for one in key.hosts))
