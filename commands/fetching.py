"""What `manage.py import works --ror ID --from YEAR` does before it imports: it fetches, and says how far it is."""

import argparse
import os
import sys
from pathlib import Path

from data_access.engine import HOME
from data_access.sources.asking import FetchError, Patience
from data_access.sources.fetching import Fetched, fetch_works, folder_of, own_ror_id
from data_access.sources.openalex import API, OpenAlex
from vocabulary.text import Language, Text

KEY = "OPENALEX_API_KEY"
CONTACT = "MONITOR_CONTACT"
FOLDER = HOME / "data" / "openalex"
_LINES_APART = 20  # pages between two lines where nobody watches
_FETCHED = Text("{works:,} of {count:,} work{count:|s}", "{count:,} 件中 {works:,} 件")
_FEWER = Text(
    "OpenAlex says there {count:is|are} {count:,} work{count:|s}, {works:,} came. The list changes while it is read; "
    "import again later.",
    "OpenAlex の件数 {count:,} 件に対し、取得できたのは {works:,} 件です。後でもう一度取り込んでください。",
)
_KEPT = Text(
    "What came is kept in {folder}; the same command goes on from there.",
    "取得済みの分は {folder} にあります。同じコマンドで続きから再開します。",
)
_INTERRUPTED = Text("Interrupted.", "中断しました。")
_CANNOT_WRITE = Text("{folder} cannot be written: {why}.", "{folder} に書き込めません（{why}）。")


def add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "works from OpenAlex",
        f"Instead of files: fetch the works of a university, then import them. {KEY} holds the API key (free).",
    )
    group.add_argument("--ror", metavar="ID", help="the university's ROR id; becomes its --home-ror, too")
    group.add_argument(
        "--from", dest="first_year", metavar="YEAR", type=int, help="the first fiscal year (from 1 April)"
    )
    group.add_argument(
        "--contact",
        metavar="MAIL",
        default=os.environ.get(CONTACT, ""),
        help=f"a mail address for OpenAlex, should something go wrong (default: {CONTACT})",
    )
    group.add_argument("--api", metavar="URL", default=API, help="where the API is (%(default)s)")
    group.add_argument("--folder", metavar="DIR", type=Path, default=FOLDER, help="where pages are kept until all came")


def check_options(options: argparse.Namespace) -> str | None:
    """What is wrong with the options of an import, or None."""
    if options.ror is None and options.first_year is None:
        return None if options.files else "name the files, or for works a university: --ror ID --from YEAR"
    if options.kind != "works":
        return f"--ror and --from fetch works; {options.kind} come from files"
    if options.files:
        return "name either files or --ror ID --from YEAR"
    if options.ror is None or options.first_year is None:
        return "--ror ID and --from YEAR go together"
    if not 1900 <= options.first_year <= 9999:
        return f"--from {options.first_year}: accepted is a year as 2021"
    if options.home_ror not in (None, options.ror):
        return "--ror says who the university is; leave out --home-ror"
    if options.complete:
        return "works from one year on are not the full list of their source: leave out --complete, or name files"
    return None


def fetch(options: argparse.Namespace) -> Fetched | None:
    """Fetches what the options say; where it cannot, says why on standard error and gives nothing."""
    language: Language = options.language

    def say(text: Text) -> None:
        print(text.said_in(language), file=sys.stderr, flush=True)

    pages = 0

    def tell(works: int, count: int) -> None:
        nonlocal pages
        pages += 1
        watched = sys.stderr.isatty()
        if watched or pages % _LINES_APART == 0:
            line = _FETCHED.filled(works=works, count=count).said_in(language)
            print(f"\r{line}" if watched else line, end="" if watched else "\n", file=sys.stderr, flush=True)

    api = OpenAlex(api=options.api, key=os.environ.get(KEY, ""), contact=options.contact, patience=Patience(tell=say))
    place = None
    try:
        ror_id = own_ror_id(options.ror)
        place = folder_of(options.folder, ror_id, options.first_year)
        fetched = fetch_works(api, options.folder, ror_id, options.first_year, tell)
    except FetchError as error:
        say(error.text)
    except OSError as error:
        say(_CANNOT_WRITE.filled(folder=options.folder, why=error.strerror or type(error).__name__))
    except KeyboardInterrupt:
        say(_INTERRUPTED)
    else:
        say(_FETCHED.filled(works=fetched.works, count=fetched.count))
        if fetched.works < fetched.count:
            say(_FEWER.filled(works=fetched.works, count=fetched.count))
        return fetched
    if place and (place / "state.json").exists():
        say(_KEPT.filled(folder=place))
    return None
