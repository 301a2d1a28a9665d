"""Addresses inside an organisation: `/o/<organisation>/...`. Each view opens by `planner.access.member`.

`tests/walls` tries every address with every method as everybody: a new one needs its line there.
"""

from django.urls import include, path

from planner.tables import READINGS
from planner.views import history, home, keeping, ledger, members, plans, runbooks, scenarios, tokens, undoing
from planner.views.estate import adding, chosen, row, rows

#: The readings are a table like those of an estate, so these have the names that `planner.urls.estate` gives.
readings = [
    path("", rows.rows, {"table": READINGS}, name="estate-rows"),
    path("add/", adding.lines, {"table": READINGS}, name="estate-add"),
    path("chosen/", chosen.chosen, {"table": READINGS}, name="estate-chosen"),
    path("<int:row>/", row.row, {"table": READINGS}, name="estate-row"),
]

inside = [
    path("", home.plan, name="organisation"),
    path("example/", keeping.fill_with_example, name="fill-with-example"),
    path("runbook/", runbooks.inventory, name="plan-runbook"),
    path("plan.ps1", runbooks.inventory, {"kind": "file"}, name="plan-runbook-file"),
    path("plan.<str:kind>", home.download, name="plan-file"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<int:number>/", plans.saved_plan, name="saved-plan"),
    path("plans/<int:number>/edit/", plans.edit_plan, name="edit-plan"),
    path("plans/<int:number>/remove/", plans.remove_plan, name="remove-plan"),
    path("plans/<int:number>/runbook/", runbooks.saved, name="saved-runbook"),
    path("plans/<int:number>/plan.ps1", runbooks.saved, {"kind": "file"}, name="saved-runbook-file"),
    path("plans/<int:number>/plan.<str:kind>", plans.download, name="saved-plan-file"),
    path("proposals/", scenarios.proposals, name="proposals"),
    path("scenarios/", scenarios.scenarios, name="scenarios"),
    path("scenarios/<int:scenario>/", scenarios.scenario, name="scenario"),
    path("scenarios/<int:scenario>/name/", scenarios.rename_scenario, name="rename-scenario"),
    path("scenarios/<int:scenario>/apply/", scenarios.apply_scenario, name="apply-scenario"),
    path("scenarios/<int:scenario>/remove/", scenarios.remove_scenario, name="remove-scenario"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/readings.csv", ledger.download, name="ledger-file"),
    path("ledger/readings/", include(readings)),
    path("ledger/<int:number>/take/", ledger.take, name="take-reading"),
    path("members/", members.members, name="members"),
    path("members/<int:number>/role/", members.set_role, name="set-role"),
    path("members/<int:number>/remove/", members.remove_member, name="remove-member"),
    path("members/leave/", members.leave, name="leave"),
    path("invitations/<int:number>/end/", members.end_invitation, name="end-invitation"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:number>/revoke/", tokens.revoke_token, name="revoke-token"),
    path("settings/", members.organisation_settings, name="organisation-settings"),
    path("settings/delete/", members.delete_organisation, name="delete-organisation"),
    path("history/", history.history, name="history"),
    path("history.csv", history.download, {"kind": "csv"}, name="history-file"),
    path("history.jsonl", history.download, {"kind": "jsonl"}, name="history-file"),
    path("acts/<int:act>/", history.act, name="act"),
    path("acts/<int:act>/undo/", undoing.undo_act, name="undo"),
    path("estate/", include("planner.urls.estate")),
    path("scenarios/<int:scenario>/estate/", include("planner.urls.estate")),
]

urlpatterns = [
    path("", home.organisations, name="organisations"),
    path("<slug:organisation>/", include(inside)),
]
