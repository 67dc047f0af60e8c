"""How it is settled who reads: by signing in, by choosing in a demonstration, or by being on one's own machine."""

from collections.abc import Mapping
from typing import Literal, get_args

VARIABLE = "MONITOR_READERS"
LOOPBACK = ("127.0.0.1", "localhost")
Mode = Literal["sign-in", "demonstration", "local"]
MODES: tuple[Mode, ...] = get_args(Mode)
SIGN_IN: Mode = "sign-in"


def mode_of(environment: Mapping[str, str]) -> Mode:
    """The mode that `MONITOR_READERS` names; whatever it does not know means that readers sign in."""
    said = environment.get(VARIABLE, "").strip().lower()
    return next((mode for mode in MODES if mode == said), SIGN_IN)


def hosts_named(value: str) -> list[str]:
    """The hosts of `MONITOR_HOSTS`."""
    return [host for host in (part.strip() for part in value.split(",")) if host]


def in_the_open(address: str, environment: Mapping[str, str]) -> bool:
    """Whether others than this machine's own users reach it: it listens on a network, or a proxy names it."""
    return address not in LOOPBACK or bool(hosts_named(environment.get("MONITOR_HOSTS", "")))
