"""What prints a line of figures, as in the journeys."""

from tests.journeys.conftest import tell

__all__ = ["tell"]
