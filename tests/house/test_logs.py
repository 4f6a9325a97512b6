import io
import logging
import re

import pytest

from companion import logs


@pytest.fixture
def written() -> io.StringIO:
    stream = io.StringIO()
    logs.set_up("info", stream)
    return stream


def after_time(stream: io.StringIO) -> list[str]:
    return [re.sub(r"^at=\S{24} ", "", line) for line in stream.getvalue().splitlines()]


def test_a_line_says_when_how_bad_and_where(written: io.StringIO) -> None:
    logs.Log("companion.live").info("joined", session="s1", sockets=3)
    assert re.fullmatch(
        r"at=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=info from=companion\.live event=joined session=s1 sockets=3\n",
        written.getvalue(),
    )


def test_what_is_below_the_level_is_left_out(written: io.StringIO) -> None:
    log = logs.Log("companion.live")
    log.debug("detail")
    log.warning("slow_client")
    assert after_time(written) == ["level=warning from=companion.live event=slow_client"]


def test_no_value_can_forge_a_line(written: io.StringIO) -> None:
    logs.Log("companion.web").info("refused", path='/x\nat=1 level=error "q"')
    assert after_time(written) == [
        'level=info from=companion.web event=refused path="/x\\nat=1 level=error \\"q\\""',
    ]


def test_an_error_brings_its_traceback(written: io.StringIO) -> None:
    nothing: dict[str, str] = {}
    try:
        nothing["k"]
    except KeyError:
        logs.Log("companion.web").error("unexpected", incident="i1")
    lines = after_time(written)
    assert lines[0] == "level=error from=companion.web event=unexpected incident=i1"
    assert lines[-1] == "KeyError: 'k'"


def test_an_error_without_an_exception_is_one_line(written: io.StringIO) -> None:
    logs.Log("companion.web").error("no_room_left")
    assert after_time(written) == ["level=error from=companion.web event=no_room_left"]


def test_lines_of_libraries_become_events(written: io.StringIO) -> None:
    logging.getLogger("engineio").warning("%s is gone", "socket 3")
    assert after_time(written) == ['level=warning from=engineio event="socket 3 is gone"']


def test_setting_up_again_writes_once(written: io.StringIO) -> None:
    again = io.StringIO()
    logs.set_up("warning", again)
    logs.Log("companion.web").warning("twice")
    assert (len(written.getvalue()), len(again.getvalue().splitlines())) == (0, 1)
