"""`manage.py grant`, `revoke` and `grants`: the first role of a new database, and what is refused with its reason."""

import csv
from pathlib import Path

import pytest

import manage

IDENTITY = ("--issuer", "https://idp.example.ac.jp", "--subject", "s-sato")


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'monitor.db'}")
    assert manage.main(["prepare"]) == 0


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status, and what was printed."""
    status = manage.main([*arguments, *(() if arguments[0] == "grants" else ("--by", "operator"))])
    printed = capsys.readouterr()
    return status, printed.out + printed.err


def test_the_first_reader_of_the_office_is_given_by_command_and_its_last_one_stays(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = ran(capsys, "grant", *IDENTITY, "--role", "office", "--name", "K. Sato", "--language", "en")
    assert first == (0, "Account 1 (s-sato) has: office (grant 1).\n")
    (row,) = csv.DictReader(ran(capsys, "grants")[1].splitlines())
    assert (row["subject"], row["role"], row["standing"], row["given_by"]) == (
        *("s-sato", "office", "holds", "command line: operator"),
    )
    status, said = ran(capsys, "revoke", *IDENTITY, "--language", "en")
    assert (status, said[:51]) == (1, "This is the last role of the International Strategy")
    assert ran(capsys, "revoke", "--account", "1", "--force", "--language", "ja") == (
        *(0, "アカウント 1（s-sato）の権限：なし。\n"),
    )
    (row,) = csv.DictReader(ran(capsys, "grants")[1].splitlines())
    assert (row["subject"], row["role"]) == ("s-sato", "")
    (row,) = csv.DictReader(ran(capsys, "grants", "--all")[1].splitlines())
    assert (row["standing"], row["taken_back_by"]) == ("taken back", "command line: operator")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("grant", *IDENTITY, "--role", "boss"), "'boss' is no role; there are: office, auditor, president, head, dep"),
        (
            ("grant", *IDENTITY, "--role", "head", "--department", "ENG"),
            "There is no department 'ENG'; there are: none",
        ),
        (("grant", "--account", "3", "--role", "office"), "There is no account 3; there are: none yet."),
        (("revoke", "--account", "3"), "There is no such account; there are: none yet."),
    ],
)
def test_what_cannot_be_is_said_with_what_there_is_instead(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, printed = ran(capsys, *arguments, "--language", "en")
    assert (status, printed[: len(said)]) == (1, said)
    assert "ありません" in ran(capsys, *arguments, "--language", "ja")[1]


def test_a_role_that_is_not_held_is_not_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    ran(capsys, "grant", *IDENTITY, "--role", "auditor", "--until", "2999-03-31")
    status, said = ran(capsys, "revoke", *IDENTITY, "--role", "head", "--language", "en")
    assert (status, said) == (
        *(1, "No role that holds was meant. Account 1 (s-sato) has: auditor until 2999-03-31 (grant 1).\n"),
    )


@pytest.mark.parametrize("whom", [(), ("--account", "1", *IDENTITY), IDENTITY[:2]])
def test_a_person_is_named_in_one_way(whom: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        ran(capsys, "grant", *whom, "--role", "office", "--language", "en")
    assert "Say whom: --account NUMBER, or --issuer and --subject." in capsys.readouterr().err


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        ran(capsys, "grant", *IDENTITY, "--role", "office", "--until", "31/3/2027")
    assert "'31/3/2027' is no day; write it as 2027-03-31" in capsys.readouterr().err
