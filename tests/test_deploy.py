"""The files of `deploy/` hold what they promise, as far as that can be tried without a container or a service."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import HOME, NOT_RUNNING, ROOMS

DEPLOY = HOME / "deploy"
DOCKERFILE = re.sub(r"\\\n", " ", (DEPLOY / "Dockerfile").read_text("utf-8"))
IGNORED = (HOME / ".dockerignore").read_text("utf-8").splitlines()
LARGEST_EXPOSURE = 2.0  # of 10, as systemd-analyze counts it


def instructions(name: str) -> list[str]:
    return re.findall(rf"^\s*{name} (.*)$", DOCKERFILE, re.MULTILINE)


def copied() -> list[tuple[list[str], str]]:
    """What is copied from the repository, and whereto."""
    words = [line.split() for line in instructions("COPY") if not line.startswith("--from")]
    return [(line[:-1], line[-1]) for line in words]


def test_the_image_holds_every_room_that_runs_and_nothing_else() -> None:
    sources = {source for names, _ in copied() for source in names}
    rooms = {f"{room}.py" if (HOME / f"{room}.py").exists() else room for room in set(ROOMS) - set(NOT_RUNNING)}
    beside = {"requirements.lock", "static", ".streamlit/config.toml"}
    assert sources == rooms | beside
    assert [source for source in sources if not (HOME / source).exists()] == []
    assert {line[1:] for line in IGNORED if line.startswith("!")} == sources
    assert "*" in IGNORED


def test_the_image_runs_as_nobody_special_and_holds_no_secret() -> None:
    assert instructions("USER") == ["monitor"]
    assert "secret" not in " ".join(instructions("ENV")).lower()
    assert "KEY" not in " ".join(instructions("ENV"))
    assert "/live" in instructions("HEALTHCHECK")[0]


def test_what_is_copied_is_enough_to_run_from_a_folder_that_is_only_read(tmp_path: Path) -> None:
    application, data = tmp_path / "application", tmp_path / "data"
    data.mkdir(mode=0o700)
    for sources, target in copied():
        for source in sources:
            place = application / (source if target == "./" else target)
            place.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (HOME / source).is_dir() else shutil.copy)(HOME / source, place)
    before = sorted(application.rglob("*"))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")},
        "HOME": str(data),
        "DATABASE_URL": f"sqlite:///{data / 'monitor.db'}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    for command, status, said in (
        ("prepare", 0, ""),
        ("serve --address 0.0.0.0 --port 8501", 1, "MONITOR_HOSTS"),  # which nobody has named yet
    ):
        done = subprocess.run(
            [sys.executable, "manage.py", *shlex.split(command)],
            cwd=application,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr
        assert said in done.stderr
    assert sorted(application.rglob("*")) == before
    assert (data / "monitor.db").exists()


def test_the_health_check_of_the_image_asks_a_running_monitor(served: str) -> None:
    (said,) = re.findall(r'"-c", "(.*?)"\]', instructions("HEALTHCHECK")[0] + DOCKERFILE.split("HEALTHCHECK")[1])[:1]
    for address, fine in ((served, True), ("http://127.0.0.1:1", False)):
        script = said.replace("http://127.0.0.1:8501", address)
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
        assert (done.returncode == 0) == fine


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with the place of this repository in them."""
    for name, target in (
        ("monitor.service", "monitor@8501.service"),
        ("monitor-backup.service", "monitor-backup.service"),
        ("monitor-backup.timer", "monitor-backup.timer"),
        ("monitor-retention.service", "monitor-retention.service"),
        ("monitor-retention.timer", "monitor-retention.timer"),
    ):
        text = (DEPLOY / name).read_text("utf-8")
        text = text.replace("/opt/monitor/.venv/bin/python", sys.executable).replace("/opt/monitor", str(HOME))
        (tmp_path / target).write_text(text)
    return tmp_path


def test_systemd_understands_the_units(units: Path) -> None:
    for unit in (unit.name for unit in units.iterdir()):
        command = ["systemd-analyze", "verify", str(units / unit)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert [line for line in done.stderr.splitlines() if "monitor" in line] == []


@pytest.mark.parametrize("unit", ["monitor@8501.service", "monitor-backup.service", "monitor-retention.service"])
def test_systemd_finds_the_services_hardly_exposed(units: Path, unit: str) -> None:
    command = ["systemd-analyze", "security", "--offline=true", str(units / unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (exposure,) = re.findall(r"Overall exposure level .*: ([0-9.]+)", done.stdout)
    assert float(exposure) <= LARGEST_EXPOSURE
