"""The order of the list of speakers, applied: new ranks for as few requests as possible."""

from companion.core import events as e
from companion.core import speaking_order, whose_turn
from companion.core.ids import Rank, RequestId
from companion.core.procedure import ListStatus, RequestList
from companion.core.state import Session


def arrange(session: Session, *, automatic: bool) -> list[e.Event]:
    """Return the list put into the order of its rule; nothing where it stands in it already.

    By itself (`automatic`), it leaves those where they are whom somebody placed by hand.
    """
    order = whose_turn.arranged(session, keep_moved=automatic)
    ranks = new_ranks(session, order)
    if not ranks:
        return []
    return [e.ListArranged(rule=session.list.rule, automatic=automatic, ranks=ranks)]


def keep(session: Session) -> list[e.Event]:
    """Return what keeps the list in order by itself after `session` was reached, where that is wished."""
    wished = session.list.automatic and session.list.status is not ListStatus.NOT_OPEN
    return arrange(session, automatic=True) if wished else []


def new_ranks(session: Session, order: tuple[RequestId, ...]) -> tuple[tuple[RequestId, Rank], ...]:
    """Return the ranks to change so that those who wait on the list of speakers stand in `order`."""
    waiting = {rank for rank, _ in session.places(RequestList.SPEAKERS)}
    away = {rank for rank, _ in session.ranked.get(RequestList.SPEAKERS, ())} - waiting
    ranked = [(request, session.requests[request].rank) for request in order]
    return speaking_order.rearranged(ranked, high=speaking_order.at_the_end(session.seq + 1), away=away)
