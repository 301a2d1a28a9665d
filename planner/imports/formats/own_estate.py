"""The project's own estate as CSV and JSON: docs/formats.md."""

from planner.imports.formats.format import Format, Role

FORMAT = Format(
    slug="estate",
    name="An estate of this planner",
    content="estate",
    columns={
        Role.PRODUCT: ("product",),
        Role.QUANTITY: ("count",),
        Role.NETWORK: ("network",),
        Role.VIRTUAL: ("virtual",),
    },
    needs=(("product",), ("count",)),
    telling=("domain_joined", "avma", "contact"),
    hint="Export it from an organisation, or write it as docs/formats.md says.",
)
