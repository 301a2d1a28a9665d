"""Becoming a member: by making an organisation, or by the link of an invitation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from planner.forms.accounts import NewAccountForm, is_taken
from planner.forms.members import NewOrganisationForm
from planner.members import InvitationEndedError, invitation_of, is_member, join
from planner.models import Invitation, Organisation
from planner.organisations import found
from planner.sessions import sign_in_address
from planner.views.accounts import enter


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Make an organisation of one's own."""
    form = NewOrganisationForm(request.POST or None)
    if not form.is_valid():
        return render(request, "account/new_organisation.html", {"form": form})
    once = form.cleaned_data["once"] or None
    return _to(found(form.cleaned_data["name"], request.user, request.request_id, once))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Join by an invitation: as who is signed in, or by an account that is made here for its address."""
    try:
        asked = invitation_of(secret)
        if request.user.is_authenticated:
            return _join_signed_in(request, asked)
        return _join_new(request, asked)
    except InvitationEndedError:
        return render(request, "account/invitation_ended.html", status=404)


def _join_signed_in(request: HttpRequest, asked: Invitation) -> HttpResponse:
    if is_member(asked.organisation, request.user):
        return _to(asked.organisation)
    if request.method != "POST":
        return render(request, "account/invitation.html", {"invitation": asked})
    join(asked, request.user, request.request_id)
    return _to(asked.organisation)


def _join_new(request: HttpRequest, asked: Invitation) -> HttpResponse:
    form = None
    if not is_taken(asked.email):
        form = NewAccountForm(request.POST or None, email=asked.email, organisation=asked.organisation.name)
    if form is None or not form.is_valid():
        context = {"invitation": asked, "form": form, "sign_in": sign_in_address(request.path)}
        return render(request, "account/invitation.html", context)
    person = form.person()
    person.set_password(form.cleaned_data["password1"])
    try:
        join(asked, person, request.request_id)
    except IntegrityError:  # the address got an account at the same moment: what is so now is told
        return HttpResponseRedirect(request.path)
    enter(request, person)
    return _to(asked.organisation)


def _to(organisation: Organisation) -> HttpResponse:
    return HttpResponseRedirect(reverse("organisation", args=(organisation.slug,)))
