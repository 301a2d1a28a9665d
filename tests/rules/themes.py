"""What random estates are made of: products whose keys overlap, systems to declare, keys to have in hand."""

from __future__ import annotations

from dataclasses import dataclass

AVMA_GUESTS = ("windows-server-2012-r2-", "windows-server-2016-", "windows-server-2019-", "windows-server-2022-")
OFFICE = (
    "office-professional-plus-2010",
    "office-professional-plus-2013",
    "office-professional-plus-2016",
    "visio-professional-2016",
    "office-professional-plus-2019",
    "office-ltsc-professional-plus-2024",
)
MAKS = ("mak-windows-7", "mak-windows-10", "mak-windows-server-2008-r2-b", "mak-windows-server-2019", "mak-office-2016")


@dataclass(frozen=True)
class Theme:
    """Products to install or license (the first `always` in each estate), systems to declare, keys to have in hand."""

    products: tuple[str, ...]
    systems: tuple[str, ...]
    keys: tuple[str, ...]
    always: int = 0


OLD = Theme(
    products=(
        "windows-vista-business",
        "windows-7-enterprise",
        "windows-web-server-2008",
        "windows-server-2008-standard",
        "windows-server-2008-datacenter",
        "windows-web-server-2008-r2",
        "windows-server-2008-r2-enterprise",
        "windows-server-2008-r2-standard",
        "windows-server-2008-r2-datacenter",
    ),
    systems=("windows-vista", "windows-7", "windows-server-2003", "windows-server-2008", "windows-server-2008-r2"),
    keys=("kms-windows-7", "kms-windows-server-2008-c", "kms-windows-server-2008-r2-a", "kms-windows-server-2008-r2-b"),
)
MIDDLE = Theme(
    products=(
        "windows-vista-enterprise",
        "windows-7-professional",
        "windows-8-enterprise",
        "windows-8-1-pro",
        "windows-10-enterprise",
        "windows-server-2008-r2-standard",
        "windows-server-2012-standard",
        "windows-server-2012-r2-datacenter",
    ),
    systems=("windows-7", "windows-8", "windows-8-1", "windows-server-2008-r2", "windows-server-2012"),
    keys=("kms-windows-8", "kms-windows-8-1", "kms-windows-server-2012", "kms-windows-server-2012-r2"),
)
MODERN = Theme(
    products=(
        "windows-7-enterprise",
        "windows-10-enterprise",
        "windows-11-enterprise",
        "windows-server-2012-r2-standard",
        "windows-server-2016-standard",
        "windows-server-2019-standard",
        "windows-server-2022-datacenter",
        "windows-server-2025-standard",
    ),
    systems=(
        "windows-10",
        "windows-server-2012-r2",
        "windows-server-2016",
        "windows-server-2019",
        "windows-server-2022",
    ),
    keys=("kms-windows-10", "kms-windows-server-2019", "kms-windows-server-2022", "kms-windows-server-2025"),
)
ODD = Theme(
    products=(
        "windows-7-ultimate",
        "windows-10-enterprise",
        "windows-10-enterprise-ltsc-2021",
        "windows-10-enterprise-ltsb-2016",
        "windows-11-enterprise-ltsc-2024",
        "windows-iot-enterprise-ltsc-2021",
        "windows-server-version-1709-standard",
        "windows-server-2022-datacenter-azure-edition",
        "windows-server-2019-standard",
        "windows-server-2016-datacenter",
    ),
    systems=(
        "windows-10",
        "windows-server-2012-r2",
        "windows-server-2016",
        "windows-server-2019",
        "windows-server-2022",
    ),
    keys=("kms-windows-10", "kms-windows-server-2016", "kms-windows-server-2019", "kms-windows-server-2025"),
)
#: No key of these covers 2008 Datacenter and 2008 R2 Standard; the other groups may go to either.
OLD_CLASH = Theme(
    products=(
        "windows-server-2008-datacenter",
        "windows-server-2008-r2-standard",
        "windows-server-2008-standard",
        "windows-web-server-2008",
        "windows-vista-business",
        "windows-7-enterprise",
    ),
    systems=("windows-server-2008", "windows-server-2008-r2"),
    keys=("kms-windows-7", "kms-windows-server-2008-b", "kms-windows-server-2008-r2-a"),
    always=2,
)
#: Windows 8 and Vista are on no key of 2016 and later; the servers between may go to several.
NEW_CLASH = Theme(
    products=(
        "windows-8-enterprise",
        "windows-server-2016-standard",
        "windows-server-2012-r2-standard",
        "windows-server-2012-standard",
        "windows-vista-business",
        "windows-7-enterprise",
        "windows-11-enterprise",
    ),
    systems=("windows-8", "windows-server-2012", "windows-server-2012-r2", "windows-server-2016"),
    keys=("kms-windows-8", "kms-windows-server-2012", "kms-windows-server-2022"),
    always=2,
)
THEMES = (OLD, MIDDLE, MODERN, ODD, OLD_CLASH, NEW_CLASH)
CLASHES = (OLD_CLASH, NEW_CLASH)
