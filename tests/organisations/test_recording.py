"""Every write of an organisation's data is one act: in the history, in one transaction, over nobody's changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from activation.models.history import HistoryIsFixedError
from planner.access import Here
from planner.estates import planned
from planner.models import Act, Change, ComputerLine, HeldKey, LicenceLine, Network
from planner.recording import ConflictError, recorded
from planner.undoing import CannotUndoError, undo


def lines(here: Here) -> list[ComputerLine]:
    return list(here.estate().computers.select_related("network"))


def add_a_lab_and_change_an_old_line(here: Here) -> None:
    with recorded(here, "Second") as act:
        act.add(Network(estate=here.estate(), name="Lab"))
        act.change(lines(here)[0], {"count": 99}, version=1)


def test_an_act_says_who_what_and_why(here: Here, office: Network) -> None:
    with recorded(here, "Changed a line", note="counted\nagain") as act:
        act.change(lines(here)[0], {"count": 41}, version=1)
    kept = Act.objects.get(what="Changed a line")
    assert (kept.person_name, kept.note, kept.request_id) == ("olga@contoso.com", "counted again", here.request_id)
    change = kept.changes.get()
    assert (change.kind, change.before["count"], change.after["count"]) == ("computers", 40, 41)
    assert change.before["network"] == "Head office"


def test_a_change_raises_the_version_of_the_row_and_the_revision_of_the_estate(here: Here, office: Network) -> None:
    revision = here.estate().revision
    with recorded(here, "Changed a line") as act:
        act.change(lines(here)[0], {"count": 41}, version=1)
    assert lines(here)[0].version == 2
    assert here.estate().revision == revision + 1


def test_a_change_of_an_older_version_is_refused_and_writes_nothing(here: Here, office: Network) -> None:
    with recorded(here, "First") as act:
        act.change(lines(here)[0], {"count": 41}, version=1)
    with pytest.raises(ConflictError) as conflict:
        add_a_lab_and_change_an_old_line(here)
    assert [row.count for row in conflict.value.changed] == [41]
    assert not Network.objects.filter(name="Lab").exists()
    assert not Act.objects.filter(what="Second").exists()


def test_saving_what_is_there_already_is_no_act(here: Here, office: Network) -> None:
    with recorded(here, "Nothing new") as act:
        act.change(lines(here)[0], {"count": 40}, version=1)
    assert act.made is None
    assert not Act.objects.filter(what="Nothing new").exists()


def test_many_rows_are_changed_in_few_statements_as_one_by_one(
    here: Here, office: Network, django_assert_max_num_queries: Any
) -> None:
    with recorded(here, "Added") as act:
        act.add_all([ComputerLine(estate=office.estate, network=office, product="windows-10", count=1)])
        act.add_all(
            [ComputerLine(estate=office.estate, network=office, product="windows-10", count=9) for _ in range(50)]
        )
    with django_assert_max_num_queries(12), recorded(here, "Changed") as act:
        act.change_all([(line, {"count": 7, "note": "Ärger"}) for line in lines(here)])
    changed = {(line.count, line.note, line.note_folded, line.version) for line in lines(here)}
    assert changed == {(7, "Ärger", "arger", 2)}
    assert {change.before["count"] for change in act.made.changes.all()} == {40, 1, 9}
    assert {change.after["count"] for change in act.made.changes.all()} == {7}
    undo(here, act.made)
    assert sorted({line.count for line in lines(here)}) == [1, 9, 40]


def test_changing_many_rows_of_which_one_was_changed_since_is_refused_whole(here: Here, office: Network) -> None:
    with recorded(here, "Added") as act:
        act.add(ComputerLine(estate=office.estate, network=office, product="windows-10", count=9))
    read = lines(here)
    with recorded(here, "Changed") as act:
        act.change(lines(here)[1], {"count": 10}, version=1)
    with pytest.raises(ConflictError) as conflict, recorded(here, "Changed many") as act:
        act.change_all([(line, {"count": 7}) for line in read])
    assert [row.count for row in conflict.value.changed] == [10]
    assert sorted(line.count for line in lines(here)) == [10, 40]


def test_removing_what_somebody_changed_is_refused(here: Here, office: Network) -> None:
    read = lines(here)
    with recorded(here, "Changed") as act:
        act.change(lines(here)[0], {"count": 41}, version=1)
    with pytest.raises(ConflictError), recorded(here, "Removed") as act:
        act.remove_all(read)
    assert lines(here)[0].count == 41


def test_an_undo_brings_removed_rows_back_under_their_ids(here: Here, office: Network) -> None:
    before = [(line.pk, line.count) for line in lines(here)]
    with recorded(here, "Removed the office") as act:
        act.remove_all(lines(here))
        act.remove_all([office])
    assert here.estate().networks.count() == 0
    undo(here, act.made)
    assert [(line.pk, line.count) for line in lines(here)] == before
    assert lines(here)[0].network.name == "Head office"


def test_an_undo_takes_a_change_back(here: Here, office: Network) -> None:
    with recorded(here, "Changed") as act:
        act.change(lines(here)[0], {"count": 41, "contact": "rare"}, version=1)
    undo(here, act.made)
    assert (lines(here)[0].count, lines(here)[0].contact) == (40, "regular")


def test_an_undo_does_not_overwrite_what_came_later(here: Here, office: Network) -> None:
    with recorded(here, "Changed") as first:
        first.change(lines(here)[0], {"count": 41}, version=1)
    with recorded(here, "Changed again") as act:
        act.change(lines(here)[0], {"count": 50}, version=2)
    with pytest.raises(ConflictError):
        undo(here, first.made)
    assert lines(here)[0].count == 50


def test_an_act_is_undone_once(here: Here, office: Network) -> None:
    with recorded(here, "Changed") as act:
        act.change(lines(here)[0], {"count": 41}, version=1)
    undo(here, act.made)
    with pytest.raises(CannotUndoError):
        undo(here, Act.objects.get(pk=act.made.pk))


def test_the_history_cannot_be_changed(here: Here, office: Network) -> None:
    act = Act.objects.latest("pk")
    act.what = "Nothing"
    with pytest.raises(HistoryIsFixedError):
        act.save()
    with pytest.raises(HistoryIsFixedError):
        Change.objects.all().delete()


def test_what_a_table_does_not_hold_is_refused_whatever_way_it_comes(here: Here, office: Network) -> None:
    line = ComputerLine(estate=here.estate(), network=office, product="windows-7-enterprise", count=3, virtual=5)
    with pytest.raises(IntegrityError), recorded(here, "Added") as act:
        act.add(line)
    with pytest.raises(IntegrityError), recorded(here, "Changed") as act:
        act.change(lines(here)[0], {"virtual": 41}, version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ComputerLine.objects.bulk_create([line])
    assert [(line.count, line.virtual) for line in lines(here)] == [(40, 0)]


@pytest.mark.parametrize("number", [-1, 10_000_001, 2**40, 2**80])
@pytest.mark.parametrize("table", ["computers", "licences"])
def test_a_number_out_of_range_is_refused_whatever_way_it_comes(
    here: Here, office: Network, table: str, number: int
) -> None:
    of_this = {"estate": here.estate(), "product": "windows-7-enterprise"}
    row = (
        ComputerLine(**of_this, network=office, count=number)
        if table == "computers"
        else LicenceLine(**of_this, quantity=number)
    )
    with pytest.raises((ValidationError, IntegrityError)), recorded(here, "Added") as act:
        act.add(row)
    with pytest.raises((DatabaseError, OverflowError)), transaction.atomic():
        type(row).objects.bulk_create([row])
    assert [line.count for line in lines(here)] == [40]
    assert not here.estate().licences.exists()


def test_a_subtraction_in_the_database_leads_to_no_number_below_the_least(here: Here, office: Network) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ComputerLine.objects.update(count=F("count") - 40)
    with pytest.raises(DatabaseError), transaction.atomic():
        ComputerLine.objects.update(count=F("count") - 41)
    assert [line.count for line in lines(here)] == [40]


def test_a_text_that_is_too_long_for_its_field_is_refused_on_both_databases(here: Here, office: Network) -> None:
    of_this = {"estate": here.estate(), "product": "windows-7-enterprise", "note": "x" * 500}
    rows = [
        ComputerLine(**of_this, network=office, count=1),
        LicenceLine(**of_this, quantity=1),
        Network(estate=here.estate(), name="x" * 500),
        HeldKey(estate=here.estate(), key="mak-windows-7", note="x" * 500),
    ]
    for row in rows:
        with pytest.raises(ValidationError), recorded(here, "Added") as act:
            act.add(row)
    assert Act.objects.filter(what="Added").count() == 0


def test_the_plan_follows_the_estate(here: Here, office: Network) -> None:
    assert sum(line.count for line in planned(here.estate()).plan.computers) == 40
    with recorded(here, "Changed") as act:
        act.change(lines(here)[0], {"count": 41}, version=1)
    assert sum(line.count for line in planned(here.estate()).plan.computers) == 41
