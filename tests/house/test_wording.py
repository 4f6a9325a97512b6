"""The program's own words, in the reader's language."""

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from companion import wording
from companion.core.eligibility import NotEligible
from companion.core.refusals import Refusal
from companion.places import translations_folder

PO = """\
msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Language-Team: draft, not yet read\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

msgid "Join"
msgstr "انضمام"

msgid "%(n)s speaker"
msgid_plural "%(n)s speakers"
msgstr[0] "لا متكلم"
msgstr[1] "متكلم واحد"
msgstr[2] "متكلمان"
msgstr[3] "%(n)s متكلمين"
msgstr[4] "%(n)s متكلماً"
msgstr[5] "%(n)s متكلم"
"""


@pytest.mark.parametrize("lang", wording.languages())
@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_is_a_whole_sentence(refusal: Refusal, lang: str) -> None:
    sentence = wording.sentence(refusal, lang)
    assert len(sentence.split()) > 1
    assert sentence[0].isupper() or lang != "en"
    assert sentence.endswith((".", "؟", "!"))


@pytest.mark.parametrize("why", NotEligible)
def test_whoever_may_not_answer_a_poll_is_told_which_of_the_reasons_it_is(why: NotEligible) -> None:
    said = wording.sentence(Refusal.NOT_ELIGIBLE, "en", why)
    assert said.endswith(".")
    others = {wording.sentence(Refusal.NOT_ELIGIBLE, "en", each) for each in NotEligible if each is not why}
    assert said not in {*others, wording.sentence(Refusal.NOT_ELIGIBLE, "en")}


def test_no_two_refusals_say_the_same() -> None:
    assert len({wording.sentence(refusal, "en") for refusal in Refusal}) == len(Refusal)


def test_english_is_always_there() -> None:
    assert wording.languages()[0] == "en"
    assert not wording.is_draft("en")
    assert wording.gettext_for("xx").gettext("Join") == "Join"
    assert wording.gettext_for("en").ngettext("one", "many", 2) == "many"


def test_every_other_language_stands_in_the_folder_of_catalogues() -> None:
    there = {file.parent.parent.name for file in translations_folder().glob("*/LC_MESSAGES/messages.mo")}
    assert set(wording.languages()) == {"en", *there}


def test_a_compiled_catalogue_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(PO, encoding="utf-8")
    with (folder / "messages.po").open("rb") as source, (folder / "messages.mo").open("wb") as target:
        write_mo(target, read_po(source))
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)
    catalogues = wording.read_catalogues(tmp_path)
    assert set(catalogues) == {"ar"}
    assert catalogues["ar"].gettext("Join") == "انضمام"
    forms = {catalogues["ar"].ngettext("%(n)s speaker", "%(n)s speakers", n) for n in (0, 1, 2, 3, 11, 100)}
    assert len(forms) == 6


@pytest.mark.parametrize(
    ("accept", "wished", "chosen"),
    [
        (None, None, "en"),
        ("", "", "en"),
        ("xx", None, "en"),
        ("xx, en;q=0.1", "en-GB", "en"),
        ("en-GB,en;q=0.9", "xx", "en"),
        ("*", None, "en"),
        (";;;,,,q=1", None, "en"),
        ("en;q=nan", None, "en"),
        ("x" * 100_000, "y" * 100_000, "en"),
        ("en," * 50_000, None, "en"),
        ("../../etc", "../..", "en"),
    ],
)
def test_the_language_is_one_that_there_is(accept: str | None, wished: str | None, chosen: str) -> None:
    assert wording.choose(accept, wished) == chosen


@pytest.mark.parametrize(
    ("chosen", "asked", "spoken", "read"),
    [
        ("ar", "en", "en", "ar"),
        ("en", "ar", "ar", "en"),
        (None, "ar", "en", "ar"),
        ("xx", "ar", "en", "ar"),
        (None, None, "ar", "ar"),
        ("", None, "ar", "ar"),
        (None, "xx", "ar", "en"),
        (None, None, None, "en"),
    ],
)
def test_a_reader_reads_what_they_chose_or_their_browser_asks_for_or_they_speak(
    chosen: str | None, asked: str | None, spoken: str | None, read: str
) -> None:
    assert wording.for_reader(chosen=chosen, accept_language=asked, spoken=spoken) == read


def test_every_language_says_its_own_name() -> None:
    assert [wording.own_name(lang) for lang in ("ar", "en", "tlh")] == ["العربية", "English", "tlh"]
    assert all(wording.own_name(lang) != lang for lang in wording.languages())


def test_the_wish_goes_before_the_browser_and_the_browsers_order_counts() -> None:
    other = next((lang for lang in wording.languages() if lang != "en"), "en")
    assert wording.choose("en", f"{other.upper()}-EG") == other
    assert wording.choose(f"xx, en;q=0.2, {other}-EG;q=0.8", None) == other
    assert wording.choose(f"{other};q=0, en;q=0.1", None) == "en"
    assert wording.choose(f"{other};q=0.5, en", None) == "en"


@pytest.mark.parametrize(
    ("lang", "direction"),
    [("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("en", "ltr"), ("fr", "ltr"), ("zh-Hant", "ltr"), ("", "ltr")],
)
def test_some_languages_run_from_right_to_left(lang: str, direction: str) -> None:
    assert wording.direction(lang) == direction
