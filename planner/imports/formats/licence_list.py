"""Any list of licences: a product and a quantity. No document gives the headings of the Microsoft License Statement,
so that it is known by the words that mean these two, and can be mapped by hand."""

from planner.imports.formats.format import Format, Role

FORMAT = Format(
    slug="licence-list",
    name="A list of licences, such as the Microsoft License Statement",
    content="licences",
    columns={
        Role.PRODUCT: ("Product", "Product Name", "Product Title", "License Product", "Item Name", "Licence"),
        Role.VERSION: ("Version", "Product Version", "License Version"),
        Role.QUANTITY: (
            *("Quantity", "Qty", "Effective Quantity", "Active Quantity", "License Quantity", "Licences", "Licenses"),
            *("Total Quantity", "Count"),
        ),
    },
    needs=(
        ("Product", "Product Name", "Product Title", "License Product", "Item Name", "Licence"),
        (
            *("Quantity", "Qty", "Effective Quantity", "Active Quantity", "License Quantity", "Licences", "Licenses"),
            *("Total Quantity",),
        ),
    ),
    hint="A table with the columns Product and Quantity.",
)
