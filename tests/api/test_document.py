"""What the OpenAPI document says holds: answers have its shapes, and whatever is sent gets no 5xx."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from planner.access import Here
from planner.api.document import document
from tests.api.conftest import token

CASES = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
CALLS = [(path, method) for path, methods in document()["paths"].items() for method in methods]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """All calls have the test's own connection, as those of Django's client have."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize(("path", "method"), CALLS)
def test_whatever_the_document_allows_is_answered_as_it_says(path: str, method: str, contoso: Here) -> None:
    schema = schemathesis.openapi.from_dict(document())
    schema.app = get_wsgi_application()
    secret = token(contoso)

    @CASES
    @override_settings(API_RATE=1_000_000, ALLOWED_HOSTS=["*"])
    def run(case: schemathesis.Case) -> None:
        if "organisation" in (case.path_parameters or {}) and len(case.path_parameters["organisation"]) % 2:
            case.path_parameters["organisation"] = "contoso"
        case.headers["Authorization"] = f"Bearer {secret}"
        answer = case.call()
        assert answer.status_code < 500
        case.validate_response(
            answer, checks=[status_code_conformance, content_type_conformance, response_schema_conformance]
        )

    from_schema = schema[path][method.upper()].as_strategy()
    given(case=from_schema)(run)()
