"""The fields and types of plan/1, and the order of its lists (interchange)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activation.rules.catalogue import Catalogue
from activation.rules.plan import REASONS, WARNINGS

from .expected import ROWS
from .warnings import canonical

#: Reasons and warnings that rest on what the estate says, not on a document.
OWN_WORD = frozenset({"in-hand", "licence-short"})
NULLABLE_TEXT = (str, type(None))
REASON = [{"code": str, "params": dict, "sources": [str]}]
HOST = {"pool": str, "on": str, "product": NULLABLE_TEXT, "system": NULLABLE_TEXT, "update": NULLABLE_TEXT}
SHAPE: dict[str, Any] = {
    "format": str,
    "organisation": str,
    "as_of": str,
    "catalogue": {"version": str, "digest": str},
    "covering_keys": [str],
    "kms_host_keys": [
        {
            "key": str, "application": str, "use": [str], "activates": [str],
            "hosts": [HOST],
            "activations": {"planned": int, "used": int, "limit": int},
            "reasons": REASON,
        }
    ],
    "maks": [
        {
            "group": str, "key": str, "computers": int, "reserve": int, "activations": int, "remaining": int,
            "to_request": int, "networks": [{"network": str, "computers": int, "via": str}], "reasons": REASON,
        }
    ],
    "computers": [
        {
            "network": str, "product": str, "group": NULLABLE_TEXT, "count": int, "method": str, "key": NULLABLE_TEXT,
            "reasons": REASON,
        }
    ],
    "pools": [
        {
            "pool": str, "networks": [str], "application": str, "key": str, "on_kms": int, "counted": int, "hosts": int,
            "thresholds": dict,
        }
    ],
    "worksheets": dict,
    "licences": [{"product": str, "computers": int, "licences": int, "shortfall": int}],
    "warnings": [{"code": str, "params": dict, "sources": [str]}],
}  # fmt: skip


def shape_complaints(plan: Any) -> list[str]:
    """Fields that are missing, too many or of another type."""
    found = list(_compare(plan, SHAPE, "$"))
    if not found:
        for row in plan["pools"]:
            for family, threshold in row["thresholds"].items():
                found += _compare(threshold, {"needed": int, "met": bool}, f"thresholds of {row['pool']}, {family}")
        for name, sheet in plan["worksheets"].items():
            found += _compare(sheet, dict.fromkeys(ROWS, int), f"worksheets.{name}")
    return found


def _compare(value: Any, shape: Any, path: str) -> Iterator[str]:
    if isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{path}: a list is due"
        else:
            for place, item in enumerate(value):
                yield from _compare(item, shape[0], f"{path}[{place}]")
    elif isinstance(shape, dict):
        yield from _compare_fields(value, shape, path)
    elif not isinstance(value, shape) or (isinstance(value, bool) and shape is int):
        yield f"{path}: {value!r} is of the wrong type"


def _compare_fields(value: Any, shape: dict[str, Any], path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: an object is due"
        return
    yield from (f"{path}.{name}: missing" for name in shape if name not in value)
    yield from (f"{path}.{name}: not a field" for name in value if name not in shape)
    for name in shape.keys() & value.keys():
        yield from _compare(value[name], shape[name], f"{path}.{name}")


def order_complaints(plan: dict[str, Any]) -> list[str]:
    """Lists that are not in the order that interchange gives them."""
    codes = list(WARNINGS)
    orders: dict[str, list[Any]] = {
        "covering_keys": plan["covering_keys"],
        "kms_host_keys": [row["key"] for row in plan["kms_host_keys"]],
        "maks": [row["group"] for row in plan["maks"]],
        "computers": [(row["network"], row["product"], row["method"], row["key"] or "") for row in plan["computers"]],
        "pools": [(row["pool"], row["application"], row["key"]) for row in plan["pools"]],
        "licences": [row["product"] for row in plan["licences"]],
        "warnings": [(codes.index(row["code"]), canonical(row["params"])) for row in plan["warnings"]],
    }
    orders |= {f"activates of {row['key']}": row["activates"] for row in plan["kms_host_keys"]}
    orders |= {f"networks of {row['group']}": [one["network"] for one in row["networks"]] for row in plan["maks"]}
    orders |= {f"networks of {row['pool']}": row["networks"] for row in plan["pools"]}
    found = [f"{name}: not in order, or named twice" for name, keys in orders.items() if keys != sorted(set(keys))]
    for row in plan["kms_host_keys"]:
        pools = [host["pool"] for host in row["hosts"]]
        if pools != sorted(pools):
            found.append(f"hosts of {row['key']}: not in the order of pools")
    return found


def reason_complaints(plan: dict[str, Any], catalogue: Catalogue) -> list[str]:
    """Lines without a reason, codes or params that do not exist, and sources that nobody can follow."""
    lines = [*plan["kms_host_keys"], *plan["maks"], *plan["computers"]]
    found = [f"{_name(line)}: no reason is given" for line in lines if not line["reasons"]]
    stated = [(REASONS, _name(line), reason) for line in lines for reason in line["reasons"]]
    stated += [(WARNINGS, "warnings", warning) for warning in plan["warnings"]]
    for codes, where, one in stated:
        if one["code"] not in codes:
            found.append(f"{where}: {one['code']} is not a code")
        elif set(one["params"]) != set(codes[one["code"]]):
            found.append(f"{where}: {one['code']} has the params {sorted(one['params'])}")
        unknown = [slug for slug in one["sources"] if slug not in catalogue.sources]
        found += [f"{where}: {one['code']} names the source {slug}, which is not there" for slug in unknown]
        if not one["sources"] and one["code"] not in OWN_WORD:
            found.append(f"{where}: {one['code']} has no source")
    return found


def _name(line: dict[str, Any]) -> str:
    return " ".join(str(line[field]) for field in ("network", "product", "key") if line.get(field))
