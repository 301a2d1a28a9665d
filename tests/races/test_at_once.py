"""Members who act on the same estate at the same moment, each a process: nothing is lost, nothing happens twice."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.at_once import at_once
from tests.backups.sites import do

pytestmark = pytest.mark.django_db  # so that they run on both databases

Site = dict[str, str]

#: What the estate and its history say. `torn`: changes of a line that do not begin with what the one before left.
STATE = """
import json
from planner.models import Act, Change, ComputerLine, Estate
acts = list(Act.objects.order_by("pk").values_list("what", "at"))
torn, last = 0, {}
for change in Change.objects.filter(kind="computers").order_by("pk"):
    torn += change.row in last and last[change.row] != change.before
    last[change.row] = change.after
print(json.dumps({
    "lines": sorted(ComputerLine.objects.values_list("count", "version")),
    "revision": Estate.objects.get().revision,
    "acts": [what for what, _ in acts if what not in ("Made the organisation", "Made the estate")],
    "in order": [at for _, at in acts] == sorted(at for _, at in acts),
    "changes": Change.objects.filter(kind="computers").count(),
    "torn": torn,
}))
"""
MORE_LINES = """
from planner.models import ComputerLine
line = ComputerLine.objects.get()
for number in range(19):
    line.pk = None
    line.save(force_insert=True)
"""
SECOND_NETWORK = """
from planner.models import Network
Network.objects.create(estate=Network.objects.get().estate, name="Branch")
"""
LED = "from planner.models import Network; print(Network.objects.exclude(kms_via=None).count())"
REMOVED = """
from uuid import uuid4
from django.contrib.auth.models import User
from planner.access import Here
from planner.models import ComputerLine, Organisation, Role
from planner.recording import recorded
here = Here(Organisation.objects.get(), User.objects.get(username="olga@contoso.com"), Role.OWNER, uuid4().hex)
with recorded(here, "Removed all lines") as act:
    act.remove_all(list(ComputerLine.objects.select_related("network")))
"""
INVITED = """
from hashlib import sha256
from planner.models import Invitation, Membership, Organisation
Membership.objects.filter(person__username__startswith="actor").delete()
Invitation.objects.create(
    organisation=Organisation.objects.get(), email="nora@contoso.com", role="editor", by="olga@contoso.com",
    secret_hash=sha256(b"contoso").hexdigest(),
)
"""
JOINED = """
from django.contrib.auth.models import User
from planner.models import Act, Membership
print(
    Membership.objects.exclude(person__username="olga@contoso.com").count(),
    User.objects.filter(username="nora@contoso.com").count(),
    Act.objects.filter(what="Joined by invitation").count(),
)
"""
OWNERS = """
from planner.models import Membership
Membership.objects.exclude(person__username__in=["actor-0@contoso.com", "actor-1@contoso.com"]).delete()
Membership.objects.update(role="owner")
"""
LEFT = """
from planner.models import Membership
print(list(Membership.objects.values_list("role", flat=True)))
"""


def act(site: Site, task: str, actors: int, times: int = 1) -> Counter[str]:
    """What came of it, and how often. No actor complains."""
    said = at_once(site, *[("tests.races.actor", task, str(number), str(times)) for number in range(actors)])
    assert {complaint for _, complaint in said} <= {""}
    return Counter(told.strip() for told, _ in said)


def state(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(do(site, STATE))
    return found


@pytest.mark.parametrize(("writers", "times"), [(8, 5), (32, 2)])
def test_of_lines_that_many_add_at_once_each_is_there_once_and_in_the_history(
    site: Site, writers: int, times: int
) -> None:
    before = state(site)
    assert act(site, "add", writers, times) == {"added": writers}
    assert state(site) == {
        "lines": [[1, 1]] * writers * times + [[40, 1]],
        "revision": before["revision"] + writers * times,
        "acts": ["Added a line"] * writers * times,
        "in order": True,
        "changes": 1 + writers * times,
        "torn": 0,
    }


@pytest.mark.parametrize("writers", [8, 32])
def test_of_many_who_change_the_line_that_all_have_read_one_does_and_the_others_are_told(
    site: Site, writers: int
) -> None:
    before = state(site)
    assert act(site, "change_what_all_have_read", writers) == {"changed": 1, "conflict with 1 row": writers - 1}
    after = state(site)
    ((count, version),) = after["lines"]
    assert (count >= 1000, version) == (True, 2)
    assert (after["acts"], after["revision"]) == (["Changed the line"], before["revision"] + 1)
    assert (after["changes"], after["torn"]) == (2, 0)


@pytest.mark.parametrize(("writers", "times"), [(8, 5), (32, 2)])
def test_of_many_who_count_a_line_up_until_they_are_heard_no_change_is_lost(
    site: Site, writers: int, times: int
) -> None:
    before = state(site)
    assert act(site, "count_up", writers, times) == {"counted": writers}
    assert state(site) == {
        "lines": [[40 + writers * times, 1 + writers * times]],
        "revision": before["revision"] + writers * times,
        "acts": ["Counted one more"] * writers * times,
        "in order": True,
        "changes": 1 + writers * times,
        "torn": 0,
    }


def test_those_who_change_the_same_lines_from_both_ends_do_not_block_each_other(site: Site) -> None:
    do(site, MORE_LINES)
    assert act(site, "change_many_in_another_order", 8, times=3) == {"changed all": 8}
    after = state(site)
    assert after["lines"] == [[64, 25]] * 20
    assert (len(after["acts"]), after["torn"]) == (24, 0)


def test_two_networks_that_are_led_to_each_other_at_once_make_no_circle(site: Site) -> None:
    do(site, SECOND_NETWORK)
    assert act(site, "lead_to_the_other", 2) == {"302": 1, "422": 1}
    assert do(site, LED) == "1\n"


def test_an_act_that_two_undo_at_once_is_undone_once(site: Site) -> None:
    do(site, MORE_LINES)
    before = state(site)["lines"]
    do(site, REMOVED)
    assert act(site, "undo", 2) == {"302": 1, "409": 1}
    after = state(site)
    assert [count for count, _ in after["lines"]] == [count for count, _ in before]
    assert after["acts"] == ["Removed all lines", "Undid: Removed all lines"]


def test_an_invitation_that_eight_accept_at_once_makes_one_a_member(site: Site) -> None:
    do(site, INVITED)
    assert act(site, "accept", 8) == {"302": 1, "404": 7}
    assert do(site, JOINED) == "1 0 1\n"


def test_an_invitation_that_comes_eight_times_from_a_new_person_makes_one_account(site: Site) -> None:
    do(site, INVITED + "User = Invitation._meta.apps.get_model('auth.User')\nUser.objects.exclude(pk=1).delete()\n")
    # In, sent back to see that it was used, or told so at once.
    assert set(act(site, "accept_as_new", 8)) <= {"302", "404"}
    assert do(site, JOINED) == "1 1 1\n"


def test_of_two_owners_who_leave_at_once_one_stays(site: Site) -> None:
    do(site, OWNERS)
    assert act(site, "leave", 2) == {"302": 2}
    assert do(site, LEFT) == "['owner']\n"
