"""A clerk's journey, made in a real browser in both languages: from the template to a figure that moved, and back."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import func, select

from data_access.engine import connect
from data_access.imports import KINDS
from data_access.tables import Activity
from metrics.catalogue import INDICATORS
from pages.parts.imports import card, commit, formats, header_form, try_out, undo
from tests import serving
from tests.conftest import CanaryUniversity
from tests.end_to_end.reading import main_text, open_page, screenshot, settle
from tests.end_to_end.watching import watched_page
from vocabulary.text import Language, Text

IMPORTS = Text("What came when, from which file", "データの取り込み")
INDICATOR = "policy_contributions"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
NEW = 3

Said = Callable[[Text], str]


@pytest.fixture(scope="module")
def database(canary_university: CanaryUniversity, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small university in a database of these tests' own: they store and undo."""
    return Path(shutil.copy(canary_university.file, tmp_path_factory.mktemp("importing") / "monitor.db"))


@pytest.fixture(scope="module")
def address(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, whoever_is_here = tmp_path_factory.mktemp("served_importing"), {"MONITOR_READERS": "local"}
    with serving.monitor(f"sqlite:///{database}", folder, whoever_is_here) as server:
        yield server.address


def stored(database: Path) -> int:
    engine = connect(f"sqlite:///{database}")
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(Activity))
    engine.dispose()
    return count or 0


def imports(page: Page, said: Said) -> None:
    """Open the page of imports, as the Strategy Office."""
    open_page(page, "imports", language="ja" if said(Text("en", "ja")) == "ja" else "en", kind="activities")
    expect(page.get_by_role("heading", level=1)).to_have_text(said(IMPORTS))


def press(page: Page, words: str) -> None:
    button = page.get_by_test_id("stMain").get_by_role("button", name=words, exact=True).first
    expect(button).to_be_enabled(timeout=60_000)
    button.click()
    settle(page)


def taken(page: Page, words: str, folder: Path) -> Path:
    """Download what a link offers, under its own name."""
    with page.expect_download() as download:
        page.get_by_test_id("stMain").get_by_role("link", name=words, exact=True).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def drop(page: Page, *paths: Path) -> None:
    page.get_by_test_id("stMain").locator('input[type="file"]').first.set_input_files([str(path) for path in paths])
    settle(page)
    expect(page.get_by_test_id("stExpander").filter(has_text=paths[0].name).first).to_be_visible(timeout=60_000)
    settle(page)


def fill(template: Path, path: Path) -> None:
    """What a clerk writes into the template: new records, one of them with two slips, one column of an own name."""
    book = load_workbook(template)
    sheet = book.worksheets[0]
    names = [column.name for column in KINDS["activities"].columns]
    for number in range(1, NEW + 1):
        wrong = number == 2
        row = {
            "record_id": f"NEW-{number}",
            "source": path.stem,
            "activity_type": "policy_contribution",
            "title": f"Advice on standards {number}",
            "start_date": "2025-06-31" if wrong else "2025-06-30",
            "departments": "ENG",
            "countries": "Germany" if wrong else "DE",
        }
        for place, name in enumerate(names, start=1):
            if name in row:
                sheet.cell(number + 1, place).value = row[name]
    sheet.cell(1, names.index("title") + 1).value = "件名"
    book.save(path)


def mend(returned: Path) -> None:
    """What a clerk corrects, at the cells that are marked."""
    book = load_workbook(returned)
    sheet = book.worksheets[0]
    marked = [cell for row in sheet.iter_rows() for cell in row if cell.comment and (cell.row or 0) > 1]
    assert {cell.value for cell in marked} == {"2025-06-31", "Germany"}
    for cell in marked:
        cell.value = "2025-06-30" if str(cell.value).startswith("2025") else "DE"
    book.save(returned)


def figure(page: Page, language: Language) -> str:
    """The value of the indicator on the page of its target, with the year in which the records begin."""
    open_page(
        page, "targets", language=language, target="society", process="deepening", year="2025", indicator=INDICATOR
    )
    return page.get_by_test_id("stMetricValue").first.inner_text()


@pytest.mark.parametrize(("language", "size"), [("ja", "desktop"), ("en", "phone")])
def test_a_clerk_mends_previews_stores_and_takes_back(
    browser: Browser, address: str, database: Path, tmp_path: Path, language: Language, size: str
) -> None:
    def said(text: Text) -> str:
        return text.said_in(language)

    width, height = SIZES[size]
    before = stored(database)
    with watched_page(browser, address, width=width, height=height, touch=size == "phone") as page:
        then = figure(page, language)
        imports(page, said)
        template = taken(page, said(formats.TEMPLATE.filled(language=formats.IN_LANGUAGES[language])), tmp_path)
        path = tmp_path / f"advice {language} {size}.xlsx"
        fill(template, path)
        drop(page, path)
        choose_kind(page, said)
        press(page, said(header_form.CONFIRM))
        for words in ("2025-06-31", "Germany", said(Text("Did you mean DE?", "DE でしょうか。"))):
            expect(page.get_by_test_id("stMain")).to_contain_text(words, timeout=60_000)
        screenshot(page, f"journey-import-errors-{language}-{size}")
        returned = taken(page, said(card.WITH_REMARKS), tmp_path)
        mend(returned)
        drop(page, returned)
        assert said(card.FINE.filled(counts=card.COUNTS["rows_new"].filled(n=NEW))) in main_text(page)
        press(page, said(try_out.TRY))
        moved = said(INDICATORS[INDICATOR].name)
        expect(page.get_by_test_id("stMain")).to_contain_text(moved, timeout=60_000)
        screenshot(page, f"journey-import-preview-{language}-{size}")
        assert stored(database) == before
        press(page, said(commit.STORE_ONE))
        expect(page.get_by_test_id("stMain")).to_contain_text(said(commit.STORED.filled(n=1, all=1)), timeout=60_000)
        assert stored(database) == before + NEW
        changed = figure(page, language)
        assert changed != then
        imports(page, said)
        press(page, said(undo.UNDO))
        press(page, said(undo.YES))
        expect(page.get_by_test_id("stMain")).to_contain_text(
            said(undo.UNDONE.filled(removed=NEW, restored=0, back=0)), timeout=60_000
        )
        assert stored(database) == before
        assert figure(page, language) == then


def choose_kind(page: Page, said: Said) -> None:
    """Say which kind of file it is: with a header of the office's own wording, nobody can be sure."""
    choose(page, page.get_by_test_id("stExpander").get_by_role("combobox").first, said(Text("activities", "活動")))


def choose(page: Page, box: Locator, words: str) -> None:
    """Choose from a list as a person does who knows the word: type it, see it, press Enter."""
    expect(box).to_be_visible(timeout=60_000)
    box.click()  # whatever scrolls, scrolls now: a list that is open closes when its page moves
    settle(page)
    box.fill(words)
    expect(page.get_by_role("option", name=words, exact=True)).to_be_visible(timeout=60_000)
    box.press("Enter")
    settle(page)
