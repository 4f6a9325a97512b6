"""A shelf that went along with a session holds what one made anew does, and nothing that its readers may not know."""

import re
from dataclasses import replace
from typing import Final

import pytest

from companion.audiences import attribution
from companion.audiences.attribution import mode_of
from companion.audiences.findable import Findable, addresses
from companion.core.procedure import AttributionMode
from companion.core.state import Session
from companion.finding.shelf import Shelf
from companion.store.search import terms_of
from tests.audiences.walk import PREPARED, Walk

NOUNS: Final = ("note", "intervention", "request", "recommendation")
OF_STAFF_ALONE: Final = re.compile("NEED-|REASON-|PLATFORM-|REGION-")
A_NAME: Final = re.compile(r"(?:NAME|LATIN)-\d\d")


def _refreshed(shelf: Shelf, session: Session, *, finds_all: bool) -> Shelf:
    shelf.refresh(session, () if finds_all else attribution.withheld_names(session, {}))
    return shelf


def _held(shelf: Shelf) -> dict[str, list[Findable]]:
    return {noun: sorted(shelf.of(noun), key=repr) for noun in NOUNS}


@pytest.mark.parametrize("finds_all", [True, False])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_shelf_that_went_along_is_one_made_anew(seed: int, *, finds_all: bool) -> None:
    walk, kept = Walk(seed), Shelf(finds_all=finds_all)
    most = 0
    for number, _step in enumerate(walk.steps(300)):
        _refreshed(kept, walk.session, finds_all=finds_all)
        if number % 10:
            continue
        anew = _refreshed(Shelf(finds_all=finds_all), walk.session, finds_all=finds_all)
        held = _held(kept)
        assert held == _held(anew)
        for each in (found for of in held.values() for found in of):
            word = terms_of(max(each.texts.values(), key=len))
            found, count = kept.find(word, 500)
            assert (sorted(found, key=repr), count) == (sorted(anew.find(word, 500)[0], key=repr), len(found))
            assert each in found
        most = max(most, sum(len(of) for of in held.values()))
        anew.close()
    assert most > 3, "there was hardly anything to find"
    kept.close()


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_what_everybody_finds_holds_no_name_that_the_record_withholds_and_nothing_of_staff_alone(seed: int) -> None:
    walk = Walk(seed, replace(PREPARED, attribution_mode=AttributionMode.AFFILIATION_ONLY))
    kept = Shelf(finds_all=False)
    withheld = 0
    for _step in walk.steps(400):
        session = walk.session
        _refreshed(kept, session, finds_all=False)
        told = " ".join(text for of in _held(kept).values() for found in of for text in found.texts.values())
        assert not OF_STAFF_ALONE.search(told)
        hidden = {
            name
            for person in session.people.values()
            if mode_of(session, person.id) is not AttributionMode.ATTRIBUTED or person.unpublished
            for name in (person.name, person.latin_name)
        }
        assert not hidden & set(A_NAME.findall(told))
        withheld += bool(hidden & {session.people[each.person].name for each in session.interventions.values()})
        not_released = {note.text for note in session.notes.values() if note.text and not note.released}
        assert not any(found.texts["text"] in not_released for found in kept.of("note"))
    assert withheld, "there was nothing that could leak"
    assert next(addresses(walk.session), None) is not None
    kept.close()
