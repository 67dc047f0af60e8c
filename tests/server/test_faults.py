"""When a page fails, the reader gets a sentence with a number, the log has the rest, and no byte more goes out."""

import json
import re

import pytest

from benchmarks.tab import Tab
from serving.faults import ALPHABET, BROKEN, reference
from tests.server.wire import ask, rerun, run, said, tab
from tests.serving import Server
from vocabulary.text import LANGUAGES, Language

CANARY = b"CANARY-93417"
NUMBER = rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}"


def lines(server: Server) -> list[dict[str, str]]:
    """What the server logged."""
    return [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", ["script", "fragment", "column"])
def test_the_reader_gets_a_number_that_finds_the_fault_in_the_log(
    guarded: Server, how: str, language: Language
) -> None:
    with tab(guarded.address) as connection:
        messages, raw = run(connection, rerun("broken", f"fail={how}&language={language}"))
    (number,) = re.findall(NUMBER, said(messages)[-1])
    assert said(messages)[-1] == BROKEN.said_in(language).format(reference=number)
    assert CANARY not in raw
    assert b"Traceback" not in raw
    assert b"ValueError" not in raw
    (logged,) = [line for line in lines(guarded) if line.get("reference") == number]
    assert logged["event"] == "page_failed"
    assert logged["level"] == "error"
    assert logged["page"] == "/broken"
    assert logged["exception"] == "ValueError"
    assert CANARY.decode() in logged["stack"]


def test_a_benchmark_does_not_time_a_page_that_failed(guarded: Server) -> None:
    with Tab.opened(guarded.address, fail="script") as failing, pytest.raises(RuntimeError, match="it failed"):
        failing.redraw()


def test_a_callback_that_fails_is_told_in_the_same_way(guarded: Server) -> None:
    with tab(guarded.address) as connection:
        messages, _ = run(connection)
        elements = [message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"]
        (button,) = [element.button.id for element in elements if element.WhichOneof("type") == "button"]
        press = rerun()
        press.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
        messages, raw = run(connection, press)
    assert re.search(NUMBER, " ".join(said(messages)))
    assert CANARY not in raw


def test_every_line_of_the_log_says_when_how_grave_and_what(guarded: Server) -> None:
    ask(guarded.address, "/")
    logged = guarded.log.read_text().splitlines()
    assert all({"time", "level", "event", "said"} <= json.loads(line).keys() for line in logged)


def test_no_number_comes_twice_and_none_is_misread() -> None:
    numbers = {reference() for _ in range(1000)}
    assert len(numbers) == 1000
    assert not set("".join(numbers)) & set("01ILO")
