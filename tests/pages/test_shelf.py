"""The shelf of files that pages offer: what a link is worth, for how long, and how much is kept."""

import pytest
from streamlit import config

from pages.parts.shelf import LIFE, OF_ONE_TAB, File, Shelf, address


class Watched(Shelf):
    """A shelf with a clock that stands still until it is moved, and tabs that are open until they are closed."""

    def __init__(self, **limits: int) -> None:
        self.now, self.open = 0.0, {"tab"}
        super().__init__(self.open.__contains__, clock=lambda: self.now, **limits)


def file(size: int = 1) -> File:
    return File(name="a.csv", mime="text/csv", make=lambda: b"a", size=size)


@pytest.fixture
def kept() -> Watched:
    return Watched()


def test_a_link_leads_to_its_file_as_often_as_it_is_asked_for(kept: Watched) -> None:
    token = kept.put(file(), owner="somebody", tab="tab")
    for _ in range(2):
        taken = kept.take(token)
        assert taken is not None
        assert (taken.file.make(), taken.owner) == (b"a", "somebody")


def test_no_two_links_are_alike(kept: Watched) -> None:
    assert len({kept.put(file(), owner="somebody", tab="tab") for _ in range(9)}) == 9


def test_a_link_that_was_altered_anywhere_leads_nowhere(kept: Watched) -> None:
    token = kept.put(file(), owner="somebody", tab="tab")
    for place, sign in enumerate(token):
        assert kept.take(token[:place] + ("1" if sign == "0" else "0") + token[place + 1 :]) is None
    assert [kept.take(other) for other in ("", token[:-1], token + "0", "é" * 64, token.upper())] == [None] * 5


def test_the_link_of_another_process_leads_nowhere(kept: Watched) -> None:
    assert Watched().take(kept.put(file(), owner="somebody", tab="tab")) is None


def test_a_link_lives_as_long_as_its_tab_and_ten_minutes_beyond(kept: Watched) -> None:
    token = kept.put(file(), owner="somebody", tab="tab")
    kept.now = 10 * LIFE
    assert kept.take(token) is not None
    kept.open.clear()
    assert kept.take(token) is None
    kept.now = LIFE - 1
    assert kept.take(token) is not None


def test_what_nobody_can_ask_for_any_more_is_let_go(kept: Watched) -> None:
    for tab in ("tab", "other"):
        kept.put(file(), owner="somebody", tab=tab)
    kept.now = LIFE
    kept.put(file(), owner="somebody", tab="tab")
    assert [one.tab for one in kept._kept.values()] == ["tab", "tab"]


def test_a_tab_keeps_its_newest_links(kept: Watched) -> None:
    other = kept.put(file(), owner="somebody", tab="other")
    tokens = [kept.put(file(), owner="somebody", tab="tab") for _ in range(OF_ONE_TAB + 2)]
    assert [kept.take(token) is None for token in tokens[:3]] == [True, True, False]
    assert kept.take(other) is not None


@pytest.mark.parametrize("limits", [{"most": 2}, {"most_bytes": 20}])
def test_what_was_offered_longest_ago_makes_room(limits: dict[str, int]) -> None:
    kept = Watched(**limits)
    tokens = [kept.put(file(10), owner="somebody", tab="tab") for _ in range(3)]
    assert [kept.take(token) is None for token in tokens] == [True, False, False]
    large = kept.put(file(1_000), owner="somebody", tab="tab")
    assert kept.take(large) is not None


@pytest.mark.parametrize(
    ("base", "asked"), [("", "/export/t"), ("monitor", "/monitor/export/t"), ("/a/b/", "/a/b/export/t")]
)
def test_the_address_is_right_behind_a_path_of_a_proxy(base: str, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "get_option", {"server.baseUrlPath": base}.get)
    assert address("t") == asked
