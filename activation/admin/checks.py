"""What does not fit together in the catalogue, on a page: the same that `manage.py checkcatalogue` prints."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from activation.admin.acts import frame, page
from activation.findings import findings


@page("view_key", "change_key")
def checks(request: HttpRequest) -> HttpResponse:
    """Every point with the page where it is put right."""
    context = frame(request, "Checks of the catalogue", findings=findings())
    return TemplateResponse(request, "admin/activation/checks.html", dict(context))
