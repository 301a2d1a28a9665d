"""Words for reasons: why a line of the plan is as it is. One entry for each code of `REASONS`."""

from __future__ import annotations

from activation.rules.catalogue import Catalogue
from activation.rules.plan import Reason
from planner.wording.filling import fill

TEMPLATES: dict[str, str] = {
    "activates": "{key} activates {groups}.",
    "only-key": "No other key you have covers {groups}; {key} does.",
    "best-of": "{others:or} would cover the same; {key} makes the better plan.",
    "comes-with": "{key} comes with volume licences of {groups:or}, which you have or use.",
    "in-hand": "You have {key} already.",
    "office-version": "Each Office version has a KMS host key of its own: {key} for {group}.",
    "adba-forest": "Active Directory holds {key} once for the forest and activates {groups}.",
    "host-declared": "In {pool}, {key} goes on the {system} machine that you named for KMS.",
    "host-listed": "In {pool}, {key} goes on one of your {product} computers ({system}).",
    "host-additional": (
        "In {pool}, no computer may carry {key}, or each that may carries another: it needs one more machine."
    ),
    "host-unknown": "In {pool}, which system may carry {key} is not established.",
    "second-host": "In {pool}, {on_kms} computers rely on {key}: above {above}, a second host is planned.",
    "hosts-limit": "One KMS host key is for {hosts:host|hosts}, each activated up to {activations:time|times}.",
    "mak-own-group": "A MAK activates only its own product group: {group}.",
    "mak-reserve": "In reserve for reinstalls, {percent} %: {reserve:more activation|more activations}.",
    "mak-proxy": "{network} reaches Microsoft only through the VAMT proxy.",
    "not-to-activate": "You said that these are not to be activated.",
    "no-volume-group": "{product} belongs to no product group of volume activation.",
    "avma-guest": "A {group} guest is activated by its Hyper-V host.",
    "is-host": "In {pool}, this computer is the KMS host: {key} activates it whatever the count.",
    "adba-joined": "In the domain of {network}, Active Directory activates with {key}, at any count.",
    "threshold-met": "In {pool}, the count for {key} is {counted}; {family} need {needed}.",
    "mak-no-contact": "A KMS activation lasts {days} days: computers without contact for longer need a MAK.",
    "mak-no-kms": "{network} has no way to a KMS host.",
    "mak-not-covered": "No KMS host key you have covers {group}.",
    "mak-below-threshold": "In {pool}, a KMS host would count {counted}; {group} needs {needed}.",
}

#: Where the count would do, but the plan gives the computers or the host to another key.
ENOUGH = (
    "In {pool}, a KMS host could count {counted} for {group}, which needs {needed}; "
    "but another key saves as many MAKs there, or more."
)


def reason_words(reason: Reason, catalogue: Catalogue) -> str:
    """The sentence of a reason. KeyError when the code is not in `REASONS`."""
    counted, needed = reason.params.get("counted"), reason.params.get("needed")
    enough = isinstance(counted, int) and isinstance(needed, int) and counted >= needed
    template = ENOUGH if enough and reason.code == "mak-below-threshold" else TEMPLATES[reason.code]
    return fill(template, reason.params, catalogue)
