"""The lines of the bars: what was measured, beside what, and whether the bar is met; printed, never asserted."""

from typing import NamedTuple

HEAD = f"{'bar':<4}{'what':<68}{'ours':>14}  {'beside':<48}{'the bar':<30}"
VERDICT = {True: "met", False: "NOT MET", None: ""}


class Line(NamedTuple):
    """One line of the table. `met` is None where there is no bar, or where it could not be tried."""

    bar: int
    what: str
    ours: str
    beside: str = ""  # a peer, its figure and ours as a multiple of it
    promised: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        verdict = ": ".join(filter(None, [self.promised, VERDICT[self.met]]))
        return f"{self.bar:<4}{self.what:<68}{self.ours:>14}  {self.beside:<48}{verdict}".rstrip()


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:,.1f} ms"


def times(ours: float, theirs: float) -> str:
    """Ours as a multiple of theirs."""
    return f"{ours / theirs:,.2f}x" if theirs else "?"
