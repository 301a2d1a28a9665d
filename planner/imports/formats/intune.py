"""Devices of Intune: Devices, All devices, Export. Columns: MEM-INTUNE."""

from planner.imports.formats.format import Format, Role

FORMAT = Format(
    slug="intune",
    name="All devices of Intune",
    content="computers",
    columns={
        Role.SYSTEM: ("OS",),
        Role.VERSION: ("OS version",),
        Role.SKU: ("SkuFamily",),
        Role.NAME: ("Device name",),
        Role.SITE: ("Category",),
        Role.LAST_LOGON: ("Last check-in",),
    },
    needs=(("OS",), ("OS version",)),
    telling=("OS version",),
    hint="In the Intune admin centre: Devices, All devices, Export. Unpack the ZIP file.",
    sources=("MEM-INTUNE",),
)
