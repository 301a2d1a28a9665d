"""Words for every code of a plan, in one place: the same on the page, in the exports and on the command line."""

from planner.wording.answers import answer
from planner.wording.hosts import host_numbers, more_hosts
from planner.wording.identities import SURENESS, identity_words
from planner.wording.names import (
    EVIDENCE,
    FAMILIES,
    METHODS,
    VIAS,
    WHAT_IT_IS_NOT,
    WORKSHEET_ROWS,
    application_name,
    application_of,
    count,
    group_name,
    key_in_words,
    key_name,
    listing,
    product_name,
    publisher_name,
    system_name,
    unit,
)
from planner.wording.reasons import reason_words
from planner.wording.support import ending_words
from planner.wording.warnings import SEVERITIES, Words, by_severity, warning_words

__all__ = [
    "EVIDENCE",
    "FAMILIES",
    "METHODS",
    "SEVERITIES",
    "SURENESS",
    "VIAS",
    "WHAT_IT_IS_NOT",
    "WORKSHEET_ROWS",
    "Words",
    "answer",
    "application_name",
    "application_of",
    "by_severity",
    "count",
    "ending_words",
    "group_name",
    "host_numbers",
    "identity_words",
    "key_in_words",
    "key_name",
    "listing",
    "more_hosts",
    "product_name",
    "publisher_name",
    "reason_words",
    "system_name",
    "unit",
    "warning_words",
]
