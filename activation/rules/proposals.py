"""Small changes of an estate that would need fewer KMS host keys or fewer MAK activations, each one planned.

Candidates are guesses from the plan (`ideas`); the engine plans each of them, and only what it confirms is proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from activation.rules.catalogue import Catalogue
from activation.rules.comparison import mak_activations
from activation.rules.edits import edited
from activation.rules.estate import Estate
from activation.rules.ideas import Idea, ideas
from activation.rules.plan import Plan
from activation.rules.recommend import recommend

MOST = 6  #: proposals
RUNS = 40  #: estates that are planned for them
MANY_LINES = 1000
RUNS_OF_MANY = 10  #: where the estate has more lines than that
KEY_WORTH = 5  #: MAK activations that a KMS host key less is worth, when proposals are put in order


@dataclass(frozen=True, slots=True)
class Proposal:
    """An idea with what the engine says of it. `saved`: MAK activations; `gained` and `gone`: KMS host keys."""

    idea: Idea
    saved: int
    gained: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def gain(self) -> int:
        """What it is worth, in MAK activations."""
        return self.saved + KEY_WORTH * max(0, len(self.gone) - len(self.gained))


def proposals(estate: Estate, plan: Plan, catalogue: Catalogue) -> tuple[Proposal, ...]:
    """The best proposals, at most six, those that gain most for each computer or setting first. `plan`: the estate's.

    Estates of licences alone get none: it is not known where their computers are.
    """
    if not estate.lines:
        return ()
    runs = RUNS if len(estate.lines) <= MANY_LINES else RUNS_OF_MANY
    tried = (judged(idea, estate, plan, catalogue) for idea in islice(ideas(estate, plan, catalogue), runs))
    return tuple(islice(_different(sorted((each for each in tried if _is_worth_it(each)), key=_rank)), MOST))


def judged(idea: Idea, estate: Estate, plan: Plan, catalogue: Catalogue) -> Proposal:
    """The idea with what it would bring."""
    after = recommend(edited(estate, idea.edit), catalogue)
    old, new = ({key.key for key in each.kms_host_keys} for each in (plan, after))
    saved = mak_activations(plan) - mak_activations(after)
    return Proposal(idea, saved, tuple(sorted(new - old)), tuple(sorted(old - new)))


def _is_worth_it(proposal: Proposal) -> bool:
    """Fewer keys without more MAK activations, or fewer of these; retiring computers only for a key."""
    if proposal.idea.kind == "retire":
        return proposal.saved >= 0 and len(proposal.gone) > len(proposal.gained)
    return proposal.saved >= 0 and proposal.gain > 0


def _rank(proposal: Proposal) -> tuple[float, int]:
    return -proposal.gain / proposal.idea.effort, proposal.idea.effort


def _different(ranked: Iterable[Proposal]) -> Iterator[Proposal]:
    """Of proposals of one kind in one place with the same gain only the first: the others are the same idea, larger."""
    seen: set[tuple[object, ...]] = set()
    for each in ranked:
        same = (each.idea.kind, each.idea.network, each.saved, len(each.gained), each.gone)
        if same not in seen:
            yield each
        seen.add(same)
