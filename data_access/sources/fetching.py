"""Fetching the works of a university from OpenAlex: page after page into a folder, on from where it was cut short."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data_access.partners import NotInRegistryError, registry
from data_access.sources.asking import FetchError
from data_access.sources.kept_pages import KeptPages
from data_access.sources.openalex import FIELDS, PER_PAGE, CursorRefusedError, OpenAlex
from vocabulary.text import Text

ToldWorks = Callable[[int, int], None]  # works read so far, works there are


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """`path`: all works in one file. `count`: how many OpenAlex said there are; `works`: how many came, each once."""

    path: Path
    kept: KeptPages
    works: int
    count: int


def own_ror_id(written: str) -> str:
    """The university's ROR id as the registry writes it; raises FetchError for one that means nobody."""
    try:
        return registry().by_id(written).ror_id
    except NotInRegistryError as error:
        raise FetchError(Text(f"{error.text.en}.", f"{error.text.ja}。")) from None


def folder_of(folder: Path, ror_id: str, first_year: int) -> Path:
    """Where the pages of one fetching are kept."""
    return folder / f"{ror_id.rpartition('/')[2]}-{first_year}"


def fetch_works(api: OpenAlex, folder: Path, ror_id: str, first_year: int, tell: ToldWorks) -> Fetched:
    """Fetches the works of a university and its institutes that appeared on 1 April of `first_year` or later.

    `folder`: where folders of pages are kept; what an earlier call left there is not fetched again. Raises FetchError,
    and OSError where the folder cannot be written; what came until then is kept.
    """
    asked = {"ror": ror_id, "from": f"{first_year}-04-01", "fields": ",".join(FIELDS), "api": api.api}
    kept = KeptPages(folder_of(folder, ror_id, first_year), asked)
    with kept.alone():
        if kept.state.cursor is not None:
            _fetch_pages(api, kept, asked, tell)
        if not kept.state.pages:
            kept.clear()
            raise FetchError(_NO_WORKS.filled(ror=ror_id, year=first_year))
        path, works = kept.merged()
        return Fetched(path=path, kept=kept, works=works, count=kept.state.count)


def _fetch_pages(api: OpenAlex, kept: KeptPages, asked: dict[str, str], tell: ToldWorks) -> None:
    if kept.state.pages:
        api.patience.tell(_GOES_ON.filled(date=kept.state.begun, pages=kept.state.pages, folder=kept.folder))
    where = f"authorships.institutions.lineage:{api.institution(asked['ror'])},from_publication_date:{asked['from']}"
    query = {"filter": where, "select": asked["fields"], "per_page": str(PER_PAGE)}
    while (cursor := kept.state.cursor) is not None:
        try:
            page = api.works(query, cursor)
        except CursorRefusedError as error:
            api.patience.tell(_BEGINS_AGAIN.filled(why=error.text))
            kept.begin_again()
            continue
        kept.add(page)
        tell(kept.state.works, kept.state.count)


_NO_WORKS = Text(
    "OpenAlex has no works of {ror} from April {year} on. Accepted: an institution with works, or an earlier year.",
    "OpenAlex に {ror} の {year} 年 4 月以降の論文はありません。使えるのは論文のある機関か、より早い年です。",
)
_GOES_ON = Text(
    "Going on behind page {pages}, begun on {date} in {folder} (delete that folder to begin anew).",
    "{date} に始めた取得を {pages} ページ目の次から続けます（{folder}。最初からにするにはフォルダを削除）。",
)
_BEGINS_AGAIN = Text(
    "{why} The list is read from its beginning; what came is kept.",
    "{why}一覧を最初から読み直します。取得済みの分は残します。",
)
