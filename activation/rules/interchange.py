"""estate/1 and plan/1: what goes in and what comes out, for command line, pages, exports and imports alike."""

from activation.rules.estate_csv import read_estate_csv
from activation.rules.estate_document import read_estate
from activation.rules.files import decoded, estate_of_file, parsed
from activation.rules.plan_document import plan_document, plan_json, plan_json_line
from activation.rules.plan_reading import read_plan
from activation.rules.product_keys import without_keys
from activation.rules.reading import EstateError, EstateErrors

__all__ = [
    "EstateError",
    "EstateErrors",
    "decoded",
    "estate_of_file",
    "parsed",
    "plan_document",
    "plan_json",
    "plan_json_line",
    "read_estate",
    "read_estate_csv",
    "read_plan",
    "without_keys",
]
