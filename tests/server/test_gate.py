"""What the monitor refuses to start with, and that it says how to mend it."""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.engine import connect, prepare
from data_access.imports import store_rows
from serving.gate import MUST_BE, Start, refusals, refusals_of_data
from serving.settings import SETTINGS, as_table, wrong_settings
from tests.house import HOME, modules
from tests.serving import free_port

SAFE = {name: value for name, (value, _) in MUST_BE.items()}
NAMED = {"MONITOR_HOSTS": "monitor.example.ac.jp"}


def start(
    address: str = "127.0.0.1",
    environment: dict[str, str] | None = None,
    secrets: Path | None = None,
    **options: object,
) -> Start:
    """A start that is safe but for what is given; `server_enableCORS=` is the option server.enableCORS."""
    given = SAFE | {name.replace("_", ".", 1): value for name, value in options.items()}
    return Start(
        address=address,
        environment=environment or {},
        option=given.get,
        secrets=(secrets,) if secrets else (),
    )


def secrets_file(folder: Path, secret: str, mode: int = 0o600) -> Path:
    file = folder / "secrets.toml"
    file.write_text(f'[auth]\ncookie_secret = "{secret}"\n')
    file.chmod(mode)
    return file


UNSAFE: list[tuple[Callable[[Path], Start], str]] = [
    (lambda _: start(server_enableCORS=False), "STREAMLIT_SERVER_ENABLE_CORS"),
    (lambda _: start(server_enableXsrfProtection=False), "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION"),
    (lambda _: start(server_corsAllowedOrigins=["https://evil.example"]), "STREAMLIT_SERVER_CORS_ALLOWED_ORIGINS"),
    (lambda _: start(server_enableAgentApi=True), "STREAMLIT_SERVER_ENABLE_AGENT_API"),
    (lambda _: start(server_trustedUserHeaders={"X-User": "name"}), "STREAMLIT_SERVER_TRUSTED_USER_HEADERS"),
    (lambda _: start(server_scriptHealthCheckEnabled=True), "ask /ready instead"),
    (lambda _: start(client_showErrorDetails="full"), "client.showErrorDetails is full"),
    (lambda _: start(client_showErrorDetails="stacktrace"), "client.showErrorDetails is stacktrace"),
    (lambda _: start(browser_gatherUsageStats=True), "STREAMLIT_BROWSER_GATHER_USAGE_STATS"),
    (lambda _: start(global_developmentMode=True), "STREAMLIT_GLOBAL_DEVELOPMENT_MODE"),
    (lambda _: start("0.0.0.0"), "MONITOR_HOSTS=monitor.example.ac.jp"),  # noqa: S104  nothing listens
    (lambda _: start("192.0.2.7", {"MONITOR_HOSTS": " , "}), "name the hosts without port"),
    (lambda _: start(environment={"MONITOR_HOSTS": "*"}), "name the hosts without port"),
    (lambda _: start(environment={"MONITOR_HOSTS": "https://monitor.example"}), "name the hosts without port"),
    (lambda _: start(environment={"MONITOR_HOST": "monitor.example"}), "did you mean MONITOR_HOSTS?"),
    (
        lambda _: start(environment={"MONITOR_DEMONSTATION_READERS": "no"}),
        "did you mean MONITOR_DEMONSTRATION_READERS?",
    ),
    (lambda _: start(environment={"MONITOR_TLS": "on"}), "MONITOR_TLS=on: say yes or no"),
    (lambda _: start(environment={"MONITOR_TLS": "1"}), "MONITOR_TLS=1: say yes or no"),
    (lambda _: start(environment={"MONITOR_METRICS_TOKEN": "short"}), "openssl rand -hex 32"),
    (lambda _: start(environment={"MONITOR_SMALL_NUMBERS": "hide"}), "suppress, round"),
    (lambda _: start(server_cookieSecret="0123456789abcdef"), "openssl rand -hex 32"),
    (lambda _: start(server_cookieSecret="a" * 64), "openssl rand -hex 32"),
    (
        lambda folder: start(secrets=secrets_file(folder, "replace-this-with-a-long-random-word-of-yours")),
        "openssl rand",
    ),
    (lambda folder: start(secrets=secrets_file(folder, secrets.token_hex(32), 0o644)), "chmod 600"),
]


@pytest.mark.parametrize(("unsafe", "mend"), UNSAFE, ids=[mend for _, mend in UNSAFE])
def test_an_unsafe_start_is_refused_with_the_way_to_mend_it(
    unsafe: Callable[[Path], Start], mend: str, tmp_path: Path
) -> None:
    reasons = refusals(unsafe(tmp_path))
    assert any(mend in reason.en for reason in reasons), reasons
    assert all(re.search("[ぁ-ん]", reason.ja) for reason in reasons)


def test_a_safe_start_is_not_refused(tmp_path: Path) -> None:
    assert refusals(start()) == []
    assert refusals(start("0.0.0.0", NAMED, secrets_file(tmp_path, secrets.token_hex(32)))) == []  # noqa: S104
    assert refusals(start(server_cookieSecret=secrets.token_hex(32))) == []


def test_every_option_that_is_watched_is_one_of_streamlits_and_safe_in_our_configuration() -> None:
    from streamlit import config

    assert set(MUST_BE) <= set(config.get_config_options())
    assert refusals(Start(address="127.0.0.1", environment={}, option=config.get_option)) == []


@pytest.mark.parametrize(("address", "environment"), [("0.0.0.0", NAMED), ("127.0.0.1", NAMED)])  # noqa: S104
def test_real_records_are_not_shown_to_whoever_chooses_to_be_a_reader(
    address: str, environment: dict[str, str]
) -> None:
    chosen = environment | {"MONITOR_DEMONSTRATION_READERS": "yes"}
    (reason,) = refusals_of_data(start(address, chosen), real=True, file=None)
    assert "real records" in reason.en
    assert refusals_of_data(start(address, chosen), real=False, file=None) == []
    assert refusals_of_data(start(address, environment), real=True, file=None) == []
    assert refusals_of_data(start("127.0.0.1", chosen | {"MONITOR_HOSTS": ""}), real=True, file=None) == []


def served(folder: Path, *, real: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py serve` over a database of this folder, with these variables, until it gives up."""
    url = f"sqlite:///{folder / 'monitor.db'}"
    if real:
        engine = connect(url)
        prepare(engine)
        rates = [{"currency": "EUR", "fiscal_year": "2023", "jpy": "156.7"}]
        assert store_rows(engine, "rates", rates, name="rates.csv", indicators={}).status == "stored"
        engine.dispose()
    return subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", str(free_port())],
        cwd=HOME,
        env={**os.environ, "LANG": "C", "DATABASE_URL": url, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_command_refuses_before_it_touches_a_database(tmp_path: Path) -> None:
    done = served(
        tmp_path,
        STREAMLIT_SERVER_ENABLE_CORS="false",
        MONITOR_TSL="yes",
        MONITOR_SMALL_NUMBERS="hide",
        ADDRESS="0.0.0.0",  # noqa: S104
    )
    assert done.returncode == 1
    assert done.stderr.count("The monitor does not start. ") == 4
    assert "MONITOR_TLS?" in done.stderr
    assert not (tmp_path / "monitor.db").exists()


def test_the_command_refuses_a_database_of_real_records_that_everybody_reads(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    engine.dispose()
    (tmp_path / "monitor.db").chmod(0o604)
    done = served(tmp_path, real=True, LANG="ja_JP.UTF-8", LC_ALL="ja_JP.UTF-8")
    assert done.returncode == 1
    assert f"chmod 600 {tmp_path / 'monitor.db'}" in done.stderr
    assert done.stderr.startswith("起動できません。")


def test_a_new_database_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    engine.dispose()
    assert (tmp_path / "monitor.db").stat().st_mode & 0o777 == 0o600


def test_every_setting_that_the_code_reads_is_declared() -> None:
    named = {name for module in modules() for name in re.findall(r'"(MONITOR_[A-Z_]+)"', module.source)}
    assert named - {setting.name for setting in SETTINGS} - {"MONITOR_"} == set()


def test_the_readmes_table_of_settings_is_the_declared_one() -> None:
    assert as_table() in (HOME / "README.md").read_text("utf-8")


def test_a_token_is_not_told_in_the_message_about_it() -> None:
    (reason,) = wrong_settings({"MONITOR_METRICS_TOKEN": "hunter2"})
    assert "hunter2" not in "".join(reason)
