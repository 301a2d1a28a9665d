"""Which product of the catalogue an inventory speaks of, each answer with its reason and how sure it is."""

from activation.identify.identity import REASONS, Identity, Outcome, Reason, Seen, Sureness
from activation.identify.recogniser import Recogniser

__all__ = ["REASONS", "Identity", "Outcome", "Reason", "Recogniser", "Seen", "Sureness"]
