"""Words for warnings: what it is, what it means, what to do. One entry for each code of `WARNINGS`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from activation.rules.catalogue import Catalogue
from activation.rules.plan import Warning
from planner.wording.filling import fill

Severity = Literal["act", "check", "know"]

#: Most severe first.
SEVERITIES: dict[str, str] = {"act": "Do first", "check": "Check", "know": "Good to know"}


@dataclass(frozen=True, slots=True)
class Words:
    """A warning in words. `severity` is a key of `SEVERITIES`."""

    title: str
    meaning: str
    action: str
    severity: Severity


TEMPLATES: dict[str, Words] = {
    "unsupported-product": Words(
        "{product} has no volume activation",
        "{count:computer|computers} with it cannot be activated by KMS, by Active Directory or by a MAK.",
        "Activate them with the key they came with, or install an edition that is sold by volume licence.",
        "act",
    ),
    "not-covered": Words(
        "No key you have serves {group} by KMS",
        "Its computers use a MAK, however many they are.",
        "These would activate it: {keys:or}. Ask your licence partner how to get one, or stay with the MAK.",
        "act",
    ),
    "evidence": Words(
        "{group} on {key}: not in Microsoft's current tables",
        "That this key activates {group} is {evidence}.",
        "Activate one computer as a trial first, or plan with documented coverage only.",
        "check",
    ),
    "disputed": Words(
        "Sources disagree: {conflict}",
        "The plan rests on one side of a point on which sources disagree.",
        "Read both sides under the sources before you buy.",
        "check",
    ),
    "threshold-short": Words(
        "{pool}: too few computers for {group} on KMS",
        "For {application}, a KMS host there counts {counted}; {group} needs {needed}. "
        "So {computers:computer uses|computers use} a MAK.",
        "With {short:more computer|more computers} in regular contact there, KMS activates them.",
        "check",
    ),
    "ad-lowers-count": Words(
        "{pool}: Active Directory takes away from the KMS count",
        "With the computers that Active Directory activates, a KMS host there would count enough for {group}.",
        "Leave those computers on KMS instead, or use a MAK for {group} as planned.",
        "check",
    ),
    "thin-margin": Words(
        "{pool}: only just enough computers",
        "The host with {key} counts {counted}; {needed} are needed. With a few computers less it activates nobody.",
        "Add computers, or keep MAK activations in reserve.",
        "check",
    ),
    "second-host-needs-computer": Words(
        "{pool}: no second machine for {key}",
        "One host serves more than 50 computers, and no other computer there is free to carry the key.",
        "Name a second machine for it, so that activation goes on when one fails.",
        "check",
    ),
    "second-host-starves": Words(
        "{pool}: a second host for {key} would starve",
        "Clients choose a host at random; half of the computers is not enough for each of two hosts.",
        "Run one host until there are more computers.",
        "know",
    ),
    "second-host-no-activation": Words(
        "{pool}: no host left on {key} for a second one",
        "The first hosts of all networks take what the key allows.",
        "Ask Microsoft for more hosts on this key, or let branches use the host of another network.",
        "check",
    ),
    "needs-host": Words(
        "{pool}: a machine for {key} is missing",
        "None of the computers there is free to carry this key.",
        "Provide one of: {systems:or}.",
        "act",
    ),
    "host-update": Words(
        "{pool}: update the host before the key",
        "{key} on {system} needs: {update}.",
        "Install it on the host first, then the key.",
        "act",
    ),
    "host-edition": Words(
        "{pool}: the host is not of the key's own product group",
        "{key} would run on {product}. One source says they must match; no document of Microsoft says so or denies it.",
        "Use a host of the key's own group if you have one, or try it first.",
        "check",
    ),
    "host-unknown": Words(
        "{pool}: systems for {key} are not established",
        "No source at hand says which systems may carry this key.",
        "Check Microsoft's page on KMS hosts for this version before you install it.",
        "check",
    ),
    "too-many-hosts": Words(
        "More hosts than {key} allows",
        "Planned: {planned:host|hosts}, in use: {used}. One key is for {limit:host|hosts}.",
        "Ask the Microsoft Activation Center for more hosts on this key, or let branches share hosts.",
        "act",
    ),
    "mak-short": Words(
        "MAK activations missing for {group}",
        "The MAK has {to_request:activation|activations} less than the plan needs.",
        "Ask Microsoft for {to_request:more activation|more activations} on it.",
        "act",
    ),
    "licence-short": Words(
        "Licences missing: {product}",
        "{shortfall:computer has|computers have} no licence of it.",
        "Buy {shortfall:licence|licences}, or use it on fewer computers.",
        "act",
    ),
    "open-agreement": Words(
        "KMS host keys with an Open agreement",
        "Open programmes get no KMS host key by default; Microsoft makes exceptions when the threshold is met.",
        "Ask Microsoft for the key before you rely on it.",
        "act",
    ),
    "out-of-support": Words(
        "{group} is out of support",
        "Its last support date was {date}, extended security updates aside.",
        "Plan what replaces it.",
        "know",
    ),
    "windows-7-bios-marker": Words(
        "Windows 7 by KMS needs a Windows marker in the BIOS",
        "KMS activates physical Windows 7 only on computers that came with a qualifying Windows from the maker.",
        "Check one computer of each model; use a MAK where the marker is missing.",
        "check",
    ),
    "proxy-needed": Words(
        "{network}: activate through a VAMT proxy",
        "Its computers reach Microsoft only through a proxy, for a MAK or for the KMS host.",
        "Set up the Volume Activation Management Tool where it reaches both sides.",
        "act",
    ),
}

#: Where a param changes the sense: an empty `keys`, `short` 0.
NO_KEY_KNOWN = "No KMS host key for it is known: stay with the MAK."
COUNT_SUFFICES = "Nothing: another key there saves more MAKs."

#: What is disputed, what the sources say and which side the plan is on, what to do about it.
DISPUTES: dict[str, tuple[str, str, str]] = {
    "C2": (
        "newer keys for Windows Vista and Windows 8",
        "A document of 2012 says that newer keys activate them; Microsoft's tables since 2018 do not list them.",
        "Activate one computer as a trial before you rely on it.",
    ),
    "C18": (
        "one MAK for Office, Project and Visio",
        "The plan takes one MAK for each Office version; Microsoft's tool asks for a key beside each product.",
        "Ask Microsoft which products the MAK is for before you request activations.",
    ),
    "L.C05": (
        "virtual Windows Vista and Windows Server 2008",
        "Some sources count them on a KMS host, others only physical ones. The plan does not, unless you set it to.",
        "Plan with the other setting too (count_old_virtual) and compare.",
    ),
    "L.C07": (
        "how many KMS hosts",
        "Sources ask for a second host above 25, 50 or 100 computers. The plan uses 50.",
        "Run fewer hosts if you can do without activation while one is repaired.",
    ),
}


def warning_words(warning: Warning, catalogue: Catalogue) -> Words:
    """The words of a warning. KeyError when the code is not in `WARNINGS`."""
    words = _variant(warning)
    parts = (fill(part, warning.params, catalogue) for part in (words.title, words.meaning, words.action))
    return Words(*parts, severity=words.severity)


def by_severity(warnings: Iterable[Warning]) -> tuple[Warning, ...]:
    """Most severe first, else in the order of the plan."""
    rank = list(SEVERITIES)
    return tuple(sorted(warnings, key=lambda warning: rank.index(TEMPLATES[warning.code].severity)))


def _variant(warning: Warning) -> Words:
    words, params = TEMPLATES[warning.code], warning.params
    if warning.code == "disputed" and params["conflict"] in DISPUTES:
        topic, meaning, action = DISPUTES[str(params["conflict"])]
        return Words(f"Sources disagree: {topic}", meaning, action, words.severity)
    if warning.code == "not-covered" and not params["keys"]:
        return Words(words.title, words.meaning, NO_KEY_KNOWN, words.severity)
    if warning.code == "threshold-short" and params["short"] == 0:
        return Words(words.title, words.meaning, COUNT_SUFFICES, words.severity)
    return words
