"""A record can be read by everybody: on paper it is one page, on a phone and with large letters as well."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from companion.core.procedure import AttributionMode
from companion.record import as_html
from companion.record.model_documents import Notes
from tests.accessibility.browsing import LAPTOP
from tests.accessibility.looking import Looking
from tests.record.floor import discussed, with_modes
from tests.record.floor import record_of as record_of_the_floor
from tests.record.put_forward import played as put_forward
from tests.record.rounds_of_polls import played as asked_twice
from tests.record.whole import played, record_of

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(browser: Browser, tmp_path: Path, language: str) -> None:
    records = {
        "floor": record_of_the_floor(discussed()),
        "floor of nobody": record_of_the_floor(discussed(with_modes(AttributionMode.NON_ATTRIBUTED))),
        "texts": record_of(played(), Notes.ALL),
        "texts put forward": record_of(put_forward()),
        "a poll in two rounds": record_of(asked_twice()),
    }
    looking = Looking()
    page = browser.new_page(viewport=LAPTOP)
    for name, record in records.items():
        file = tmp_path / f"{name}.html"
        file.write_bytes(as_html.write(record, language))
        page.goto(file.as_uri())
        looking.look_as_it_is(page, name)
    page.close()
    looking.assert_nothing_wrong()
