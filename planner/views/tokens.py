"""The tokens of the API in an organisation: one's own, and for owners those of everybody."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from planner.access import Here, member
from planner.forms.tokens import TokenForm
from planner.models import Role, Scope, Token
from planner.recording import ConflictError
from planner.tokens import make, revoke


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member(writes=Role.VIEWER)
def tokens(request: HttpRequest, here: Here) -> HttpResponse:
    """The tokens that let in today; a post makes one, and its answer shows the secret, once."""
    form, secret = TokenForm(request.POST or None, edits=here.edits), ""
    if form.is_valid():
        sent = form.cleaned_data
        secret = make(here, sent["name"], Scope(sent["scope"]), sent["days"])
    context = {
        "here": here,
        "form": TokenForm(edits=here.edits) if secret else form,
        "secret": secret,
        "tokens": _mine(here).filter(revoked=None, expires__gt=timezone.now()).select_related("person"),
    }
    return render(request, "organisation/tokens.html", context)


@require_POST
@member(writes=Role.VIEWER)
def revoke_token(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """End a token of one's own; an owner also that of somebody else."""
    token = get_object_or_404(here.organisation.tokens, pk=number, revoked=None)
    if not here.owns and token.person_id != here.person.pk:
        raise PermissionDenied
    try:
        revoke(here, token)
        messages.success(request, f"The token {token} lets nobody in any more.")
    except ConflictError:
        messages.error(request, "Somebody else changed this token meanwhile. Here it is as it is now.")
    return HttpResponseRedirect(reverse("tokens", args=(here.organisation.slug,)))


def _mine(here: Here) -> QuerySet[Token]:
    rows: QuerySet[Token] = here.organisation.tokens.all()
    return rows if here.owns else rows.filter(person=here.person.pk)
