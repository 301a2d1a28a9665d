"""Product keys of the Microsoft 365 admin centre: separated by tabs, called CSV. Columns: M365-FAQ."""

from planner.imports.formats.format import Format, Role

FORMAT = Format(
    slug="admin-centre-keys",
    name="Product keys of the Microsoft 365 admin centre",
    content="keys",
    columns={Role.PRODUCT: ("Product",), Role.KEY_TYPE: ("Type",), Role.KEY: ("Product Key",)},
    needs=(("Product",), ("Type",), ("Product Key", "License ID")),
    telling=("License ID", "Parent Program"),
    hint="In the Microsoft 365 admin centre: Billing, Your products, Volume licensing, product keys, export.",
    sources=("M365-FAQ",),
)
