"""What the monitor refuses to start with, and that it says how to mend it."""

import json
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
from serving.gate import MUST_BE, Start, Stored, refusals, refusals_of_data
from serving.settings import SETTINGS, as_table, wrong_settings
from tests.house import HOME, modules
from tests.serving import free_port

SAFE = {name: value for name, (value, _) in MUST_BE.items()}
NAMED = {"MONITOR_HOSTS": "monitor.example.ac.jp"}
SAMPLE = "replace-this-with-a-long-random-word-of-yours"
AUTH = {
    "redirect_uri": "https://monitor.example.ac.jp/oauth2callback",
    "cookie_secret": secrets.token_hex(32),
    "client_id": "monitor",
    "client_secret": "of the provider",
    "server_metadata_url": "https://idp.example.ac.jp/.well-known/openid-configuration",
}


def start(
    address: str = "127.0.0.1",
    environment: dict[str, str] | None = None,
    secrets: Path | None = None,
    **options: object,
) -> Start:
    """A start that is safe but for what is given: a demonstration, unless there are secrets to sign in with.

    `server_enableCORS=` is the option server.enableCORS.
    """
    given = SAFE | {name.replace("_", ".", 1): value for name, value in options.items()}
    mode = {} if secrets else {"MONITOR_READERS": "demonstration"}
    return Start(
        address=address,
        environment=mode | (environment or {}),
        option=given.get,
        secrets=(secrets or Path("secrets.toml"),),
    )


def secrets_file(folder: Path, mode: int = 0o600, **auth: object) -> Path:
    """A secrets.toml with what signs readers in, but for what is given; None takes a line away."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in (AUTH | auth).items() if value is not None]
    file = folder / "secrets.toml"
    file.write_text("\n".join(["[auth]", *lines]))
    file.chmod(mode)
    return file


def signing_in(folder: Path, environment: dict[str, str] | None = None, mode: int = 0o600, **auth: object) -> Start:
    """A start in the open with sign-in, whose [auth] is as it should be but for what is given."""
    return start(environment=NAMED if environment is None else environment, secrets=secrets_file(folder, mode, **auth))


def broken(folder: Path) -> Path:
    file = folder / "secrets.toml"
    file.write_text("[auth\n")
    file.chmod(0o600)
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
    (lambda _: start(environment={"MONITOR_READER": "local"}), "did you mean MONITOR_READERS?"),
    (lambda _: start(environment={"MONITOR_READERS": "everybody"}), "say one of sign-in, demonstration, local"),
    (lambda _: start(environment=NAMED | {"MONITOR_READERS": "local"}), "let readers sign in"),
    (lambda _: start("0.0.0.0", NAMED | {"MONITOR_READERS": "local"}), "Serve on 127.0.0.1"),  # noqa: S104
    (lambda _: start(environment={"MONITOR_READERS": "sign-in"}), "manage.py serve --demonstration"),
    (lambda _: start(environment={"MONITOR_READERS": ""}), "MONITOR_READERS=local"),
    (lambda _: start(environment={"MONITOR_TLS": "on"}), "MONITOR_TLS=on: say yes or no"),
    (lambda _: start(environment={"MONITOR_TLS": "1"}), "MONITOR_TLS=1: say yes or no"),
    (lambda _: start(environment={"MONITOR_METRICS_TOKEN": "short"}), "openssl rand -hex 32"),
    (lambda _: start(environment={"MONITOR_SMALL_NUMBERS": "hide"}), "suppress, round"),
    (lambda _: start(server_cookieSecret="0123456789abcdef"), "openssl rand -hex 32"),
    (lambda _: start(server_cookieSecret="a" * 64), "openssl rand -hex 32"),
    (lambda folder: signing_in(folder, cookie_secret=SAMPLE), "openssl rand"),
    (lambda folder: signing_in(folder, cookie_secret="0" * 64), "auth.cookie_secret"),
    (lambda folder: signing_in(folder, cookie_secret=None), "lacks cookie_secret"),
    (lambda folder: signing_in(folder, client_id=None, client_secret=""), "lacks client_id, client_secret"),
    (lambda folder: signing_in(folder, server_metadata_url=None), "lacks server_metadata_url"),
    (lambda folder: signing_in(folder, redirect_uri=None), "lacks redirect_uri"),
    (lambda folder: signing_in(folder, mode=0o644), "chmod 600"),
    (lambda folder: signing_in(folder, expose_tokens=["id"]), "expose_tokens"),
    (lambda folder: signing_in(folder, expose_tokens="access"), "expose_tokens"),
    (lambda folder: signing_in(folder, redirect_uri="http://monitor.example.ac.jp/oauth2callback"), "Say https"),
    (lambda folder: signing_in(folder, redirect_uri="https://evil.example/oauth2callback"), "https://monitor.example."),
    (
        lambda folder: signing_in(folder, redirect_uri="https://monitor.example.ac.jp/callback"),
        "end in /oauth2callback",
    ),
    (
        lambda folder: signing_in(folder, redirect_uri="http://127.0.0.1:8501/oauth2callback"),
        "the monitor's own address",
    ),
    (lambda folder: signing_in(folder, {}), "http://localhost:{port}/oauth2callback"),
    (lambda folder: signing_in(folder, server_metadata_url="http://idp.example.ac.jp/.well-known/oidc"), "Say https"),
    (lambda folder: start(secrets=broken(folder)), "https://toml.io"),
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
    assert refusals(start("0.0.0.0", NAMED)) == []  # noqa: S104
    assert refusals(start("0.0.0.0", NAMED, secrets_file(tmp_path))) == []  # noqa: S104
    assert refusals(signing_in(tmp_path, {"MONITOR_HOSTS": "*.example.ac.jp"})) == []
    assert refusals(signing_in(tmp_path, {}, redirect_uri="http://localhost:{port}/oauth2callback")) == []
    assert refusals(start(environment={"MONITOR_READERS": "local"})) == []
    assert refusals(start(server_cookieSecret=secrets.token_hex(32))) == []


def test_every_option_that_is_watched_is_one_of_streamlits_and_safe_in_our_configuration() -> None:
    from streamlit import config

    assert set(MUST_BE) <= set(config.get_config_options())
    demonstration = {"MONITOR_READERS": "demonstration"}
    assert refusals(Start(address="127.0.0.1", environment=demonstration, option=config.get_option)) == []


OPEN = [("0.0.0.0", NAMED), ("127.0.0.1", NAMED)]  # noqa: S104


@pytest.mark.parametrize(("address", "environment"), [*OPEN, ("127.0.0.1", {})])
def test_real_records_are_not_shown_to_whoever_chooses_to_be_a_reader(
    address: str, environment: dict[str, str], tmp_path: Path
) -> None:
    """Not on one's own machine either: there whoever uses it says so (`local`)."""
    (reason,) = refusals_of_data(start(address, environment), Stored(real=True))
    assert "MONITOR_READERS=local make run" in reason.en
    assert refusals_of_data(start(address, environment), Stored()) == []
    assert refusals_of_data(start(address, environment, secrets_file(tmp_path)), Stored(real=True)) == []


def test_what_somebody_imported_into_a_demonstration_is_not_shown_in_the_open() -> None:
    for address, environment in OPEN:
        (reason,) = refusals_of_data(start(address, environment), Stored(own_files=True))
        assert "manage.py roll-back" in reason.en
    assert refusals_of_data(start(), Stored(own_files=True)) == []


def served(folder: Path, *options: str, real: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py serve` over a database of this folder, with these variables, until it gives up."""
    url = f"sqlite:///{folder / 'monitor.db'}"
    if real:
        engine = connect(url)
        prepare(engine)
        rates = [{"currency": "EUR", "fiscal_year": "2023", "jpy": "156.7"}]
        assert store_rows(engine, "rates", rates, name="rates.csv", indicators={}).status == "stored"
        engine.dispose()
    return subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", str(free_port()), *options],
        cwd=HOME,
        env={**os.environ, "LANG": "C", "DATABASE_URL": url, "MONITOR_READERS": "local", **environment},
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
    assert done.stderr.count("The monitor does not start. ") == 5
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


def test_the_command_refuses_a_demonstration_of_real_records_and_one_without_sign_in(tmp_path: Path) -> None:
    asked = served(tmp_path, "--demonstration", real=True, MONITOR_READERS="")
    assert asked.returncode == 1
    assert asked.stderr.count("MONITOR_READERS=local make run") == 1
    plain = served(tmp_path, MONITOR_READERS="", HOME=str(tmp_path))
    assert plain.returncode == 1
    assert all(way in plain.stderr for way in ("[auth]", "MONITOR_READERS=local", "manage.py serve --demonstration"))


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
