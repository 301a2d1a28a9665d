"""plan/1: the document of a plan made by hand, field for field and in the order of the format."""

import json

from activation.rules.interchange import plan_document, plan_json, plan_json_line
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

KEY = "kms-windows-server-2008-r2-c"
SYSTEM = "windows-server-2008-r2"
PRODUCT = "windows-server-2008-r2-datacenter"
PLAN = Plan(
    organisation="Contoso Büro",
    as_of="2026-11-24",
    version="2026-11-24",
    digest="sha256:0",
    covering_keys=(KEY,),
    kms_host_keys=(
        KmsHostKey(
            key=KEY,
            application="windows",
            use=("kms",),
            activates=("windows-7", "windows-vista"),
            hosts=(Host("Head office", "listed", PRODUCT, SYSTEM, None),),
            planned=1,
            used=2,
            limit=6,
            reasons=(Reason("only-key", {"key": KEY, "groups": ["windows-7"]}, ("L.FAQ",)),),
        ),
    ),
    maks=(
        Mak(
            "windows-7",
            "mak-windows-7",
            3,
            1,
            4,
            0,
            4,
            (MakNetwork("Plant", 3, "proxy"),),
            (Reason("in-hand", {}, ()),),
        ),
    ),
    computers=(ComputerLine("Head office", PRODUCT, "windows-server-2008-r2-c", 6, "kms", KEY, ()),),
    pools=(
        PoolKey("Head office", ("Branch", "Head office"), "windows", KEY, 46, 45, 1, {"client": Threshold(25, True)}),
    ),
    worksheets={"windows": {"total": 49, "remaining": 0}},
    licences=(LicenceLine(PRODUCT, 6, 5, 1),),
    warnings=(Warning("licence-short", {"product": PRODUCT, "shortfall": 1}, ("L.FAQ",)),),
)

DOCUMENT = {
    "format": "plan/1",
    "organisation": "Contoso Büro",
    "as_of": "2026-11-24",
    "catalogue": {"version": "2026-11-24", "digest": "sha256:0"},
    "covering_keys": ["kms-windows-server-2008-r2-c"],
    "kms_host_keys": [
        {
            "key": "kms-windows-server-2008-r2-c",
            "application": "windows",
            "use": ["kms"],
            "activates": ["windows-7", "windows-vista"],
            "hosts": [
                {
                    "pool": "Head office",
                    "on": "listed",
                    "product": "windows-server-2008-r2-datacenter",
                    "system": "windows-server-2008-r2",
                    "update": None,
                }
            ],
            "activations": {"planned": 1, "used": 2, "limit": 6},
            "reasons": [
                {
                    "code": "only-key",
                    "params": {"key": "kms-windows-server-2008-r2-c", "groups": ["windows-7"]},
                    "sources": ["L.FAQ"],
                }
            ],
        }
    ],
    "maks": [
        {
            "group": "windows-7",
            "key": "mak-windows-7",
            "computers": 3,
            "reserve": 1,
            "activations": 4,
            "remaining": 0,
            "to_request": 4,
            "networks": [{"network": "Plant", "computers": 3, "via": "proxy"}],
            "reasons": [{"code": "in-hand", "params": {}, "sources": []}],
        }
    ],
    "computers": [
        {
            "network": "Head office",
            "product": "windows-server-2008-r2-datacenter",
            "group": "windows-server-2008-r2-c",
            "count": 6,
            "method": "kms",
            "key": "kms-windows-server-2008-r2-c",
            "reasons": [],
        }
    ],
    "pools": [
        {
            "pool": "Head office",
            "networks": ["Branch", "Head office"],
            "application": "windows",
            "key": "kms-windows-server-2008-r2-c",
            "on_kms": 46,
            "counted": 45,
            "hosts": 1,
            "thresholds": {"client": {"needed": 25, "met": True}},
        }
    ],
    "worksheets": {"windows": {"total": 49, "remaining": 0}},
    "licences": [{"product": "windows-server-2008-r2-datacenter", "computers": 6, "licences": 5, "shortfall": 1}],
    "warnings": [
        {
            "code": "licence-short",
            "params": {"product": "windows-server-2008-r2-datacenter", "shortfall": 1},
            "sources": ["L.FAQ"],
        }
    ],
}


def test_the_document_has_every_field_of_the_format_in_its_order():
    # Compared as text: equal dicts may differ in the order of their fields.
    assert json.dumps(plan_document(PLAN)) == json.dumps(DOCUMENT)


def test_the_text_is_readable_and_keeps_letters_as_they_are():
    text = plan_json(PLAN)
    assert json.loads(text) == DOCUMENT
    assert text.startswith('{\n  "format": "plan/1",\n  "organisation": "Contoso Büro",\n')
    assert text.endswith("\n}\n")


def test_the_line_is_one_line_of_the_same_document():
    line = plan_json_line(PLAN)
    assert "\n" not in line
    assert json.loads(line) == DOCUMENT
