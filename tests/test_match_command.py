"""`manage.py match` says for each text of a file which organization it means, and guesses nothing."""

import csv
import io
from pathlib import Path

import pytest

import manage


def rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed.removeprefix("\ufeff"))))


def test_a_text_on_each_line(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "texts.txt"
    file.write_text(
        "Dept. of Physics, Tohoku Univ., Sendai 980-8578, Japan\n\nNorthwestern University\n=1+1\n", "utf-8"
    )
    assert manage.main(["match", str(file)]) == 0
    sure, doubtful, nothing = rows(capsysbinary.readouterr().out.decode())
    assert (sure["status"], sure["name"], sure["country"]) == ("sure", "Tohoku University", "JP")
    assert sure["ror_id"] == "https://ror.org/01dq60k83"
    assert (doubtful["status"], doubtful["ror_id"]) == ("doubtful", "")
    assert doubtful["runner_up_name"] == "Northwestern University"
    assert (nothing["text"], nothing["status"]) == ("'=1+1", "none")


def test_a_column_of_a_table_with_a_country_beside_it(tmp_path: Path) -> None:
    file, output = tmp_path / "partners.csv", tmp_path / "matched.csv"
    file.write_text("no,partner,cc\n1,Northwestern University,us\n2,東北大学,JP\n3,Tohoku University,DE\n", "utf-8")
    asked = ["match", str(file), "--column", "partner", "--country-column", "cc", "--output", str(output)]
    assert manage.main(asked) == 0
    found = rows(output.read_text("utf-8"))
    assert [row["status"] for row in found] == ["sure", "sure", "doubtful"]
    assert [row["country_given"] for row in found] == ["US", "JP", "DE"]


def test_a_column_that_is_not_there_is_named_with_those_that_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "partners.csv"
    file.write_text("name\nTohoku University\n", "utf-8")
    assert manage.main(["match", str(file), "--column", "partner"]) == 1
    assert "no column 'partner'; there are name" in capsys.readouterr().err
    assert manage.main(["match", str(tmp_path / "absent.txt")]) == 1
