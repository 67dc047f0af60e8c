"""P3: no cached figure crosses rights: what is cached is found in the code, judged, and asked for by two at once."""

import ast
import dataclasses
import random
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from importlib import import_module
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd

from metrics.ledger import Ledger
from tests import house

DECORATORS = ("cache_data", "cache_resource")
OF_THE_OTHERS = ("Ledger", "Engine", "Indicator", "tuple[Indicator, ...]")  # left out of a key, as it follows from it
FRAMES = ("DataFrame", "Series", "ndarray")
OF_THE_READER = (
    *("reader", "records", "indicators", "indicators_of", "goals", "figures", "peers", "ledger", "own_ledger"),
    *("current_language", "say", "leaves", "departments", "offered"),
)
THREADS = 8


class Cached(Protocol):
    """What Streamlit makes of a cached function."""

    __wrapped__: Callable[..., object]

    def __call__(self, *arguments: object) -> object: ...

    def clear(self) -> None: ...


class Function(NamedTuple):
    """One cached function: where it stands, and its tree."""

    module: str  # pages/parts/data.py
    node: ast.FunctionDef

    @property
    def name(self) -> str:
        """`data.ledger_of`, `change.asked._splits`: its module below pages/parts, and its own name."""
        return f"{self.module.removesuffix('.py').replace('/', '.').removeprefix('pages.parts.')}.{self.node.name}"

    def loaded(self) -> Cached:
        made: Cached = getattr(import_module(self.module.removesuffix(".py").replace("/", ".")), self.node.name)
        return made


def cached_functions(modules: Sequence[house.Module] | None = None) -> list[Function]:
    """Every cached function of the monitor, in the order of the files."""
    return [
        Function(module.path, node)
        for module in (house.modules() if modules is None else modules)
        for node in module.nodes
        if isinstance(node, ast.FunctionDef) and any(_caches(one) for one in node.decorator_list)
    ]


def _caches(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in DECORATORS


def faults(function: Function) -> list[str]:
    """What in a cached function may let one reader have what was made for another."""
    found = []
    for argument in (*function.node.args.args, *function.node.args.kwonlyargs):
        said = ast.unparse(argument.annotation) if argument.annotation else ""
        if argument.arg.startswith("_") and said not in OF_THE_OTHERS:
            found.append(f"{argument.arg}: {said or 'anything'} is left out of the key and does not follow from it")
        if any(frame in said for frame in FRAMES):
            found.append(f"{argument.arg}: of a long {said} the key holds a sample")
    for node in (one for statement in function.node.body for one in ast.walk(statement)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "st" or (node.value.id == "data" and node.attr in OF_THE_READER):
                found.append(f"{node.value.id}.{node.attr} belongs to who asks first")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OF_THE_READER:
            found.append(f"{node.func.id} belongs to who asks first")
    return found


class Rounds(NamedTuple):
    """What came of asking: how often, and each answer that was not the asker's."""

    asked: int
    mismatches: tuple[str, ...]


def two_identities(name: str, function: Cached, asked: Mapping[str, tuple[object, ...]], rounds: int) -> Rounds:
    """One cached function, asked by several identities in every order, then by eight threads at once.

    What each must get is what the function gives without its cache.
    """
    one_for_all = len({repr(arguments) for arguments in asked.values()}) == 1
    first = next(iter(asked))
    wanted = {who: digest(function.__wrapped__(*asked[who])) for who in ([first] if one_for_all else asked)}
    wrong: list[str] = []
    count, lock = 0, threading.Lock()

    def ask(who: str) -> None:
        nonlocal count
        got = digest(function(*asked[who]))
        with lock:
            count += 1
            if got != wanted.get(who, wanted[first]):
                wrong.append(f"{name} as {who}")

    for order in [list(asked), *([] if one_for_all else [list(asked)[::-1]])]:
        function.clear()
        for who in (*order, *order):
            ask(who)
    chance = random.Random(name)  # noqa: S311  the same on any machine
    function.clear()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(ask, chance.choices(list(asked), k=max(0, rounds - count))))
    return Rounds(count, tuple(wrong))


def digest(value: object) -> str:
    """The same for two values that say the same, whatever they are made of."""
    hashed = blake2b(digest_size=16)
    for part in _parts(value, 0):
        hashed.update(part)
    return hashed.hexdigest()


def _parts(value: object, depth: int) -> Iterator[bytes]:
    yield type(value).__name__.encode()
    if depth > 6:
        return
    match value:
        case pd.DataFrame():
            yield value.to_json(default_handler=str, date_format="iso").encode()
        case np.ndarray():
            yield np.ascontiguousarray(value).tobytes() if value.dtype != object else repr(value.tolist()).encode()
        case Ledger():
            yield value.activity_ids.whole.tobytes()
        case dict():
            for key, one in value.items():
                yield repr(key).encode()
                yield from _parts(one, depth + 1)
        case list() | tuple():
            for one in value:
                yield from _parts(one, depth + 1)
        case set() | frozenset():
            yield repr(sorted(map(repr, value))).encode()
        case str() | int() | float() | None:
            yield repr(value).encode()
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            for one in dataclasses.fields(value):
                yield from _parts(getattr(value, one.name), depth + 1)
        case _:
            yield str(getattr(value, "url", type(value))).encode()
