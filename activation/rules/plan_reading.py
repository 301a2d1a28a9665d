"""plan/1 -> Plan, for documents that `plan_document` wrote: a plan that was kept is shown without being computed."""

from __future__ import annotations

import json
from typing import Any

from activation.rules.plan import (
    ComputerLine,
    Host,
    KmsHostKey,
    LicenceLine,
    Mak,
    MakNetwork,
    Plan,
    PoolKey,
    Reason,
    Threshold,
    Warning,
)
from activation.rules.plan_document import FORMAT


def read_plan(text: str) -> Plan:
    """The plan that a plan/1 text holds. Raises ValueError when the text is not of this format."""
    document = json.loads(text)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError(f"This is not a {FORMAT} document.")
    return Plan(
        organisation=document["organisation"],
        as_of=document["as_of"],
        version=document["catalogue"]["version"],
        digest=document["catalogue"]["digest"],
        covering_keys=tuple(document["covering_keys"]),
        kms_host_keys=tuple(_kms_host_key(row) for row in document["kms_host_keys"]),
        maks=tuple(_mak(row) for row in document["maks"]),
        computers=tuple(_computers(row) for row in document["computers"]),
        pools=tuple(_pool(row) for row in document["pools"]),
        worksheets=document["worksheets"],
        licences=tuple(LicenceLine(**row) for row in document["licences"]),
        warnings=tuple(Warning(row["code"], row["params"], tuple(row["sources"])) for row in document["warnings"]),
    )


def _reasons(row: dict[str, Any]) -> tuple[Reason, ...]:
    return tuple(Reason(each["code"], each["params"], tuple(each["sources"])) for each in row["reasons"])


def _kms_host_key(row: dict[str, Any]) -> KmsHostKey:
    return KmsHostKey(
        key=row["key"],
        application=row["application"],
        use=tuple(row["use"]),
        activates=tuple(row["activates"]),
        hosts=tuple(Host(**host) for host in row["hosts"]),
        **row["activations"],
        reasons=_reasons(row),
    )


def _mak(row: dict[str, Any]) -> Mak:
    networks = tuple(MakNetwork(**network) for network in row["networks"])
    return Mak(**row | {"networks": networks, "reasons": _reasons(row)})


def _computers(row: dict[str, Any]) -> ComputerLine:
    return ComputerLine(**row | {"reasons": _reasons(row)})


def _pool(row: dict[str, Any]) -> PoolKey:
    thresholds = {family: Threshold(**met) for family, met in row["thresholds"].items()}
    return PoolKey(**row | {"networks": tuple(row["networks"]), "thresholds": thresholds})
