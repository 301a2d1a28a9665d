"""Words for warnings: what it is, what it means, what to do. One entry for each code of `WARNINGS`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from activation.rules.catalogue import Catalogue
from activation.rules.inventory import WINDOWS
from activation.rules.plan import Param, Warning
from planner.wording.filling import fill
from planner.wording.names import count
from planner.wording.shortages import addition, number

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
        "It is activated by a MAK, at any count.",
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
        "For {application}, a KMS host there would count {counted}; {group} needs {needed}. "
        "So {computers:computer uses|computers use} a MAK.",
        "KMS works there with {missing} in regular contact that the same key covers.",
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
        "The host with {key} counts {counted}; {family} need {needed}. "
        "With {fewer:computer|computers} fewer it activates none of its {family}.",
        "Add {family} that the host counts, or keep MAK activations in reserve.",
        "check",
    ),
    "second-host-needs-computer": Words(
        "{pool}: no second machine for {key}",
        "One host serves more than {above} computers, and no other computer there may carry the key.",
        "Name a second machine for it, so that activation goes on when one fails.",
        "check",
    ),
    "second-host-starves": Words(
        "{pool}: a second host for {key} would starve",
        "Clients choose a host at random; half of the count is too small for each of two hosts.",
        "Run one host until there are more computers.",
        "know",
    ),
    "second-host-no-activation": Words(
        "{pool}: no host left on {key} for a second one",
        "The key is for {hosts:host|hosts}: first the first hosts of all networks, then second ones by network name.",
        "Ask Microsoft for more hosts on this key, or let branches use the host of another network.",
        "check",
    ),
    "needs-host": Words(
        "{pool}: a machine for {key} is missing",
        "No computer there may carry this key, or each that may carries another one.",
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
        "{key} would run on {product}. Some sources say that they must match; "
        "no document of Microsoft says so or denies it.",
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
        "Planned: {planned:host|hosts}, in use: {used}. One key is for {limit:host|hosts}; "
        "Active Directory counts as one.",
        "Ask the Microsoft Activation Center for more hosts on this key, or let branches share hosts.",
        "act",
    ),
    "mak-short": Words(
        "MAK activations missing for {group}",
        "The MAK has {to_request:activation|activations} fewer than the plan needs.",
        "Ask Microsoft for {to_request:more activation|more activations} on it.",
        "act",
    ),
    "licence-short": Words(
        "Licences missing: {product}",
        "{shortfall:of its installations has|of its installations have} no licence.",
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

#: Where a param changes the sense: an empty `keys`, an Office version, `short` 0.
NO_KEY_KNOWN = "No KMS host key for it is known: stay with the MAK."
OFFICE_SHORT = Words(
    "{pool}: too few installations of {application} on KMS",
    "A KMS host there would count {counted:installation|installations}; {needed} are needed. "
    "So {computers:installation uses|installations use} a MAK.",
    "KMS works there with {missing} in regular contact.",
    "check",
)
COUNT_SUFFICES = Words(
    "{pool}: MAKs for {group}, though there are enough computers",
    "A KMS host there could count {counted}; {group} needs {needed}. "
    "But another key saves as many MAKs there, or more. So {computers:computer uses|computers use} a MAK.",
    "Nothing to do: no other choice of keys saves more MAKs.",
    "know",
)

#: What is disputed, what the sources say and which side the plan is on, what to do about it.
DISPUTES: dict[str, tuple[str, str, str]] = {
    "C2": (
        "newer keys for Windows Vista and Windows 8",
        "Tables of the Windows Server 2012 R2 time list them, no table since 2018 does. "
        "In the plan, keys of Windows Server 2016 and later activate neither.",
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
        "Plan with them counted as well, and compare.",
    ),
    "L.C07": (
        "how many KMS hosts",
        "Sources name different numbers of computers from which a second host is due. The plan has one above {above}.",
        "Run fewer hosts if you can do without activation while one is repaired.",
    ),
}


def warning_words(warning: Warning, catalogue: Catalogue) -> Words:
    """The words of a warning. KeyError when the code is not in `WARNINGS`."""
    words, params = _variant(warning), _params(warning, catalogue)
    parts = (fill(part, params, catalogue) for part in (words.title, words.meaning, words.action))
    return Words(*parts, severity=words.severity)


def by_severity(warnings: Iterable[Warning]) -> tuple[Warning, ...]:
    """Most severe first, else in the order of the plan."""
    rank = list(SEVERITIES)
    return tuple(sorted(warnings, key=lambda warning: rank.index(_variant(warning).severity)))


def _variant(warning: Warning) -> Words:
    words, params = TEMPLATES[warning.code], warning.params
    if warning.code == "disputed" and params["conflict"] in DISPUTES:
        topic, meaning, action = DISPUTES[str(params["conflict"])]
        return Words(f"Sources disagree: {topic}", meaning, action, words.severity)
    if warning.code == "not-covered" and not params["keys"]:
        return replace(words, action=NO_KEY_KNOWN)
    if warning.code == "threshold-short" and params["short"] == 0:
        return COUNT_SUFFICES
    if warning.code == "threshold-short" and params["application"] != WINDOWS:
        return OFFICE_SHORT
    return words


def _params(warning: Warning, catalogue: Catalogue) -> Mapping[str, Param]:
    """The params of the code, and what follows from them: what is missing of which kind, how thin a margin is."""
    params = warning.params
    if warning.code == "threshold-short":
        kind = addition([str(params["group"])], catalogue)
        return {**params, "missing": count(number(warning, "short"), f"more {kind}")}
    if warning.code == "thin-margin":
        needed = number(warning, "needed")
        family = "client" if needed == catalogue.figure("R-THRESH", "client") else "server"
        return {**params, "family": family, "fewer": number(warning, "counted") - needed + 1}
    return params
