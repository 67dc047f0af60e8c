"""The promise on sign-in, and that it is not kept without each of its guards."""

from collections.abc import Mapping

import pytest

from assurance.sign_in import CASES, Shown, try_cookies


def let_in(shown: Mapping[str, Shown]) -> set[str]:
    return {case for case, one in shown.items() if one.canary}


def test_no_cookie_shows_anything_but_the_readers_own_of_today() -> None:
    shown = try_cookies()
    assert let_in(shown) == set()
    assert list(shown) == list(CASES)
    assert len(CASES) == 8
    assert max(one.reruns for one in shown.values()) == 1


@pytest.mark.parametrize(
    ("guard", "cases"),
    [
        ("logins_never_end", ("replayed after sign-out", "older than 12 hours")),
        ("any_page_uses_a_cookie", ("replayed in another browser",)),
        ("a_subject_is_enough", ("another issuer",)),
    ],
)
def test_without_a_guard_the_promise_is_not_kept(guard: str, cases: tuple[str, ...]) -> None:
    assert let_in(try_cookies(cases, guard_off=guard)) == set(cases)
