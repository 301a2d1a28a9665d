"""Addresses inside an organisation: `/o/<organisation>/...`. Each view opens by `planner.access.member`.

`tests/walls` tries every address with every method as everybody: a new one needs its line there.
"""

from django.urls import include, path

from planner.views import home, members, undoing

inside = [
    path("", home.plan, name="organisation"),
    path("members/", members.members, name="members"),
    path("members/<int:number>/role/", members.set_role, name="set-role"),
    path("members/<int:number>/remove/", members.remove_member, name="remove-member"),
    path("members/leave/", members.leave, name="leave"),
    path("invitations/<int:number>/end/", members.end_invitation, name="end-invitation"),
    path("settings/", members.organisation_settings, name="organisation-settings"),
    path("settings/delete/", members.delete_organisation, name="delete-organisation"),
    path("acts/<int:act>/undo/", undoing.undo_act, name="undo"),
    path("estate/", include("planner.urls.estate")),
    path("scenarios/<int:scenario>/estate/", include("planner.urls.estate")),
]

urlpatterns = [
    path("", home.organisations, name="organisations"),
    path("<slug:organisation>/", include(inside)),
]
