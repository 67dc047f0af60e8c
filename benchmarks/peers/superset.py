"""A chart of Apache Superset on PostgreSQL after a filter never seen before, and whole pages of ours beside it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import psycopg
import requests

from benchmarks.bars import Line, milliseconds, times
from benchmarks.pages import PAGES, never_seen
from benchmarks.peers import environment
from benchmarks.peers.filters import HERE, PATIENCE, beside
from benchmarks.peers.filters_here import fill
from benchmarks.peers.flat import Ask, answer_all, asked, expressions
from benchmarks.peers.protocol import Array, answered
from tests import postgresql, serving

Json = Any  # what an answer holds is Superset's to say
JSON = {"Content-Type": "application/json"}
REQUIREMENTS = "superset"
ROWS = 50_000  # of an answer, at most
STARTS_WITHIN = 300  # seconds
CONFIGURATION = """
SECRET_KEY = {key!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///{folder}/superset.db"
WTF_CSRF_ENABLED = TALISMAN_ENABLED = False
"""


class Running(NamedTuple):
    """A running Superset: its address, and who asks."""

    address: str
    session: requests.Session

    def post(self, path: str, **content: object) -> dict[str, Json]:
        """What it answers; RuntimeError with its own words where it refuses."""
        said = json.dumps(content)
        answer = self.session.post(f"{self.address}/api/v1/{path}", said, headers=JSON, timeout=STARTS_WITHIN)
        if not answer.ok:
            raise RuntimeError(f"Superset refused {path}: {answer.text[:150]}")
        found: dict[str, Json] = answer.json()
        return found


def measure(database: str, grown: str, size: int) -> Iterator[str]:
    """The lines: each question as a chart of Superset, then our pages over as many activities with all their links."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            environment.run(sys.executable, HERE, name, "ours", str(size), database, seconds=PATIENCE)
            python = environment.python(REQUIREMENTS)
            with postgresql.cluster() as cluster:
                url = cluster.fresh_database()
                with psycopg.connect(url, autocommit=True) as connection:
                    fill(connection, folder)
                with running(python, folder, url) as superset:
                    answer_all(folder, "Superset", _version(python), ask(superset, folder))
        except (RuntimeError, TimeoutError, subprocess.CalledProcessError) as error:
            yield str(Line(1, "beside Superset", "", f"not measured: {error}"))
            return
        theirs = answered(folder, "Superset")
        yield from map(str, beside("Superset", answered(folder, "ours"), theirs, folder, size))
    chart = theirs.seconds["one count"]
    with tempfile.TemporaryDirectory() as name, serving.monitor(grown, Path(name)) as server:
        for page in PAGES:
            page_median = median(never_seen(server, page).seconds)
            told = f"Superset's single count {milliseconds(chart)}, {times(page_median, chart)}"
            what = f"{size:,}: {page}, a whole page, filter never seen before, median"
            yield str(Line(1, what, milliseconds(page_median), told, "less", page_median < chart))


@contextmanager
def running(python: Path, folder: Path, url: str) -> Iterator[Running]:
    """Superset with this database, one process of eight threads, signed in as its administrator."""
    configuration, password = folder / "superset_config.py", token_hex(16)
    configuration.write_text(CONFIGURATION.format(key=token_hex(32), folder=folder))
    variables = {**os.environ, "SUPERSET_CONFIG_PATH": str(configuration), "FLASK_APP": "superset.app:create_app()"}
    person = ("--username", "admin", "--firstname", "a", "--lastname", "b", "--email", "admin@example.org")
    for arguments in (
        ("db", "upgrade"),
        ("fab", "create-admin", *person, "--password", password),
        ("init",),
        ("set-database-uri", "-d", "flat", "-u", url.replace("postgresql://", "postgresql+psycopg2://")),
    ):
        command = [str(python.with_name("superset")), *arguments]
        subprocess.run(command, env=variables, cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
    port = serving.free_port()
    served = ["-w", "1", "-k", "gthread", "--threads", "8", "--timeout", "300", "-b", f"127.0.0.1:{port}"]
    command = [str(python.with_name("gunicorn")), *served, "superset.app:create_app()"]
    with (folder / "superset.log").open("wb") as log:
        process = subprocess.Popen(command, env=variables, cwd=folder, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_healthy(process, address)
        yield _signed_in(address, password)
    finally:
        process.terminate()
        process.wait()


def _signed_in(address: str, password: str) -> Running:
    session = requests.Session()
    session.trust_env = False
    superset = Running(address, session)
    token = superset.post("security/login", username="admin", password=password, provider="db", refresh=True)
    session.headers["Authorization"] = f"Bearer {token['access_token']}"
    return superset


def ask(superset: Running, folder: Path) -> Ask:
    """A chart's data as a browser asks for it, of a data set on the flat table, past every cache."""
    dataset = superset.post("dataset/", database=1, schema="public", table_name="flat")["id"]
    added = asked(folder)["added"]

    def one(question: str, countries: Sequence[int]) -> Mapping[str, Array]:
        metrics = [
            {"expressionType": "SQL", "sqlExpression": expression, "label": name}
            for name, expression in expressions(question, added).items()
        ]
        query = {
            "columns": ["department", "year"],
            "metrics": metrics,
            "filters": [{"col": "country", "op": "IN", "val": list(countries)}],
            "row_limit": ROWS,
        }
        source = {"id": dataset, "type": "table"}
        content = superset.post("chart/data", datasource=source, force=True, queries=[query], result_format="json")
        rows = content["result"][0]["data"]
        return {
            name: np.array([row[name] for row in rows])
            for name in ("department", "year", *(m["label"] for m in metrics))
        }

    return one


def _version(python: Path) -> str:
    said = "import importlib.metadata as m; print(m.version('apache-superset'))"
    return subprocess.run([str(python), "-c", said], capture_output=True, text=True, check=True).stdout.strip()


def _wait_until_healthy(process: "subprocess.Popen[bytes]", address: str) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"Superset ended with code {process.returncode} before it answered")
        try:
            requests.get(f"{address}/health", timeout=2).raise_for_status()
            return
        except requests.RequestException:
            time.sleep(0.5)
    raise TimeoutError(f"Superset did not answer within {STARTS_WITHIN} s")
