"""How long the random tests run: `HYPOTHESIS_PROFILE=deep` for hours, else a minute, the same examples each time."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "quick",
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("deep", settings.get_profile("quick"), max_examples=50_000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
