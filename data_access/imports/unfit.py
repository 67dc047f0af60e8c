"""What no cell of any column may hold, and how that is said: control characters, mail addresses, errors of formulas."""

import re
from collections.abc import Iterator, Sequence

from data_access.imports.looks_like import holds_error, no_header, no_value
from data_access.imports.report import Finding, holds_mail_address
from vocabulary.text import Text

LONGEST_CELL = 32_767  # what Excel allows, too
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # no database stores these everywhere
ERROR = re.compile(  # what Excel and LibreOffice write where a formula has no result
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|GETTING_DATA)"
    r"|Err:5\d\d"
)


def first_letter(text: str) -> str:
    """All that is repeated of a text that may be a name."""
    return f"{text[0]}…"


def unfit_cell(cell: str) -> Iterator[Text]:
    if UNFIT.search(cell):
        yield Text(
            "The cell holds a control character. Accepted: text.",
            "制御文字が含まれています。使えるのは通常の文字です。",
        )
    if len(cell) > LONGEST_CELL:
        yield Text(
            f"The cell is longer than {LONGEST_CELL:,} characters. Accepted: shorter text.",
            f"{LONGEST_CELL:,} 文字を超えています。短くしてください。",
        )
    if holds_mail_address(cell):
        yield Text(
            "The cell holds what reads as a mail address. Accepted: pseudonymous ids and texts without mail addresses; "
            "where none is meant, write a space on either side of the @, and %40 for it in a web address.",
            "メールアドレスと読める部分があります。使えるのは仮名化した ID と、メールアドレスを含まない文です。"
            "メールアドレスでなければ、@ の前後に空白を入れ、URL では @ を %40 と書いてください。",
        )


def no_value_or_error(text: str, *, names_the_record: bool) -> Text | None:
    """Why a text is no value of any column, as `no_value` says it; or that it is what a formula has for a result."""
    return holds_error(text) if ERROR.fullmatch(text) else no_value(text, names_the_record=names_the_record)


def unfit_row(cells: Sequence[str], header: Sequence[str], width: int, private: Sequence[bool]) -> Iterator[Finding]:
    """What no row may hold, in whatever column: more cells than headers, control characters, mail addresses.

    `width`: of the header as it is written, with the cells at its end that are empty; `private`: of each cell, whether
    what is refused in it is not repeated.
    """
    if len(cells) != width:
        yield Finding(
            "",
            "",
            Text(
                f"The row has {len(cells)} cells, the header {width}. Accepted: one for each.",
                f"セルが {len(cells)} 個、見出しが {width} 個です。見出しと同じ数にしてください。",
            ),
        )
        return
    for place in range(len(header), width):
        if cells[place].strip():
            yield Finding("", first_letter(cells[place].strip()), no_header(place + 1))
    everything = "".join(cells)
    suspects = "@" in everything or "＠" in everything or len(everything) > LONGEST_CELL
    if suspects or UNFIT.search(everything):
        for written, cell, is_private in zip(header, cells, private, strict=False):
            for message in unfit_cell(cell):
                yield Finding(written, first_letter(cell.strip()) if is_private else cell, message)
