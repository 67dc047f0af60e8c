"""Whether a mutated file that is accepted means, cell by cell, what another reader says it holds."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple

from data_access.engine import as_whole, connect, reading
from data_access.files.csv_file import csv_rows
from data_access.files.text_rows import UnreadableError
from data_access.files.xlsx_file import xlsx_rows
from data_access.imports.activities import ACTIVITIES
from data_access.imports.check import Table
from data_access.imports.columns import Row
from data_access.imports.known import Known, known_to
from data_access.imports.report import Remarks
from data_access.imports.told import Told
from data_access.partners import Organization, registry
from tests.data_access.files.independent import Said, csv_says, xlsx_says
from tests.data_access.files.mutations import mutated_csv, mutated_xlsx
from tests.data_access.imports.conftest import INDICATORS, add_departments
from tests.prepared import prepare_file

_DAY = re.compile(r"(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})(?:[T ].*)?", re.ASCII)


class Tally(NamedTuple):
    """What became of the mutations of one format; `different` says where an accepted one means something else."""

    accepted: int
    refused: int
    different: tuple[str, ...]


def tally(known: Known, ending: str, seeds: range) -> Tally:
    """Mutates the good file once for each seed."""
    mutate, read = (mutated_csv, csv_says) if ending == ".csv" else (mutated_xlsx, xlsx_says)
    accepted, different = 0, []
    for seed in seeds:
        content, encoding = mutate(Random(seed))  # noqa: S311  to be had again
        rows = accepted_rows(known, ending, content)
        if rows is not None:
            accepted += 1
            different += [f"{ending} {seed}: {one}" for one in differences(rows, read, content, encoding)]
    return Tally(accepted, len(seeds) - accepted, tuple(different))


def accepted_rows(known: Known, ending: str, content: bytes) -> Sequence[Row] | None:
    """The rows of a file as they would be stored; nothing where it is refused."""
    remarks, file = Remarks(), BytesIO(content)
    try:
        if ending == ".csv":
            rows = Table(ACTIVITIES, known, remarks, Told(indicators={})).rows(csv_rows(file, remarks.notice, _unheard))
        else:
            rows = Table(ACTIVITIES, known, remarks, Told(indicators={})).rows(
                xlsx_rows(file, (), remarks.notice, _unheard)
            )
    except UnreadableError:
        return None
    return None if remarks.has_errors else rows


def _unheard(_done: float) -> None:
    pass


def differences(rows: Sequence[Row], read: Callable[[bytes, str], Said], content: bytes, encoding: str) -> list[str]:
    """Where what is accepted is not what the other reader says."""
    try:
        said = read(content, encoding)
    except (ValueError, KeyError, IndexError, SyntaxError) as error:
        return [f"the other reader cannot read it: {error!r}"]
    if len(said) != len(rows):
        return [f"{len(rows)} rows were accepted of {len(said)}"]
    return [
        f"{row.number} {column}: {value!r} is not {text!r}"
        for row, texts in zip(rows, said, strict=True)
        for column, value in row.values.items()
        if not means(column, value, text := _under(column, texts))
    ]


def _under(column: str, texts: Mapping[str, str]) -> str:
    japanese = {one.name: one.name_ja.casefold() for one in ACTIVITIES.columns}
    return texts.get(column, texts.get(japanese[column], "")).strip()


def means(column: str, value: object, text: str) -> bool:
    """Whether a value is what a text says, by rules of its own."""
    if text == "":
        return value == {"source": "file", "currency": "JPY"}.get(column, "") or value in (None, ())
    parts = [part.strip() for part in text.split(";") if part.strip()]
    match value:
        case date():
            found = _DAY.fullmatch(text)
            return found is not None and value == date(*map(int, found.groups()))
        case int() | float():
            return value == float(text)
        case str():
            return value == text
        case tuple() if column == "departments":
            shares = [part.partition(":") for part in parts]
            return value == tuple(sorted((c.strip(), float(s) if colon else 1 / len(parts)) for c, colon, s in shares))
        case tuple() if column == "partners":
            return sorted(map(_named, value)) == sorted({_partner(part) for part in parts})
        case tuple() if column == "sdgs":
            return value == tuple(sorted(set(map(int, parts))))
        case tuple():
            return sorted(map(str, value)) == sorted(set(parts))
    return False


def _named(partner: Organization) -> str:
    return partner.ror_id or f"{partner.name_en} @ {partner.country}"


def _partner(text: str) -> str:
    if "@" not in text:
        return "https://ror.org/" + text.rpartition("/")[2].lower()
    name, _, country = text.rpartition("@")
    return f"{name.strip()} @ {country.strip()}"


def known_for(path: Path) -> Known:
    """What a database knows that holds no more than the departments ENG, SCI and ENG-M."""
    engine = connect(prepare_file(path))
    add_departments(engine)
    with reading(engine) as connection:
        as_whole(connection)
        known = known_to(connection, Told(indicators=INDICATORS), registry=registry(), source="file")
    engine.dispose()
    return known
