"""A `Plan` as plan/1: the document with its fields in the order of the format, and as JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterable

from activation.rules.plan import ComputerLine, KmsHostKey, Mak, Plan, PoolKey, Reason, Warning

FORMAT = "plan/1"

Document = dict[str, object]


def plan_document(plan: Plan) -> Document:
    """plan/1, ready for JSON: dicts, lists, texts, numbers."""
    return {
        "format": FORMAT,
        "organisation": plan.organisation,
        "as_of": plan.as_of,
        "catalogue": {"version": plan.version, "digest": plan.digest},
        "covering_keys": list(plan.covering_keys),
        "kms_host_keys": [_kms_host_key(key) for key in plan.kms_host_keys],
        "maks": [_mak(mak) for mak in plan.maks],
        "computers": [_computers(line) for line in plan.computers],
        "pools": [_pool(pool) for pool in plan.pools],
        "worksheets": {application: dict(rows) for application, rows in plan.worksheets.items()},
        "licences": [_fields(line, "product", "computers", "licences", "shortfall") for line in plan.licences],
        "warnings": _coded(plan.warnings),
    }


def plan_json(plan: Plan) -> str:
    """plan/1 as a text to read, indented, with a line end. The same plan gives the same text."""
    return json.dumps(plan_document(plan), ensure_ascii=False, indent=2) + "\n"


def plan_json_line(plan: Plan) -> str:
    """plan/1 in one line, without its line end."""
    return json.dumps(plan_document(plan), ensure_ascii=False, separators=(",", ":"))


def _fields(row: object, *names: str) -> Document:
    return {name: getattr(row, name) for name in names}


def _coded(entries: Iterable[Reason | Warning]) -> list[Document]:
    return [{"code": entry.code, "params": dict(entry.params), "sources": list(entry.sources)} for entry in entries]


def _kms_host_key(key: KmsHostKey) -> Document:
    return {
        **_fields(key, "key", "application"),
        "use": list(key.use),
        "activates": list(key.activates),
        "hosts": [_fields(host, "pool", "on", "product", "system", "update") for host in key.hosts],
        "activations": _fields(key, "planned", "used", "limit"),
        "reasons": _coded(key.reasons),
    }


def _mak(mak: Mak) -> Document:
    return {
        **_fields(mak, "group", "key", "computers", "reserve", "activations", "remaining", "to_request"),
        "networks": [_fields(network, "network", "computers", "via") for network in mak.networks],
        "reasons": _coded(mak.reasons),
    }


def _computers(line: ComputerLine) -> Document:
    return {
        **_fields(line, "network", "product", "group", "count", "method", "key"),
        "reasons": _coded(line.reasons),
    }


def _pool(pool: PoolKey) -> Document:
    return {
        "pool": pool.pool,
        "networks": list(pool.networks),
        **_fields(pool, "application", "key", "on_kms", "counted", "hosts"),
        "thresholds": {family: _fields(met, "needed", "met") for family, met in pool.thresholds.items()},
    }
