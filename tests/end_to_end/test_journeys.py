"""The journeys that must work, made in a real browser against the served monitor, in both languages."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

import manage
from metrics.catalogue import INDICATORS
from metrics.goals import BEHIND
from pages.parts.frame import DEMONSTRATION
from pages.parts.standing import STATUSES
from tests.end_to_end.reading import choose_page, main_text, open_page, read_as, screenshot, settle
from vocabulary.text import Language, Text

OVERVIEW = Text("Where the International Strategy stands", "国際戦略の現在地")
TARGETS = Text("How a target stands", "目標の現在地")
GOALS = Text("Which promises are kept", "約束は守られているか")
PROFILE = Text("How a department stands", "部局の現状")
DEFINITION = Text("What a number means", "指標の定義")
RECORDS = Text("The records behind a figure", "値の元になる活動記録")
HEAD = Text("Head of the Graduate School of Engineering", "工学研究科の長")
CARD = {"target": "research", "process": "deepening", "year": "2025"}
COPUBLICATIONS = "international_copublication_share"

in_japanese = pytest.mark.parametrize("language", ["ja"])  # `test_policy` draws each page in one of the languages,
in_english = pytest.mark.parametrize("language", ["en"])  # `tests/pages` in both


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def arrived(page: Page, title: Text, language: Language) -> None:
    """Wait until the page of this title is drawn."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title.said_in(language), timeout=30_000)
    settle(page)


def tap(page: Page, address: str, title: Text, language: Language) -> None:
    """Follow the first link of the page's body whose address matches, to the page of this title."""
    links = main(page).get_by_role("link").all()
    matching = [link for link in links if re.search(address, link.get_attribute("href") or "")]
    assert matching, f"no link to {address} among {[link.get_attribute('href') for link in links]}"
    matching[0].click()
    arrived(page, title, language)


def go(page: Page, code: str, title: Text, language: Language) -> None:
    """Choose a page in the navigation."""
    choose_page(page, code, language)
    arrived(page, title, language)


def codes(page: Page) -> dict[str, str]:
    """What the address says, without the language."""
    return {key: code for key, code in parse_qsl(urlsplit(page.url).query) if key != "language"}


def numbers(page: Page) -> list[str]:
    """The digits of the figures shown, which no language changes."""
    return [re.sub(r"[^0-9.]", "", words) for words in page.get_by_test_id("stMetricValue").all_inner_texts()]


def download(page: Page, form: str) -> Path:
    with page.expect_download() as taken:
        main(page).get_by_role("link", name=form, exact=True).first.click()
    return taken.value.path()


def downloaded_csv(page: Page) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(download(page, "CSV").read_text("utf-8-sig"))))


@in_japanese
def test_the_president_goes_from_a_card_to_what_is_behind_it_and_takes_the_page_along(
    page: Page, language: Language
) -> None:
    open_page(page, language=language)
    arrived(page, OVERVIEW, language)
    tap(page, f"^targets[?]{urlencode(CARD)}&", TARGETS, language)
    assert codes(page) == CARD
    assert STATUSES[BEHIND].words.said_in(language) in main_text(page)
    taken_along, seen = page.url, numbers(page)
    go(page, "goals", GOALS, language)
    page.go_back()  # Streamlit notes the codes of a page that was chosen in the navigation as a second entry
    page.go_back()
    arrived(page, TARGETS, language)
    assert codes(page) == CARD
    other: Language = "en" if language == "ja" else "ja"
    page.goto(taken_along.replace(f"language={language}", f"language={other}"))
    arrived(page, TARGETS, other)
    assert codes(page) == CARD
    assert numbers(page) == seen
    screenshot(page, f"journey-targets-{other}")


@in_english
def test_a_head_gets_from_a_figure_to_its_definition_and_its_records_and_takes_them_along(
    page: Page, language: Language
) -> None:
    open_page(page, language=language)
    arrived(page, OVERVIEW, language)
    read_as(page, HEAD, language)
    arrived(page, OVERVIEW, language)
    go(page, "department", PROFILE, language)
    assert re.search(r"343\D+1,012|1,012\D+343", main_text(page))
    tap(page, f"^definitions[?]indicator={COPUBLICATIONS}", DEFINITION, language)
    assert INDICATORS[COPUBLICATIONS].definition.said_in(language) in main_text(page)
    page.go_back()
    arrived(page, PROFILE, language)
    tap(page, f"^records[?]indicator={COPUBLICATIONS}", RECORDS, language)
    rows = downloaded_csv(page)
    assert len(rows) == 343
    assert {row[DEMONSTRATION.said_in(language)] for row in rows} == {{"en": "yes", "ja": "はい"}[language]}


@in_japanese
def test_a_comparison_and_the_map_of_partners_are_drawn(page: Page, language: Language) -> None:
    open_page(page, "comparison", language)
    assert main(page).locator(".scatterlayer .point").count() >= 20
    screenshot(page, f"journey-comparison-{language}")
    open_page(page, "partners", language)
    land = main(page).locator(".geo .choroplethlayer path, .geo .layer.land path, .geo path.js-fill")
    expect(land.first).to_be_attached()  # the outlines come after the page is settled
    assert main(page).locator(".geo .scattergeo path.point").count() > 50
    screenshot(page, f"journey-partners-{language}")


def test_a_download_holds_what_the_command_line_prints(
    page: Page, demonstration_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", demonstration_url)
    file = tmp_path / "figures.csv"
    view = ["--indicator", COPUBLICATIONS, "--from", "2024", "--to", "2024", "--counting", "fractional"]
    assert manage.main(["figures", *view, "--output", str(file)]) == 0
    printed = {(row["numerator"], row["value"]) for row in csv.DictReader(io.StringIO(file.read_text()))}
    open_page(page, "comparison", indicator=COPUBLICATIONS, year="2024", counting="fractional")
    taken = [(as_printed(row["Numerator"]), row["Value"]) for row in downloaded_csv(page)]
    assert len(taken) > 20
    assert set(taken) <= printed


def as_printed(count: str) -> str:
    """A count as the command line writes it: whole where it is whole."""
    return f"{round(float(count), 9):g}" if float(count).is_integer() else str(round(float(count), 9))


@in_english
def test_the_office_sees_every_file_that_came(page: Page, language: Language) -> None:
    open_page(page, "imports", language)
    rows = downloaded_csv(page)
    files = {cell for row in rows for cell in row.values() if cell.startswith("demonstration_")}
    assert {"demonstration_activities.csv", "demonstration_goals.csv", "demonstration_populations.csv"} <= files
    listed = main(page).locator("[data-testid=stDataFrame] table").first.text_content() or ""
    assert all(file in listed for file in files)


@in_japanese
def test_on_a_phone_a_card_leads_to_its_target_and_nothing_is_wider_than_the_screen(
    phone: Page, language: Language
) -> None:
    open_page(phone, language=language)
    arrived(phone, OVERVIEW, language)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    tap(phone, f"^targets[?]{urlencode(CARD)}&", TARGETS, language)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    screenshot(phone, f"journey-phone-{language}")
