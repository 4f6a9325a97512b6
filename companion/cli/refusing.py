"""How a command says no: one sentence, exit status 1."""

import contextlib
from collections.abc import Iterator


class CommandRefused(Exception):  # noqa: N818 (a refusal is an answer, not an error)
    """A command is not carried out; the message is one sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence if sentence.endswith((".", "!", "?")) else f"{sentence}.")


@contextlib.contextmanager
def sentences() -> Iterator[None]:
    """Turn what the program says no to into one sentence. Entered once the engine is chosen."""
    from companion.codec.events import UnknownEvent
    from companion.config import ConfigError
    from companion.intake.errors import WorkshopError
    from companion.store.errors import StoreError

    try:
        yield
    except (ConfigError, StoreError, WorkshopError, UnknownEvent) as error:
        raise CommandRefused(str(error)) from error
