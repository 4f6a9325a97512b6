"""What of all that was typed into a note is a version to go back to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from companion.core import events as e
from companion.core.edits import Edit
from companion.core.note_versions import LONGEST, PASSAGE, versions
from companion.core.procedure import NoteAttribution, NoteKind

BEGAN = datetime(2026, 10, 18, 8, 45, tzinfo=UTC)
ADDED = e.NoteAdded(
    note="n", kind=NoteKind.GAP, text="", rank="a", intervention=None, group=None, attribution=NoteAttribution.NONE
)


@dataclass
class Story:
    """What happens to a note; each change comes `after` so many seconds."""

    happened: list[e.Recorded] = field(default_factory=list)
    at: datetime = BEGAN
    text: str = ""

    def __post_init__(self) -> None:
        self._happens("ann", 0, ADDED)

    def types(self, by: str, text: str, *, after: float = 1, gone: int = 0) -> None:
        edit = Edit(at=len(self.text) - gone, gone=gone, came=text)
        self.text = edit.of(self.text)
        self._happens(by, after, e.NoteTyped(note="n", update="", edit=edit, version=self.version))

    def writes(self, by: str, text: str) -> None:
        self.text = text
        self._happens(by, 1, e.NoteWritten(note="n", text=text, version=self.version))

    def happens(self, event: e.Event) -> None:
        self._happens("ann", 1, event)

    @property
    def version(self) -> int:
        return len(self.happened) + 1

    @property
    def told(self) -> list[tuple[tuple[str, ...], str]]:
        return [(each.by, each.text) for each in versions(self.happened)]

    def _happens(self, by: str, after: float, event: e.Event) -> None:
        self.at += timedelta(seconds=after)
        seq = len(self.happened) + 1
        self.happened.append(e.Recorded(seq=seq, at=self.at, by=by, command=f"c-{seq}", event=event))


def test_what_is_typed_in_one_go_is_one_version() -> None:
    story = Story()
    for letter in "Remedy":
        story.types("ann", letter)
    (version,) = versions(story.happened)
    assert (version.text, version.by, version.version) == ("Remedy", ("ann",), 7)
    assert (version.began_at, version.at) == (BEGAN, BEGAN + timedelta(seconds=6))


def test_a_pause_of_a_minute_ends_a_version() -> None:
    story = Story()
    story.types("ann", "One.", after=59)
    story.types("ann", " Two.", after=60)
    assert story.told == [(("ann",), "One."), (("ann",), "One. Two.")]


def test_those_who_write_at_once_write_one_version_and_whoever_comes_later_another() -> None:
    story = Story()
    story.types("ben", "B", after=9)
    story.types("ann", "A")
    story.types("ben", "B", after=59)
    story.types("cleo", "C", after=10)
    assert story.told == [(("ann", "ben"), "BAB"), (("cleo",), "BABC")]


def test_whoever_never_pauses_leaves_a_version_behind_every_few_minutes() -> None:
    story = Story()
    while story.at - BEGAN < 2 * LONGEST:
        story.types("ann", ".", after=30)
    assert [len(text) for _, text in story.told] == [9, 19, 20]


def test_before_a_passage_is_taken_out_and_around_a_whole_text_a_version_ends() -> None:
    story = Story()
    story.types("ann", "x" * PASSAGE + "yz")
    story.types("ann", "", gone=1)
    story.types("ann", "!", gone=PASSAGE)
    story.types("ann", "!")
    story.writes("ann", "Anew.")
    story.types("ann", "!")
    texts = ["x" * PASSAGE + "y", "x!!", "Anew.", "Anew.!"]
    assert story.told == [(("ann",), text) for text in texts]


def test_what_is_no_change_of_the_text_makes_no_version() -> None:
    story = Story()
    story.happens(e.NoteReleased(note="n", released=True))
    assert story.told == [(("ann",), "")]
    assert versions([]) == []
