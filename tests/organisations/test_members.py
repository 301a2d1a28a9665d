"""Members and the organisation itself: made, renamed, left, deleted. There is always an owner."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from planner.access import Here
from planner.members import LastOwnerError, change_role, remove
from planner.models import Act, ComputerLine, Estate, Membership, Network, Organisation, Role
from planner.organisations import found
from tests.organisations.conftest import signed_in


def row(who: User) -> Membership:
    return Membership.objects.get(person=who)


def set_role(by: User, of: User, role: str, version: int = 1) -> Any:
    given = {"role": role, "version": version}
    return signed_in(by).post(f"/o/contoso/members/{row(of).pk}/role/", given, follow=True)


def test_an_owner_changes_a_role_and_the_history_says_so(olga: User, vera: User, contoso: Organisation) -> None:
    assert "vera@contoso.com is editor now." in set_role(olga, vera, "editor").content.decode()
    assert row(vera).role == "editor"
    change = Act.objects.get(what="Made vera@contoso.com editor instead of viewer").changes.get()
    assert (change.before["role"], change.after["role"]) == ("viewer", "editor")


def test_the_second_of_two_changes_of_a_role_is_not_made(olga: User, vera: User, contoso: Organisation) -> None:
    set_role(olga, vera, "editor")
    assert "Somebody else changed this meanwhile." in set_role(olga, vera, "owner", version=1).content.decode()
    assert row(vera).role == "editor"


@pytest.mark.parametrize(
    "given", [{}, {"role": "king", "version": 1}, {"role": "owner"}, {"role": "owner", "version": "x"}]
)
def test_a_role_that_no_page_sends_is_refused(olga: User, vera: User, contoso: Organisation, given: Any) -> None:
    assert signed_in(olga).post(f"/o/contoso/members/{row(vera).pk}/role/", given).status_code == 400
    assert row(vera).role == "viewer"


def test_editors_do_not_raise_themselves(edgar: User, contoso: Organisation) -> None:
    assert set_role(edgar, edgar, "owner").status_code == 403
    assert row(edgar).role == "editor"


def test_the_last_owner_stays_owner(olga: User, vera: User, contoso: Organisation) -> None:
    words = "An organisation needs an owner."
    assert words in set_role(olga, olga, "viewer").content.decode()
    assert words in signed_in(olga).post("/o/contoso/members/leave/", follow=True).content.decode()
    number = row(olga).pk
    assert words in signed_in(olga).post(f"/o/contoso/members/{number}/remove/", follow=True).content.decode()
    assert row(olga).role == "owner"


def test_an_owner_leaves_when_there_is_another_one(olga: User, vera: User, contoso: Organisation) -> None:
    set_role(olga, vera, "owner")
    response = signed_in(olga).post("/o/contoso/members/leave/", follow=True)
    assert "You have left Contoso." in response.content.decode()
    assert not Membership.objects.filter(person=olga).exists()
    assert signed_in(olga).get("/o/contoso/").status_code == 404
    assert Act.objects.filter(what="Left the organisation", person=olga).exists()


def test_of_two_owners_who_go_one_after_the_other_the_second_stays(olga: User, vera: User, here: Here) -> None:
    change_role(here, row(vera), Role.OWNER, 1)
    first, second = row(olga), row(vera)
    remove(here, first)
    with pytest.raises(LastOwnerError):
        remove(here, second)


def test_a_viewer_leaves(vera: User, contoso: Organisation) -> None:
    signed_in(vera).post("/o/contoso/members/leave/")
    assert not Membership.objects.filter(person=vera).exists()


def test_an_owner_removes_a_member_who_is_out_at_once(olga: User, vera: User, contoso: Organisation) -> None:
    number, session = row(vera).pk, signed_in(vera)
    assert session.get("/o/contoso/").status_code == 200
    signed_in(olga).post(f"/o/contoso/members/{number}/remove/")
    assert session.get("/o/contoso/").status_code == 404


def test_who_was_removed_while_a_page_was_open_saves_nothing_from_it(
    olga: User, edgar: User, contoso: Organisation, office: Network
) -> None:
    number, session = row(edgar).pk, signed_in(edgar)
    line = ComputerLine.objects.get()
    assert session.get(f"/o/contoso/estate/computers/{line.pk}/").status_code == 200
    signed_in(olga).post(f"/o/contoso/members/{number}/remove/")
    for path, given in {
        f"estate/computers/{line.pk}/": {"version": "1", "do": "delete"},
        "estate/computers/add/": {"text": "windows-7-enterprise;3"},
        "plans/": {"name": "Mine"},
    }.items():
        assert session.post(f"/o/contoso/{path}", given).status_code == 404, path
    assert list(ComputerLine.objects.values_list("count", "version")) == [(40, 1)]
    assert not contoso.plans.exists()


def test_who_was_made_a_viewer_while_a_page_was_open_saves_nothing_from_it(
    olga: User, edgar: User, contoso: Organisation, office: Network
) -> None:
    session, line = signed_in(edgar), ComputerLine.objects.get()
    set_role(olga, edgar, "viewer")
    given = {"version": "1", "do": "delete"}
    assert session.post(f"/o/contoso/estate/computers/{line.pk}/", given).status_code == 403
    assert ComputerLine.objects.get().version == 1


def test_members_of_another_organisation_are_not_there(olga: User, stan: User, contoso: Organisation) -> None:
    for act in ("role", "remove"):
        response = signed_in(olga).post(f"/o/contoso/members/{row(stan).pk}/{act}/", {"role": "viewer", "version": 1})
        assert response.status_code == 404
    assert row(stan).role == "owner"


def test_a_viewer_sees_who_belongs_to_it_and_no_buttons_for_owners(vera: User, contoso: Organisation) -> None:
    page = signed_in(vera).get("/o/contoso/members/").content.decode()
    assert "olga@contoso.com" in page
    assert "Invite" not in page
    assert "Remove" not in page


def test_leaving_and_removing_a_member_are_asked_about_first(olga: User, edgar: User, contoso: Organisation) -> None:
    page = signed_in(olga).get("/o/contoso/members/").content.decode()
    asked = re.findall(r"<details id=\"(?:leave|remove-\d+)\">.*?</details>", page, re.DOTALL)
    for words, path in (("edgar@contoso.com then sees nothing", "/remove/"), ("You then see nothing", "/leave/")):
        (question,) = [each for each in asked if words in each]
        assert f'{path}">' in question
        assert page.count(f'{path}">') == 1


def test_a_person_makes_an_organisation_and_owns_it(stan: User) -> None:
    response = signed_in(stan).post("/account/new-organisation/", {"name": "Litware"})
    assert response["Location"] == "/o/litware/"
    assert Membership.objects.get(organisation__slug="litware").role == "owner"
    assert Estate.objects.filter(organisation__slug="litware", scenario=False).count() == 1


def test_a_form_that_comes_twice_makes_one_organisation(stan: User) -> None:
    given = {"name": "Litware", "once": "a" * 32}
    answers = [signed_in(stan).post("/account/new-organisation/", given)["Location"] for _ in range(2)]
    assert answers == ["/o/litware/", "/o/litware/"]
    assert Organisation.objects.filter(name="Litware").count() == 1


def test_a_form_of_somebody_else_does_not_show_whose_it_was(stan: User, olga: User) -> None:
    given = {"name": "Litware", "once": "a" * 32}
    signed_in(stan).post("/account/new-organisation/", given)
    page = signed_in(olga).get("/account/").content.decode()
    assert "Litware" not in page


def test_two_organisations_of_one_name_have_two_addresses(stan: User, olga: User) -> None:
    slugs = {found("Litware", who, "0" * 32).slug for who in (stan, olga)}
    assert len(slugs) == 2


@pytest.mark.parametrize("name", ["", " ", "a" * 101, "Con\u202etoso", "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"])
def test_a_name_that_cannot_be_shown_is_refused(stan: User, name: str) -> None:
    before = Organisation.objects.count()
    response = signed_in(stan).post("/account/new-organisation/", {"name": name})
    assert "There is a problem" in response.content.decode()
    assert Organisation.objects.count() == before


def test_an_owner_renames_it_and_its_address_stays(olga: User, contoso: Organisation) -> None:
    given = {"name": "Contoso Ltd", "version": 1}
    assert signed_in(olga).post("/o/contoso/settings/", given)["Location"] == "/o/contoso/settings/"
    contoso.refresh_from_db()
    assert (contoso.name, contoso.slug, contoso.version) == ("Contoso Ltd", "contoso", 2)
    page = signed_in(olga).post("/o/contoso/settings/", {"name": "Other", "version": 1}, follow=True)
    assert "Somebody else changed this meanwhile." in page.content.decode()


def test_only_owners_rename_and_delete(edgar: User, contoso: Organisation) -> None:
    assert signed_in(edgar).get("/o/contoso/settings/").status_code == 403
    assert signed_in(edgar).post("/o/contoso/settings/", {"name": "X", "version": 1}).status_code == 403
    assert signed_in(edgar).post("/o/contoso/settings/delete/", {"typed": "Contoso"}).status_code == 403


@pytest.mark.parametrize("typed", ["", "contoso", "Contoso Ltd"])
def test_it_is_not_deleted_when_the_name_is_not_typed(olga: User, contoso: Organisation, typed: str) -> None:
    page = signed_in(olga).post("/o/contoso/settings/delete/", {"typed": typed}).content.decode()
    assert "Type the name" in page
    assert Organisation.objects.filter(pk=contoso.pk).exists()


def test_it_is_deleted_with_all_that_it_keeps_and_the_history_stays(
    olga: User, contoso: Organisation, office: Network, stan: User
) -> None:
    acts = Act.objects.filter(organisation_name="Contoso").count()
    response = signed_in(olga).post("/o/contoso/settings/delete/", {"typed": "Contoso"}, follow=True)
    assert "Contoso is deleted." in response.content.decode()
    assert not Organisation.objects.filter(slug="contoso").exists()
    assert not Network.objects.exists()
    assert Organisation.objects.filter(name="Fabrikam").exists()
    assert Act.objects.filter(organisation_name="Contoso").count() == acts + 1
    assert Act.objects.latest("pk").what == "Deleted the organisation"


def test_who_belongs_to_several_can_switch(olga: User, contoso: Organisation) -> None:
    found("Litware", olga, "0" * 32)
    assert 'href="/o/litware/"' in signed_in(olga).get("/o/contoso/members/").content.decode()
    assert signed_in(olga).get("/o/")["Location"] == "/account/"


def test_the_switcher_shows_only_the_own_ones(olga: User, stan: User, contoso: Organisation) -> None:
    assert "Fabrikam" not in signed_in(olga).get("/o/contoso/members/").content.decode()
