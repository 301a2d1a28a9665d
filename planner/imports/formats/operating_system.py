"""Win32_OperatingSystem of WMI and CIM, one row for each computer. Columns: W32-OS."""

from planner.imports.formats.format import Format, Role

FORMAT = Format(
    slug="win32-operating-system",
    name="Operating systems asked of the computers (WMI, CIM)",
    content="computers",
    columns={
        Role.SYSTEM: ("Caption",),
        Role.VERSION: ("Version",),
        Role.BUILD: ("BuildNumber",),
        Role.SKU: ("OperatingSystemSKU",),
        Role.PRODUCT_TYPE: ("ProductType",),
        Role.NAME: ("PSComputerName", "CSName", "__SERVER"),
    },
    needs=(("Caption",), ("Version", "BuildNumber", "OperatingSystemSKU", "ProductType")),
    telling=("Caption", "OperatingSystemSKU"),
    command=(
        "Get-CimInstance -ClassName Win32_OperatingSystem -ComputerName (Get-Content computers.txt) | "
        "Select-Object PSComputerName,Caption,Version,BuildNumber,OperatingSystemSKU,ProductType | "
        "Export-Csv -Path systems.csv -NoTypeInformation -Encoding UTF8"
    ),
    hint="computers.txt names one computer a line.",
    sources=("W32-OS",),
)
