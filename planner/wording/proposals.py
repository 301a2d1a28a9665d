"""A proposal in words: what to change, and what it would bring."""

from __future__ import annotations

from activation.rules.catalogue import Catalogue
from activation.rules.ideas import Idea
from activation.rules.proposals import Proposal
from planner.wording.names import count, key_in_words, listing, product_name


def idea_words(idea: Idea, catalogue: Catalogue) -> str:
    """What to change: `3 more computers with Windows 7 Enterprise in Plant`."""
    product = product_name(idea.product, catalogue) if idea.product else ""
    of_product = f" with {product}" if product else ""
    return {
        "more": f"{count(idea.number, 'more computer')}{of_product} in {idea.network}",
        "contact": f"Regular contact for {count(idea.number, 'computer')}{of_product} in {idea.network}",
        "way": f"A way from {idea.network} to the KMS hosts of {idea.via}",
        "hosts": f"KMS hosts in {idea.network}",
        "key": f"Get {key_in_words(idea.key, catalogue)}" if idea.key else "",
        "retire": f"Retire {count(idea.number, 'computer')}{of_product} in {idea.network}",
    }[idea.kind]


def effect_words(proposal: Proposal, catalogue: Catalogue) -> str:
    """What it would bring: `Saves 4 MAK activations. Needs the Office 2016 KMS host key.`"""
    found = [f"Saves {count(proposal.saved, 'MAK activation')}."] if proposal.saved else []
    if proposal.gone:
        verb = "is" if len(proposal.gone) == 1 else "are"
        found.append(f"{_keys(proposal.gone, catalogue)} {verb} no longer needed.")
    if proposal.gained:
        found.append(f"Needs {_keys(proposal.gained, catalogue)}.")
    return " ".join(sentence[:1].upper() + sentence[1:] for sentence in found)


def _keys(keys: tuple[str, ...], catalogue: Catalogue) -> str:
    return listing(key_in_words(key, catalogue) for key in keys)
