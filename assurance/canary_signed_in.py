"""A reader of every kind, signed in at a real provider, at the monitor over a canary university."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assurance.canary_readers import Opened, Prober
from assurance.canary_university import departments
from assurance.probing_tab import ProbingTab
from tests.signing_in import cookies_of, give_role, signed_in_monitor

ROLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "nobody": ("", ()),
    "without a role": ("none", ()),
    "head": ("head", ("ENG",)),
    "head of a part": ("head", ("ENGM",)),
    "head of two": ("head", ("GENG", "IMR")),
    "deputy": ("deputy", ("GSCI",)),
    "auditor": ("auditor", ()),
    "president": ("president", ()),
    "office": ("office", ()),
}
WHOLE = ("auditor", "president", "office")


@contextmanager
def signed_in(url: str, folder: Path) -> Iterator[tuple[str, Path, list[Prober]]]:
    """The monitor with sign-in over a canary university: its address, its log, and a reader of every kind."""
    scopes = departments(url)
    with signed_in_monitor(url, folder) as made:
        found = []
        for name, (role, codes) in ROLES.items():
            subject = name.replace(" ", "-")
            if role not in ("", "none"):
                give_role(url, made.issuer, subject, role, *codes)
            cookies = cookies_of(made, subject) if role else {}
            own = None if role in WHOLE else frozenset(code for one in codes for code in scopes[one])
            found.append(Prober(name=name, own=own, opened=_opened(made.address, cookies), cookies=cookies))
        yield made.address, made.server.log, found


def _opened(address: str, cookies: Mapping[str, str]) -> Opened:
    return lambda: ProbingTab.opened(address, "definitions", cookies=cookies, language="en")
