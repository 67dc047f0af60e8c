"""P7: no cookie but the reader's own of the last twelve hours shows anything; eight ways of coming by one are tried."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value

from assurance.promise import Outcome, Promise
from data_access.engine import connect
from data_access.imports import store_rows
from pages.parts.signing_in import SIGN_OUT
from tests.prepared import prepare_file
from tests.server.wire import button, press, run, tab
from tests.signing_in import (
    USER_COOKIE,
    Cookies,
    SignedInMonitor,
    cookies_of,
    give_role,
    monitor_of,
    provider,
    take_roles_back,
)

CANARY = b"Canary93417"  # stands in the name of the reader's department, and so on every page of hers
HEAD, MAIL = "s-head", "head@example.ac.jp"
MOST_RERUNS = 3
HOUR = 3600
FLIPS = 25  # places of a cookie at which one sign of it is changed


class Shown(NamedTuple):
    """What one way of coming in was shown: whether the canary came, and after how many reruns it was gone."""

    canary: bool
    reruns: int = 0


class World(NamedTuple):
    """A monitor and its folder, and the guard that it stands without, if any."""

    monitor: SignedInMonitor
    folder: Path
    guard_off: str


def looks(monitor: SignedInMonitor, cookies: Cookies | None, **handshake: str | None) -> Shown:
    """What a tab with these cookies gets in its first run."""
    with tab(monitor.address, cookies=cookies, **handshake) as connection:  # type: ignore[arg-type]
        return Shown(CANARY in run(connection)[1])


def worst(shown: Sequence[Shown]) -> Shown:
    return Shown(any(one.canary for one in shown), max(one.reruns for one in shown))


def no_cookie(world: World) -> Shown:
    return looks(world.monitor, None)


def tampered(world: World) -> Shown:
    """One sign of it changed, at places all over it; and half of it."""
    whole = cookies_of(world.monitor, HEAD)
    said = whole[USER_COOKIE]
    step = max(1, len(said) // FLIPS)
    changed = [said[:at] + ("A" if said[at] != "A" else "B") + said[at + 1 :] for at in range(0, len(said) - 1, step)]
    return worst([looks(world.monitor, whole | {USER_COOKIE: one}) for one in (*changed, said[: len(said) // 2])])


def of_another_secret(world: World) -> Shown:
    claims = claims_in(cookies_of(world.monitor, HEAD), world.monitor.cookie_secret)
    return looks(world.monitor, minted(claims, token_hex(32)))


def after_sign_out(world: World) -> Shown:
    """In another tab that was open already, and replayed by whoever copied it."""
    cookies = cookies_of(world.monitor, HEAD)
    with tab(world.monitor.address, cookies=cookies) as one, tab(world.monitor.address, cookies=cookies) as other:
        messages, raw = run(one)
        _need(CANARY in raw and CANARY in run(other)[1], "whoever signs in is to see something")
        run(one, press(button(messages, SIGN_OUT)))
        left = until_gone(lambda: run(other)[1])
    return worst([left, looks(world.monitor, cookies)])


def older_than_twelve_hours(world: World) -> Shown:
    """Signed by us, of claims that the provider made twelve hours ago; those of an hour less are let in."""
    claims, secret = (
        claims_in(cookies_of(world.monitor, HEAD), world.monitor.cookie_secret),
        world.monitor.cookie_secret,
    )
    younger = minted(claims | {"iat": int(time.time()) - 11 * HOUR}, secret)
    _need(looks(world.monitor, younger).canary, "a login of eleven hours is not over")
    return looks(world.monitor, minted(claims | {"iat": int(time.time()) - 12 * HOUR - 1}, secret))


def role_removed(world: World) -> Shown:
    cookies = cookies_of(world.monitor, HEAD)
    with tab(world.monitor.address, cookies=cookies) as connection:
        _need(CANARY in run(connection)[1], "whoever has a role is to see something")
        take_roles_back(world.monitor.database_url)
        left = until_gone(lambda: run(connection)[1])
    again = looks(world.monitor, cookies)
    give_role(world.monitor.database_url, world.monitor.issuer, HEAD, "head", "ENG")
    return worst([left, again])


def in_another_browser(world: World) -> Shown:
    """Without the page's origin, without its token against forged requests, and with another one."""
    cookies = cookies_of(world.monitor, HEAD)
    handshakes: list[dict[str, str | None]] = [{"origin": None}, {"token": ""}, {"token": "f" * 32}]
    return worst([looks(world.monitor, cookies, **handshake) for handshake in handshakes])


def of_another_issuer(world: World) -> Shown:
    """Another issuer says the same subject and the same mail; the same issuer another subject with the same mail."""
    with _elsewhere(world) as there:
        for asked, subject in ((there.provider, HEAD), (world.monitor.provider, "s-other")):
            asked.knows(subject, email=MAIL, name="Head")
        of_another = looks(there, cookies_of(there, HEAD))
    return worst([of_another, looks(world.monitor, cookies_of(world.monitor, "s-other"))])


CASES: Mapping[str, Callable[[World], Shown]] = {
    "none": no_cookie,
    "tampered with": tampered,
    "signed with another secret": of_another_secret,
    "replayed after sign-out": after_sign_out,
    "older than 12 hours": older_than_twelve_hours,
    "role removed": role_removed,
    "replayed in another browser": in_another_browser,
    "another issuer": of_another_issuer,
}


def try_cookies(cases: Sequence[str] = tuple(CASES), guard_off: str = "") -> dict[str, Shown]:
    """What each way of coming by a cookie was shown; `guard_off` is one of `tests/server/altered.py`."""
    with tempfile.TemporaryDirectory() as name, _head_signed_up(Path(name), guard_off) as world:
        return {case: CASES[case](world) for case in cases}


def keep_out() -> Outcome:
    """All eight cases: the promise is kept where none is shown anything, and what ends, ends with the next rerun."""
    shown = try_cookies()
    let_in = [case for case, one in shown.items() if one.canary]
    reruns = max(one.reruns for one in shown.values())
    result = f"{len(shown) - len(let_in)} of {len(shown)} denied, after {reruns} rerun"
    return Outcome(
        f"{len(shown)} cookies: {', '.join(shown)}",
        "; ".join([result, *let_in]),
        kept=not let_in and len(shown) == len(CASES) and reruns == 1,
    )


def until_gone(rerun: Callable[[], bytes]) -> Shown:
    """After how many reruns of an open tab nothing more came."""
    for number in range(1, MOST_RERUNS + 1):
        if CANARY not in rerun():
            return Shown(False, number)
    return Shown(True, MOST_RERUNS)


def claims_in(cookies: Cookies, secret: str) -> dict[str, object]:
    """What a cookie of Streamlit's holds."""
    held = decode_signed_value(secret, USER_COOKIE, cookies[USER_COOKIE].encode())
    said: dict[str, object] = json.loads(held or b"{}")
    _need(bool(said), "the cookie is to be signed with this secret")
    return said


def minted(claims: Mapping[str, object], secret: str) -> dict[str, str]:
    """A cookie that holds these claims, signed as Streamlit signs it."""
    return {USER_COOKIE: create_signed_value(secret, USER_COOKIE, json.dumps(claims)).decode()}


@contextmanager
def _head_signed_up(folder: Path, guard_off: str) -> Iterator[World]:
    """A monitor of a university with a head, who has a role."""
    url = _university(folder / "monitor.db")
    with provider(folder) as asked, monitor_of(asked, url, folder, program=_program(guard_off)) as monitor:
        asked.knows(HEAD, email=MAIL, name="Head")
        give_role(url, monitor.issuer, HEAD, "head", "ENG")
        yield World(monitor, folder, guard_off)


@contextmanager
def _elsewhere(first: World) -> Iterator[SignedInMonitor]:
    """A monitor over the same database, with the same secret, that trusts another issuer."""
    folder = first.folder / "elsewhere"
    folder.mkdir()
    secret, url = first.monitor.cookie_secret, first.monitor.database_url
    with (
        provider(folder) as another,
        monitor_of(another, url, folder, cookie_secret=secret, program=_program(first.guard_off)) as there,
    ):
        yield there


def _program(guard_off: str) -> tuple[str, ...]:
    return ("tests.server.altered", guard_off) if guard_off else ()


def _university(file: Path) -> str:
    """A university with one department, in whose name the canary stands."""
    url = prepare_file(file)
    file.chmod(0o600)
    name = CANARY.decode()
    row = {"code": "ENG", "parent_code": "*", "name_en": f"Faculty of {name}", "name_ja": name, "kind": "faculty"}
    engine = connect(url)
    report = store_rows(engine, "departments", [row], name="departments.csv", indicators={})
    engine.dispose()
    _need(report.status == "stored", "the university is to be stored")
    return url


def _need(holds: bool, why: str) -> None:
    """What a case cannot be judged without; an attempt that fails is a promise that is not met."""
    if not holds:
        raise AssertionError(why)


PROMISES = (
    Promise(
        number=7,
        promise="Only who signed in within twelve hours and has a role sees anything, whatever the cookie says",
        explanation="A real OpenID Connect provider, the monitor and a person with a role; eight ways of coming by a "
        "cookie, and what came back is searched for the name of the person's department. It would fail if the cookie "
        "alone decided, as it holds for thirty days and outlives a sign-out.",
        attempt=keep_out,
    ),
)
