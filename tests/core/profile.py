"""How hard the properties are tried: a little on every run, thoroughly with COMPANION_PROPERTIES=thorough."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

THOROUGH: Final = os.environ.get("COMPANION_PROPERTIES") == "thorough"

PROFILE: Final = settings(max_examples=2000 if THOROUGH else 25, deadline=None, database=None)
STATEFUL: Final = settings(
    max_examples=2000 if THOROUGH else 8,
    stateful_step_count=80 if THOROUGH else 40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
