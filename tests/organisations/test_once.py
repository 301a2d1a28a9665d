"""What a form asks for happens once, and what people search for is found in any writing."""

from __future__ import annotations

from uuid import uuid4

import pytest

from planner.access import Here
from planner.models import ComputerLine, Network
from planner.recording import DoneAlreadyError, recorded


def test_a_form_that_comes_twice_acts_once(here: Here) -> None:
    once = uuid4().hex
    with recorded(here, "Added a lab", once=once) as first:
        first.add(Network(estate=here.estate(), name="Lab"))
    with pytest.raises(DoneAlreadyError) as again, recorded(here, "Added a lab", once=once) as second:
        second.add(Network(estate=here.estate(), name="Other"))
    assert again.value.act == first.made
    assert [network.name for network in here.estate().networks.all()] == ["Lab"]


def test_the_folded_text_follows_its_field_however_the_row_is_written(here: Here, office: Network) -> None:
    with recorded(here, "Added") as act:
        act.add(Network(estate=here.estate(), name="Ärger  Office"))
        act.add_all([ComputerLine(estate=here.estate(), network=office, product="windows-11", count=1, note="CAFÉ")])
        act.change(office, {"name": "Große Halle"}, version=1)
    assert list(here.estate().networks.values_list("name_folded", flat=True)) == ["grosse halle", "arger office"]
    assert here.estate().computers.get(count=1).note_folded == "cafe"
