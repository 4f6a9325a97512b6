"""The program's own words in the reader's language, through gettext.

English stands in the code. A catalogue beside it is used once it is compiled; one whose `Language-Team` begins with "draft"
is not yet read by a native speaker.
"""

import functools
import gettext
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from companion import places
from companion.core.eligibility import NotEligible
from companion.core.refusals import Refusal

SOURCE_LANGUAGE: Final = "en"
COOKIE: Final = "companion-language"
"""Under this name a browser keeps the language that its reader chose."""
_OWN_NAMES: Final[Mapping[str, str]] = {
    "ar": "العربية",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ru": "Русский",
    "zh": "中文",
}
_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
_MOST_PREFERENCES: Final = 20
_TAG: Final = re.compile(
    r"\s*([A-Za-z]{2,8})(?:-[A-Za-z0-9]{1,8})*\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
)


def _(message: str) -> str:
    """Return a message as it is: marked here for the catalogues, translated when it is said."""
    return message


_SENTENCES: Final[Mapping[Refusal, str]] = {
    Refusal.NOT_ALLOWED: _("Your role does not allow this."),
    Refusal.NOT_FOUND: _("This is not there, or no longer."),
    Refusal.BAD_MESSAGE: _("Something in this is not as expected. Please check what you entered."),
    Refusal.TOO_LARGE: _("This text is too long."),
    Refusal.RATE_LIMITED: _("That was too much at once. Please wait a moment, then try again."),
    Refusal.STALE: _("Somebody was quicker: it has changed since. Please look again."),
    Refusal.RESYNC: _("Something typed before this is missing here. It is sent again."),
    Refusal.SESSION_NOT_OPEN: _("The session is not open."),
    Refusal.LIST_CLOSED: _("The list of speakers is closed."),
    Refusal.ALREADY_ON_LIST: _("Already on the list of speakers."),
    Refusal.NOT_ON_LIST: _("No longer on the list of speakers."),
    Refusal.SOMEONE_IS_SPEAKING: _("Somebody has the floor."),
    Refusal.NOBODY_IS_SPEAKING: _("Nobody has the floor."),
    Refusal.POLL_NOT_OPEN: _("This poll is not open."),
    Refusal.ALREADY_VOTED: _("An answer has been given already. In a secret poll the first answer is final."),
    Refusal.NOT_ELIGIBLE: _("You cannot answer this poll: who takes part was fixed when it opened."),
    Refusal.REASON_REQUIRED: _("Please give a reason for this answer."),
    Refusal.HAS_THE_FLOOR: _("This person has the floor now. Ask again when the intervention is over."),
    Refusal.NO_FURTHER_REPLY: _("Your delegation has used its two rights of reply on this item."),
    Refusal.NO_TIME_LEFT: _("There is not enough time left to be shared out."),
    Refusal.NOTHING_TO_CARRY_OVER: _("Nobody who was not reached there is left to be carried over."),
    Refusal.CANNOT_UNDO: _("This can no longer be undone."),
    Refusal.MAY_NOT_PRESIDE: _("Only a moderator or the secretariat can preside."),
    Refusal.NOT_NOW: _("This is not possible at the moment."),
    Refusal.ID_IN_USE: _("This was sent before with other content."),
    Refusal.LOOSER_ATTRIBUTION: _("Attribution can only become stricter once somebody has spoken."),
    Refusal.WRONG_CODE: _("No meeting has this code. Please compare it with the screen in the room."),
    Refusal.REVOKED: _("This link is no longer valid. Please ask the secretariat for a new one."),
    Refusal.NOT_SIGNED_IN: _("You are not signed in."),
    Refusal.NAME_REQUIRED: _("Please enter your name."),
    Refusal.FOREIGN_ORIGIN: _("This was sent from a page that does not belong to the meeting."),
    Refusal.TOO_MANY_CONNECTIONS: _("You are connected on too many devices or tabs. Close one, then try again."),
    Refusal.NOT_RECORDED: _("The server could not save this, so nothing was changed. Please try again."),
    Refusal.UNEXPECTED: _("Something went wrong on the server. Please try again, or tell the secretariat."),
}

_BECAUSE: Final[Mapping[NotEligible, str]] = {
    NotEligible.ROLE: _("Your role follows the poll without an answer of its own."),
    NotEligible.CAME_LATER: _("You came in after this poll had opened. Who takes part was fixed then."),
    NotEligible.IN_ROOM: _("Those in the room answer by show of hands: raise yours when the moderator asks."),
    NotEligible.NO_DELEGATION: _(
        "This poll is answered by delegations, and your entry named no organisation when it opened."
        " The secretariat can help for the next one."
    ),
    NotEligible.NOT_NAMED: _("You are not among those asked: who takes part was fixed when the poll opened."),
}


def languages() -> tuple[str, ...]:
    """Return the languages that the program speaks, English first."""
    return (SOURCE_LANGUAGE, *sorted(_catalogues()))


def is_draft(lang: str) -> bool:
    """Return whether nobody who speaks the language has read its catalogue yet."""
    found = _catalogues().get(lang)
    return isinstance(found, gettext.GNUTranslations) and found.info().get("language-team", "").startswith("draft")


def own_name(lang: str) -> str:
    """Return what a language calls itself."""
    return _OWN_NAMES.get(lang, lang)


def for_reader(*, chosen: str | None, accept_language: str | None, spoken: str | None) -> str:
    """Return the language of a reader: the one chosen, else what their browser asks for, else the one that they speak."""
    if chosen is not None and chosen in languages():
        return chosen
    return choose(accept_language, None if accept_language else spoken)


def choose(accept_language: str | None, wished: str | None) -> str:
    """Return the best language that there is: the wished one, else by the browser's `Accept-Language`, else English."""
    available = frozenset(languages())
    for tag in (wished or "", *_preferred(accept_language or "")):
        primary = tag.partition("-")[0].lower()
        if primary in available:
            return primary
    return SOURCE_LANGUAGE


def direction(lang: str) -> str:
    """Return the way in which the language is written: `ltr` or `rtl`."""
    return "rtl" if lang.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def gettext_for(lang: str) -> gettext.NullTranslations:
    """Return the catalogue of `lang`, whose `gettext` and `ngettext` give English back where there is no other."""
    return _catalogues().get(lang, _ENGLISH)


def sentence(refusal: Refusal, lang: str, because: str = "") -> str:
    """Return why something is refused, in a whole sentence for the person who tried; `because` as the refusal has it."""
    said = _BECAUSE[NotEligible(because)] if because else _SENTENCES[refusal]
    return gettext_for(lang).gettext(said)


def read_catalogues(folder: Path) -> Mapping[str, gettext.NullTranslations]:
    """Return the compiled catalogues under `folder`, by language."""
    found = {file.parent.parent.name: file for file in folder.glob("*/LC_MESSAGES/messages.mo")}
    return {language: _read(file) for language, file in found.items()}


_ENGLISH: Final = gettext.NullTranslations()


@functools.cache
def _catalogues() -> Mapping[str, gettext.NullTranslations]:
    return read_catalogues(places.translations_folder())


def _read(file: Path) -> gettext.GNUTranslations:
    with file.open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def _preferred(accept_language: str) -> list[str]:
    """Return the tags of an `Accept-Language` header, the best first; what is not understood is left out."""
    found = [_TAG.fullmatch(part) for part in accept_language.split(",")[:_MOST_PREFERENCES]]
    weighed = [(float(each[2] or 1), each[1]) for each in found if each is not None]
    return [tag for weight, tag in sorted(weighed, key=lambda each: -each[0]) if weight]
