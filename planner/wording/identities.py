"""Words for what was recognised: why it is that product, what to choose from, or why it is in no plan."""

from __future__ import annotations

from activation.identify import Identity
from activation.rules.catalogue import Catalogue
from planner.wording.filling import fill

TEMPLATES: dict[str, str] = {
    "name": "The name is that of {product}.",
    "name-version": "The name and the version {version} are those of {product}.",
    "other-order": "The words are those of {product}, in another order.",
    "translated": '"{seen}" is {product} in another language.',
    "product-id": '"{seen}" is the licence of {product}.',
    "edition-version": '"{seen}" names the edition, the version {version} tells the system: {product}.',
    "sku-version": "Edition number {sku} and version {version} are those of {product}.",
    "several": '"{seen}" can be more than one product: {products:or}. Choose which.',
    "several-builds": (
        '"{seen}" is the name of more than one product, and no build tells them apart: {products:or}. Choose which.'
    ),
    "contradiction": '"{seen}" and version {version} do not go together: {products:or}. Choose which.',
    "other-type": '"{seen}" stands at computers that say they are {family}: {products:or}. Choose which.',
    "no-volume": "{product} has no volume activation.",
    "retail-edition": '"{seen}" is a retail edition: no volume licence activates it.',
    "subscription": '"{seen}" is activated by its subscription.',
    "other-system": '"{seen}" is {system}, not Windows or Office.',
    "other-windows": '"{seen}" is {system}, in no plan of volume activation.',
    "empty": "The row names no system and no product.",
    "not-known": '"{seen}" is no name of the catalogue. Choose the product, or leave it out.',
}

SURENESS: dict[str, str] = {"certain": "certain", "likely": "likely, look at it", "": ""}


#: More products than this are counted and not named.
NAMED = 6


def identity_words(identity: Identity, catalogue: Catalogue) -> str:
    """The sentence of an answer's reason."""
    params = dict(identity.reason.params)
    if len(identity.candidates) > NAMED:
        params["products"] = [f"{len(identity.candidates)} products"]
    return fill(TEMPLATES[identity.reason.code], params, catalogue)
