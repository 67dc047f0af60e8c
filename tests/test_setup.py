"""The files that set the monitor up say what they promise: pinned packages, the commands, continuous integration."""

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence

import pytest

from assurance.dependencies import hashes_of, versions
from tests.house import HOME, ROOMS, Module, modules

PINNED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(\[[a-z,]+\])?==(?P<version>[0-9][A-Za-z0-9.+]*)")
LOCKS = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "requirements-dev.lock"}
SETUP = ("constraints.txt", "requirements-audit.lock", "Makefile", "pyproject.toml", ".ci/run", *LOCKS, *LOCKS.values())
LOCAL = r"127\.0\.0\.1|localhost"


def pins(text: str) -> dict[str, str]:
    """Name (as packaging compares names) to version; raises on a line that leaves the version open."""
    found = {}
    for line in filter(None, (line.split("#")[0].strip() for line in text.splitlines())):
        if line.startswith(("-r ", "-c ")):
            continue
        match = PINNED.fullmatch(line)
        if match is None:
            raise ValueError(f"{line!r} is not of the form name==version")
        found[comparable(match["name"])] = match["version"]
    return found


def comparable(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def read(name: str) -> str:
    return (HOME / name).read_text("utf-8")


def distributions_of(sources: Sequence[Module]) -> set[str]:
    """The packages that modules import, by the names they are installed under."""
    packages = importlib.metadata.packages_distributions()
    tops = {name.partition(".")[0] for module in sources for name, _ in module.imports()}
    foreign = tops - sys.stdlib_module_names - set(ROOMS)
    return {comparable(packages[top][0]) if top in packages else f"{top} (not installed)" for top in foreign}


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_to_the_version_of_the_tested_environment(name: str) -> None:
    locked = {comparable(name): version for name, version in versions(HOME / LOCKS[name]).items()}
    assert pins(read(name)).items() <= locked.items() <= pins(read("constraints.txt")).items()
    assert all(hashes_of(HOME / LOCKS[name]).values())


@pytest.mark.parametrize(
    "line", ["streamlit", "streamlit>=1.67", "streamlit==1.*", "git+https://example.org/streamlit"]
)
def test_an_open_requirement_is_found(line: str) -> None:
    with pytest.raises(ValueError, match="not of the form"):
        pins(line)


def test_what_runs_the_monitor_is_declared_and_nothing_else_is() -> None:
    by_name_only = {"psycopg", "uvloop", "authlib", "httpx"}  # SQLAlchemy loads the first, Streamlit the others
    declared, imported = set(pins(read("requirements.txt"))), distributions_of(modules())
    assert imported <= declared
    assert declared <= imported | by_name_only


def test_what_tests_the_monitor_is_declared() -> None:
    paths = [*(HOME / "tests").rglob("*.py"), *(HOME / "benchmarks").rglob("*.py")]
    sources = [Module(path.relative_to(HOME).as_posix(), path.read_text("utf-8")) for path in paths]
    declared = set(pins(read("requirements.txt"))) | set(pins(read("requirements-dev.txt")))
    in_their_own = {f"{peer} (not installed)" for peer in pins(read("benchmarks/peers/requirements.txt"))}
    assert distributions_of(sources) <= declared | {"protobuf"} | in_their_own


def test_a_package_that_is_not_declared_is_found() -> None:
    assert distributions_of([Module("metrics/a.py", "import no_such_package")]) == {"no_such_package (not installed)"}


@pytest.mark.parametrize("name", SETUP)
def test_nothing_that_sets_up_names_a_host(name: str) -> None:
    addresses = re.findall(r"(?:https?|file|ssh)://\S+|--(?:extra-)?index-url\S*|--find-links\S*", read(name))
    assert [address for address in addresses if not re.search(LOCAL, address)] == []


@pytest.mark.parametrize("target", ["run", "test", "check", "bench", "audit", "constraints"])
def test_make_knows_the_command(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=HOME, capture_output=True, text=True, check=False)  # noqa: S607
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("stamp", "lock"), [("run", "requirements.lock"), ("dev", "requirements-dev.lock")])
def test_make_installs_what_is_locked_by_hash_and_nothing_else(stamp: str, lock: str) -> None:
    command = ["make", "--dry-run", "--always-make", f".venv/{stamp}.stamp"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=True)
    assert re.findall(r"pip install .*", done.stdout) == [
        f"pip install --quiet --disable-pip-version-check --require-hashes -r {lock}"
    ]


def test_make_does_not_know_a_command_that_is_not_there() -> None:
    done = subprocess.run(["make", "--dry-run", "no-such-target"], cwd=HOME, capture_output=True, check=False)  # noqa: S607
    assert done.returncode != 0


def test_continuous_integration_runs_make_test_and_stops_at_the_first_failure() -> None:
    assert os.access(HOME / ".ci/run", os.X_OK)
    assert {"set -e", "make test"} <= set(read(".ci/run").splitlines())


def test_the_monitor_is_served_on_loopback_without_telemetry_and_without_details_of_errors() -> None:
    settings = tomllib.loads(read(".streamlit/config.toml"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert set(settings["server"]["allowedHosts"]) == {"localhost", "127.0.0.1"}
    assert settings["server"]["enableAgentApi"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["browser"]["gatherUsageStats"] is False
    assert not {"enableCORS", "enableXsrfProtection"} & set(settings["server"])  # both are on unless switched off


def test_every_setting_of_streamlit_is_one_that_streamlit_knows() -> None:
    from streamlit import config

    known = set(config.get_config_options())
    named = {f"{section}.{key}" for section, entries in _sections().items() for key in entries}
    assert named - known == set()


def _sections() -> dict[str, dict[str, object]]:
    """The settings by dotted section; a table inside a section is a section of its own."""
    found: dict[str, dict[str, object]] = {}

    def walk(name: str, table: dict[str, object]) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(f"{name}.{key}" if name else key, value)
            else:
                found.setdefault(name, {})[key] = value

    walk("", tomllib.loads(read(".streamlit/config.toml")))
    return found
