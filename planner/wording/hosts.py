"""Words for the hosts of a KMS host key: how many are planned, in use and allowed, and what to ask for beyond that."""

from __future__ import annotations

from activation.rules.catalogue import Catalogue
from activation.rules.plan import KmsHostKey
from planner.wording.names import key_in_words


def host_numbers(key: KmsHostKey) -> str:
    """`1 planned, 0 in use, 6 allowed`, in hosts."""
    numbers = f"{len(key.hosts):,} planned, {key.used:,} in use, {key.limit} allowed"
    return f"{numbers}; Active Directory counts as one" if "adba" in key.use else numbers


def more_hosts(key: KmsHostKey, catalogue: Catalogue) -> str | None:
    """What to request when the key is on more hosts than it is for; None when it is not."""
    number = max(key.planned, key.used)
    if number <= key.limit:
        return None
    directory = ", Active Directory included" if "adba" in key.use and number == key.planned else ""
    return f"Request more hosts for {key_in_words(key.key, catalogue)}: {number:,} instead of {key.limit}{directory}."
