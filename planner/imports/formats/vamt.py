"""Products and product keys of the Volume Activation Management Tool. Columns: VAMT-DB, PSD-VAMT."""

from planner.imports.formats.format import Format, Role

PRODUCTS = Format(
    slug="vamt-products",
    name="Products of VAMT",
    content="computers",
    columns={
        Role.PRODUCT: ("ProductName",),
        Role.DESCRIPTION: ("ProductDescription",),
        Role.VERSION: ("ProductVersion",),
        Role.KEY_TYPE: ("ProductKeyType",),
        Role.NAME: ("FullyQualifiedDomainName",),
        Role.DOMAIN: ("DomainWorkgroupName",),
    },
    needs=(("ProductName",), ("FullyQualifiedDomainName", "ProductKeyType", "LicenseStatus")),
    telling=("FullyQualifiedDomainName", "LicenseFamily", "VLActivationType"),
    command=(
        "Get-VamtProduct | "
        "Select-Object FullyQualifiedDomainName,ProductName,ProductDescription,ProductVersion,ProductKeyType | "
        "Export-Csv -Path products.csv -NoTypeInformation -Encoding UTF8"
    ),
    sources=("VAMT-DB", "PSD-VAMT"),
)
KEYS = Format(
    slug="vamt-keys",
    name="Product keys of VAMT",
    content="keys",
    columns={
        Role.PRODUCT: ("SupportedEditions", "KeyDescription"),
        Role.DESCRIPTION: ("KeyDescription",),
        Role.KEY_TYPE: ("KeyType",),
        Role.KEY: ("KeyValue",),
        Role.REMAINING: ("RemainingActivations",),
    },
    needs=(("KeyType",), ("KeyDescription", "SupportedEditions")),
    telling=("KeyDescription", "SupportedEditions", "RemainingActivations"),
    command=(
        "Get-VamtProductKey | Select-Object KeyDescription,KeyType,SupportedEditions,RemainingActivations | "
        "Export-Csv -Path keys.csv -NoTypeInformation -Encoding UTF8"
    ),
    hint="The command leaves the keys themselves out; where a file has them, five characters are read.",
    sources=("VAMT-DB", "PSD-VAMT"),
)
