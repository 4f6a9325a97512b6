"""A byte search of every format, in every mode, for everybody and for staff: what may not be said stands nowhere."""

from dataclasses import replace
from typing import Final

import pytest

from companion.audiences import attribution
from companion.core import commands as c
from companion.core.people import Person, Role
from companion.core.procedure import AttributionMode, NoteAttribution, NoteKind
from companion.record.archives import Archive
from companion.record.formats import Format, render
from companion.record.model import Record
from companion.record.model_documents import Notes
from tests.core.scenario import Scenario
from tests.record.whole import (
    DELEGATIONS,
    NAMES_OF_PEOPLE,
    NEVER,
    NOT_PUBLIC,
    NOT_RELEASED,
    PANELLISTS_NAME,
    REASONS,
    WHOLE,
    played,
    record_of,
    with_modes,
)

ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode
MIXED: Final = [(AFFILIATION, ATTRIBUTED), (ATTRIBUTED, NEITHER), (NEITHER, ATTRIBUTED)]
every_mode = pytest.mark.parametrize(
    ("mode", "panellists"), [*((mode, mode) for mode in AttributionMode), *MIXED], ids=lambda mode: mode.value
)
every_format = pytest.mark.parametrize("format_", Format)
every_scope = pytest.mark.parametrize("scope", Notes)


def hidden(mode: AttributionMode, panellists: AttributionMode, scope: Notes) -> list[str]:
    """Return what may stand nowhere in a record."""
    words = [*NEVER, "rita-laptop", "Rita"]
    if scope is Notes.RELEASED:
        words += [*NOT_RELEASED, *NOT_PUBLIC]
    if mode is not ATTRIBUTED:
        words += NAMES_OF_PEOPLE
    if mode is NEITHER:
        words += ["State A", "State B", "State C", "state-a", "state-b", "state-c", "reason of State B"]
    if panellists is not ATTRIBUTED:
        words.append(PANELLISTS_NAME)
    if panellists is NEITHER:
        words += ["University A", "uni-a"]
    if NEITHER in {mode, panellists}:
        words += ["state-a", "uni-a", *REASONS]
    if (mode, panellists) != (ATTRIBUTED, ATTRIBUTED):
        words.append("reason of Wang")
    return words


def found(written: bytes, words: list[str]) -> list[str]:
    """Return which of the words stand in the bytes, in any case."""
    text = written.decode().casefold()
    return [word for word in words if word.casefold() in text]


@every_mode
@every_format
@every_scope
def test_what_may_not_be_said_stands_nowhere(
    mode: AttributionMode, panellists: AttributionMode, format_: Format, scope: Notes
) -> None:
    record = record_of(played(with_modes(mode, panellists)), scope)
    words = hidden(mode, panellists, scope)
    if scope is Notes.ALL:
        # The name of an organisation may stand in a note's own words; nothing of the record's adds to it.
        words = [word for word in words if word not in NOT_RELEASED]
    assert found(render(record, format_, "en"), words) == []


@every_format
def test_where_all_is_attributed_what_may_be_said_is_there(format_: Format) -> None:
    """The search would find them: each of them stands in the record of a session in which they may be told."""
    written = render(record_of(played(), Notes.ALL), format_, "en")
    words = ["Иванова", "Ivanova", "بدر", "王芳", PANELLISTS_NAME, "State A", "for rapporteurs alone"]
    if format_ in {Format.JSON, Format.CSV}:
        words += [*REASONS, *(delegation for delegation in DELEGATIONS if delegation != "uni-a")]
    if format_ is Format.MARKDOWN:
        words.remove("Ivanova")  # Markdown has the name as the person writes it
    assert found(written, words) == words


def test_answers_by_delegation_are_named_under_affiliation_and_say_nothing_of_people() -> None:
    record = record_of(played(with_modes(AFFILIATION)))
    delegations, people, lunch = record.polls
    assert [(a.delegation, a.organisation, a.option, a.reason, a.by) for a in delegations.answers] == [
        ("state-a", "State A", "support", None, None),
        ("state-c", "State C", "support", None, None),
        ("state-b", "State B", "cannot_support", "reason of State B", None),
    ]
    assert (people.answers, lunch.answers) == ((), ())
    assert people.total == {"yes": 4, "no": 1, "abstain": 0}


def test_answers_name_people_where_all_are_named() -> None:
    delegations, people, _lunch = record_of(played()).polls
    assert [answer.by.name for answer in delegations.answers if answer.by] == ["Zoe Elan", "王芳", "بدر الدين"]
    assert [(answer.who.name, answer.reason) for answer in people.answers if answer.who] == [
        ("بدر الدين", "reason of Wang")
    ]


def test_where_nobody_is_named_numbers_alone_are_told() -> None:
    record = record_of(played(with_modes(NEITHER)))
    assert [poll.answers for poll in record.polls] == [(), (), ()]
    assert record.polls[0].tally == {"support": 3, "support_with_changes": 0, "cannot_support": 1, "abstain": 0}
    assert (record.polls[0].eligible.in_room, record.polls[0].eligible.remote) == (None, None)
    assert [each.group for each in record.recommendations] == [None, None]
    assert [(note.who, note.group) for note in record.notes] == [(None, None)] * len(record.notes)


def test_a_note_under_an_intervention_of_somebody_not_recognised_is_timed_as_the_intervention() -> None:
    record = record_of(played(with_modes(NEITHER)))
    under = [note for note in record.notes if note.intervention]
    assert len(under) > 3
    assert {note.added_at.second for note in under if note.added_at} == {0}
    assert {note.written_at.second for note in under if note.written_at} == {0}
    assert {note.id for note in under} == {f"note-{number}" for number in range(1, len(under) + 1)}


def test_a_note_stands_under_its_intervention_only_where_that_says_no_more_than_it_may() -> None:
    record = record_of(played())
    apart = [note for note in record.notes if note.id.startswith("note-") and note.id[5:].isdecimal()]
    assert [(note.text[:10], note.intervention, note.added_at, note.written_at) for note in apart] == [
        ("Анна Ивано", None, None, None),
        ("Data are m", None, None, None),
        ('=cmd|"/c c', None, None, None),
    ]
    assert [note.who.name for note in record.notes if note.who and note.intervention] == [
        "Pía Panelista",
        "بدر الدين",
        None,
    ]
    assert [note.who and note.who.organisation for note in apart] == ["State A", None, None]
    assert [note.group for note in apart] == ["states", None, "states"]
    segments = {moment.index: moment for moment in record.transcript if moment.of == "notes" and moment.at is None}
    assert len(segments) == 3


def test_staff_have_the_notes_under_their_interventions_in_any_case() -> None:
    record = record_of(played(), Notes.ALL)
    linked = {note.id: note.intervention for note in record.notes}
    assert linked["note-ana-none"] == linked["note-ana-organisation"] == record.interventions[1].id
    assert linked["note-private"] == record.interventions[3].id
    assert linked["note-general"] is None
    assert "note-removed" not in linked
    assert [note.id for note in record.notes if not note.released] == ["note-private"]
    assert [poll.id for poll in record.polls] == ["poll-calendar", "poll-noon", "poll-lunch", "poll-draft"]
    assert record.polls[2].tally == {"option_1": 0, "option_2": 1}


def test_a_note_that_belongs_to_nobody_but_a_group_says_so() -> None:
    record = record_of(played(with_modes(AFFILIATION)))
    shown = {note.text: (note.group, note.who and note.who.organisation) for note in record.notes}
    assert shown["«نعم»"] == ("states", "State B")
    assert shown["Interpretation began late."] == (None, None)


@every_mode
def test_names_in_what_people_typed_are_withheld(mode: AttributionMode, panellists: AttributionMode) -> None:
    record = record_of(played(with_modes(mode, panellists)))
    text = next(note.text for note in record.notes if "agreed" in note.text)
    if mode is ATTRIBUTED:
        assert text == "Анна Иванова and بدر الدين agreed; ANNA IVANOVA added that «王芳说» so."
    else:
        assert text == "[…] and […] agreed; […] added that «[…]说» so."
        assert record.announcements[0].text == "Welcome, says […]"


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Ana Lee", "ana lee, Ana Leeward, ANA LEE’s", "[…], Ana Leeward, […]’s"),
        ("Straße Eins", "STRASSE EINS und Straße Einsam", "[…] und Straße Einsam"),
        ("بدر الدين", "قال وبدر الدين", "قال و[…]"),
        ("王芳", "王芳芳说", "[…]芳说"),
        ("İpek Su", "i̇pek su and İPEK SU", "[…] and […]"),
        ("An An", "An An An", "[…] An"),
        ("J. Doe", "J. Doe. x J. Doe", "[…]. x […]"),
    ],
)
def test_a_name_is_withheld_as_a_word(name: str, text: str, left: str) -> None:
    assert attribution.withhold(text, [name]) == left


def people(*more: Person) -> Scenario:
    return Scenario(replace(with_modes(AFFILIATION), people=(*WHOLE.people, *more)))


def names_withheld(room: Scenario) -> tuple[str, ...]:
    return attribution.withheld_names(room.session, {})


def test_what_is_an_organisations_name_too_or_too_short_to_tell_is_not_withheld() -> None:
    usual = set(names_withheld(people()))
    more = names_withheld(
        people(
            Person(id="x1", name="State A"),
            Person(id="x2", name="Al"),
            Person(id="x3", name="States", guest=True),
            Person(id="x4", name="Remedy", guest=True, organisation="Mona Moderator"),
            Person(id="x5", name="Big Screen", role=Role.DISPLAY),
            Person(id="x6", name="Grace Guest", guest=True),
            Person(id="x7", name="李", guest=True),
            Person(id="x8", name="李娜", guest=True),
        )
    )
    assert set(more) - usual == {"Grace Guest", "李娜"}
    assert usual >= {"Mona Moderator", "rita-laptop", "王芳", "Threatened NGO", "Cleo Hidden"}
    assert [*more] == sorted(more, key=lambda name: (-len(name), name))


def test_a_delegation_of_which_nobody_wants_to_be_published_is_not_named() -> None:
    answered = record_of(played()).polls[0]
    assert (answered.answered, len(answered.answers), answered.eligible.units) == (4, 3, 5)


def test_every_level_in_every_mode_says_no_more_than_either() -> None:
    for mode in AttributionMode:
        session = played(with_modes(mode)).session
        told = [
            attribution.attributed_in_note(session, session.people["ana"], level)
            for level in (
                NoteAttribution.NONE,
                NoteAttribution.GROUP,
                NoteAttribution.ORGANISATION,
                NoteAttribution.PERSON,
            )
        ]
        names = [(shown.name, shown.organisation, shown.group) for shown in told]
        neither: list[tuple[str | None, str | None, str | None]] = [(None, None, None)]
        by_group: tuple[str | None, str | None, str | None] = (None, None, "states")
        assert names[0] == neither[0]
        if mode is NEITHER:
            assert names == neither * 4
        else:
            assert names[1:3] == [by_group, (None, "State A", "states")]
            assert names[3] == ("Анна Иванова" if mode is ATTRIBUTED else None, "State A", "states")


def test_the_unpublished_are_told_by_group_alone() -> None:
    session = played().session
    cleo = session.people["cleo"]
    assert attribution.attributed_in_note(session, cleo, NoteAttribution.PERSON).organisation is None
    assert not attribution.may_stand_under(session, cleo, NoteAttribution.NONE)
    assert attribution.may_stand_under(session, cleo, NoteAttribution.GROUP)


@every_mode
def test_no_name_stands_in_the_metadata_of_the_zip(mode: AttributionMode, panellists: AttributionMode) -> None:
    archive = Archive("en")
    archive.add(record_of(played(with_modes(mode, panellists))))
    content = archive.content()
    directory = content[content.rindex(b"panel-1/panel-1-record.csv") - 400 :]
    assert [word for word in (*NAMES_OF_PEOPLE, *NEVER, PANELLISTS_NAME) if word.encode() in directory] == []


def test_a_note_of_a_session_in_which_it_was_undone_that_it_was_released() -> None:
    room = Scenario(WHOLE)
    room.by("moderator", c.StartSession())
    room.by("rapporteur", c.AddNote(note="note-undone", kind=NoteKind.GAP, text="Not yet."))
    room.by("rapporteur", c.ReleaseNote(note="note-undone", released=True))
    room.undo("rapporteur")
    assert notes_of(record_of(room)) == []
    assert notes_of(record_of(room, Notes.ALL)) == ["Not yet."]


def notes_of(record: Record) -> list[str]:
    return [note.text for note in record.notes]
