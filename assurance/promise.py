"""What a promise is, and what trying it gave."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Outcome(NamedTuple):
    """What was `tried`, in numbers (`5,120 probes as 7 readers`), and what came of it (`foreign canaries 0`).

    `kept` is None where the promise could not be tried here; `result` then says why.
    """

    tried: str
    result: str
    kept: bool | None


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One promise. `attempt` tries it in full and judges it; what it needs (databases, servers) it starts itself.

    `explanation` is one sentence for whoever reads the table: how it is tried, and what would break it.
    """

    number: int
    promise: str
    explanation: str
    attempt: Callable[[], Outcome]

    @property
    def code(self) -> str:
        return f"P{self.number}"
