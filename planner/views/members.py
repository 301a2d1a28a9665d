"""The members of an organisation, its invitations, its name and its end."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from planner.access import Here, member
from planner.addresses import absolute
from planner.forms.members import DeleteForm, InviteForm, RenameForm, RoleForm
from planner.members import LastOwnerError, change_role, invite, remove, take_back
from planner.models import Role
from planner.models.organisations import INVITED_FOR
from planner.organisations import close
from planner.recording import ConflictError, recorded

LAST_OWNER = "An organisation needs an owner. Make somebody else owner first."
CHANGED = "Somebody else changed this meanwhile. Here it is as it is now; nothing of yours was saved."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member(writes=Role.OWNER)
def members(request: HttpRequest, here: Here) -> HttpResponse:
    """Who belongs to the organisation; a post invites somebody, and its answer shows the link, once."""
    form = InviteForm(request.POST or None, organisation=here.organisation)
    link = ""
    if form.is_valid():
        link = _invite(request, here, form.cleaned_data["email"], Role(form.cleaned_data["role"]))
    return _members(
        request,
        here,
        InviteForm(organisation=here.organisation) if link else form,
        link,
        form.cleaned_data if link else {},
    )


def _members(request: HttpRequest, here: Here, form: InviteForm, link: str, invited: dict[str, str]) -> HttpResponse:
    context = {
        "here": here,
        "form": form,
        "link": link,
        "invited": invited,
        "days": INVITED_FOR.days,
        "roles": Role.choices,
        "members": here.organisation.members.select_related("person").order_by("person__username"),
        "invitations": here.organisation.invitations.filter(accepted=None) if here.owns else (),
    }
    return render(request, "organisation/members.html", context)


def _invite(request: HttpRequest, here: Here, email: str, role: Role) -> str:
    secret = invite(here, email, role)
    link = absolute(request, reverse("invitation", args=(secret,)))
    text = render_to_string("account/invitation_email.txt", {"here": here, "role": role, "link": link})
    send_mail(f"Invitation to {here.organisation.name}", text, None, [email], fail_silently=True)
    return link


@require_POST
@member(writes=Role.OWNER)
def set_role(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Give a member another role."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise BadRequest("A role and a version are sent from the page of the members.")
    row = get_object_or_404(here.organisation.members.select_related("person"), pk=number)
    role = Role(form.cleaned_data["role"])
    try:
        change_role(here, row, role, form.cleaned_data["version"])
        messages.success(request, f"{row} is {role.value} now.")
    except LastOwnerError:
        messages.error(request, LAST_OWNER)
    except ConflictError:
        messages.error(request, CHANGED)
    return _back(here)


@require_POST
@member(writes=Role.OWNER)
def remove_member(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Take a member out of the organisation."""
    row = get_object_or_404(here.organisation.members.select_related("person"), pk=number)
    if not _removed(request, here, row):
        return _back(here)
    messages.success(request, f"{row} is no member any more.")
    return _back(here) if row.person_id != request.user.pk else HttpResponseRedirect(reverse("account"))


@require_POST
@member(writes=Role.VIEWER)
def leave(request: HttpRequest, here: Here) -> HttpResponse:
    """Leave the organisation."""
    row = here.organisation.members.select_related("person").get(person=request.user)
    if not _removed(request, here, row):
        return _back(here)
    messages.success(request, f"You have left {here.organisation}.")
    return HttpResponseRedirect(reverse("account"))


def _removed(request: HttpRequest, here: Here, row: object) -> bool:
    try:
        remove(here, row)
    except LastOwnerError:
        messages.error(request, LAST_OWNER)
    except ConflictError:
        messages.error(request, CHANGED)
    else:
        return True
    return False


@require_POST
@member(writes=Role.OWNER)
def end_invitation(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """End an invitation before it is used."""
    invitation = here.organisation.invitations.filter(pk=number, accepted=None).first()
    if invitation is None:
        raise Http404
    try:
        take_back(here, invitation)
        messages.success(request, f"The invitation of {invitation} has ended.")
    except ConflictError:
        messages.error(request, CHANGED)
    return _back(here)


def _back(here: Here) -> HttpResponse:
    return HttpResponseRedirect(reverse("members", args=(here.organisation.slug,)))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member(reads=Role.OWNER, writes=Role.OWNER)
def organisation_settings(request: HttpRequest, here: Here) -> HttpResponse:
    """The name of the organisation; a post gives it another one."""
    now = {"name": here.organisation.name, "version": here.organisation.version}
    form = RenameForm(request.POST or None, initial=now)
    if not form.is_valid():
        return _settings(request, here, form, DeleteForm(organisation=here.organisation))
    try:
        with recorded(here, f"Renamed the organisation to {form.cleaned_data['name']}") as act:
            act.change(here.organisation, {"name": form.cleaned_data["name"]}, form.cleaned_data["version"])
        messages.success(request, "The name is changed.")
    except ConflictError:
        messages.error(request, CHANGED)
    return HttpResponseRedirect(reverse("organisation-settings", args=(here.organisation.slug,)))


@require_POST
@member(writes=Role.OWNER)
def delete_organisation(request: HttpRequest, here: Here) -> HttpResponse:
    """Delete the organisation, when its name was typed."""
    form = DeleteForm(request.POST, organisation=here.organisation)
    if not form.is_valid():
        now = {"name": here.organisation.name, "version": here.organisation.version}
        return _settings(request, here, RenameForm(initial=now), form)
    close(here)
    messages.success(request, f"{here.organisation.name} is deleted.")
    return HttpResponseRedirect(reverse("account"))


def _settings(request: HttpRequest, here: Here, rename: RenameForm, delete: DeleteForm) -> HttpResponse:
    return render(request, "organisation/settings.html", {"here": here, "rename": rename, "delete": delete})
