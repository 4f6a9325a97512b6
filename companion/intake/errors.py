"""How a workshop file is refused. By itself: whoever only tells people of it need not load what reads one."""


class WorkshopError(ValueError):
    """The file cannot be taken in; the message is one sentence that names the place."""
