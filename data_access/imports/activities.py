"""Activities: one row is one record of one source system, with its departments, partners, countries and people."""

from collections.abc import Iterator
from datetime import timedelta
from typing import cast

from data_access.imports import cells
from data_access.imports.activity import ActivityValues
from data_access.imports.activity_cells import EXTERNAL, departments, lead, partners, people, sdgs
from data_access.imports.columns import IMPORTS_OWN_NAME, Column, Kind, Values
from data_access.imports.days import day
from data_access.imports.known import Known
from data_access.imports.partner_notices import partner_notices
from data_access.imports.report import Finding
from data_access.imports.store_activities import store_activities
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.people import LEVELS
from vocabulary.text import Text, counted


def check_row(values: Values, known: Known) -> Iterator[Finding]:
    """What no single cell can show."""
    row = cast(ActivityValues, values)
    if row["end_date"] and row["end_date"] < row["start_date"]:
        yield Finding(
            "end_date",
            row["end_date"].isoformat(),
            Text(
                f"The end is before the start, {row['start_date']}. Accepted: that day, a later one, or nothing.",
                f"開始日 {row['start_date']} より前です。同じ日か後の日、または空欄にしてください。",
            ),
        )
    codes = [code for code, _ in row["departments"]]
    if row["lead"] not in {"", EXTERNAL, *codes}:
        yield Finding(
            "lead",
            row["lead"],
            Text(
                f"{row['lead']} is none of the departments. Accepted: {', '.join(codes)}, {EXTERNAL}, or nothing.",
                f"主担当の {row['lead']} が部局の列にありません。使えるのは{'、'.join(codes)}、{EXTERNAL}、空欄です。",
            ),
        )
    yield from _unlikely(row, known)
    yield from _outside_their_life(row, known)
    yield from partner_notices(row["partners"], known)


def _unlikely(row: ActivityValues, known: Known) -> Iterator[Finding]:
    """A notice for a first day far from today, and for a number of persons that is not that of the ids."""
    day, count, ids = row["start_date"], row["people_count"], len(row["people"])
    if day > known.today + A_YEAR:
        yield Finding("start_date", day.isoformat(), _IN_THE_FUTURE, "notice")
    if day.year < UNLIKELY_BEFORE:
        yield Finding("start_date", day.isoformat(), _LONG_AGO, "notice")
    if ids and count is not None and count != ids:
        message = Text(
            f"The row says {counted(count, 'person')} and names {ids:,} by id. The ids are counted.",
            f"参加人数は {count} 人ですが、ID は {ids} 人分です。ID の数を使います。",
        )
        yield Finding("people_count", str(count), message, "notice")


def _outside_their_life(row: ActivityValues, known: Known) -> Iterator[Finding]:
    """A notice for each department that did not exist on the first day: the record is kept and counts there."""
    day = row["start_date"]
    for code, _ in row["departments"]:
        first, last = known.lives.get(code, (day, day))
        if first <= day <= last:
            continue
        closed = Text(f"closed on {last}, before", f"{last} 廃止") if day > last else None
        told = closed or Text(f"opened on {first}, after", f"{first} 設置")
        message = Text(
            f"{code} {told.en} the first day, {day}. The record counts there all the same.",
            f"{code}（{told.ja}）は開始日 {day} には存在しません。記録はそのまま {code} に数えます。",
        )
        yield Finding("departments", code, message, "notice")


A_YEAR = timedelta(days=366)
UNLIKELY_BEFORE = 1900
_IN_THE_FUTURE = Text(
    "The record begins in the future, more than a year after today. It is kept; is the year right?",
    "開始日が今日から 1 年以上先です。記録はそのまま登録します。年を確認してください。",
)
_LONG_AGO = Text(
    f"The record begins before {UNLIKELY_BEFORE}. It is kept; is the year right?",
    f"開始日が {UNLIKELY_BEFORE} 年より前です。記録はそのまま登録します。年を確認してください。",
)
_DATE = Text("a date as 2025-04-01 or 2025/4/1, or an Excel date", "2025-04-01 か 2025/4/1 の形の日付か Excel の日付")
_DEPARTMENTS = Text(
    "codes of departments, as ENG or ENG;SCI, or with shares that add up to 1, as ENG:0.6;SCI:0.4; * is the university",
    "部局コード（ENG、ENG;SCI、または合計 1 の割合付きで ENG:0.6;SCI:0.4）。* は大学全体",
)
_PARTNERS = Text(
    "ROR ids, as https://ror.org/01dq60k83, or Name @ CC with the country's alpha-2 code, separated by ;",
    "ROR ID（例 https://ror.org/01dq60k83）または「名称 @ 国コード」を ; で区切ったもの",
)
_PEOPLE = Text(
    "pseudonymous ids of Latin letters, digits and . : / + = # $ ~ _ -, separated by ;; never names",
    "仮名化した ID（英数字と . : / + = # $ ~ _ -）を ; で区切ったもの。氏名は不可",
)
_TYPES = {code: kind.name for code, kind in ACTIVITY_TYPES.items()}
_CODES_OF_TYPES = Text(", ".join(_TYPES), "、".join(_TYPES))
_CODES_OF_LEVELS = Text(", ".join(LEVELS), "、".join(LEVELS))
_ANY_TEXT = Text("any text", "任意の文字列")
_SHORT_TEXT = Text("a text of at most 200 letters", "200 文字以内の文字列")
_COUNTRIES = Text("ISO 3166 alpha-2 codes, as DE;FR", "ISO 3166 の 2 文字国コード（例 DE;FR）")

COLUMNS = (
    Column(name="record_id", name_ja="記録ID", required=True, read=cells.text_up_to(200), accepted=_SHORT_TEXT),
    Column(
        name="source",
        name_ja="情報源",
        read=cells.text_up_to(200),
        accepted=_SHORT_TEXT,
        empty=IMPORTS_OWN_NAME,
    ),
    Column(
        name="activity_type",
        name_ja="活動種別",
        required=True,
        read=cells.one_of(_TYPES, Text("an activity type", "活動種別のコード")),
        accepted=_CODES_OF_TYPES,
    ),
    Column(name="title", name_ja="名称", required=True, read=cells.as_written, accepted=_ANY_TEXT),
    Column(name="start_date", name_ja="開始日", required=True, read=day, accepted=_DATE),
    Column(name="end_date", name_ja="終了日", read=day, accepted=_DATE, empty=None),
    Column(name="departments", name_ja="部局", required=True, read=departments, accepted=_DEPARTMENTS),
    Column(
        name="lead",
        name_ja="主担当",
        read=lead,
        accepted=Text("one of the row's departments, external, or nothing", "その行の部局、external、または空欄"),
    ),
    Column(name="partners", name_ja="連携機関", read=partners, accepted=_PARTNERS, empty=()),
    Column(name="countries", name_ja="国", read=cells.countries, accepted=_COUNTRIES, empty=()),
    Column(name="people", name_ja="参加者ID", read=people, accepted=_PEOPLE, empty=(), private=True),
    Column(
        name="people_count",
        name_ja="参加人数",
        read=cells.whole_number(0, cells.MOST_PERSONS),
        accepted=Text("a whole number, 0 or more", "0 以上の整数"),
        empty=None,
    ),
    Column(
        name="level",
        name_ja="課程・身分",
        read=cells.one_of(LEVELS, Text("a level", "課程・身分のコード")),
        accepted=_CODES_OF_LEVELS,
    ),
    Column(
        name="amount",
        name_ja="金額",
        read=cells.number_between(0, 1e15),
        accepted=Text("an amount of money, 0 or more, as 1200000 or 1200.5", "0 以上の金額（例 1200000、1200.5）"),
        empty=None,
    ),
    Column(
        name="currency",
        name_ja="通貨",
        read=cells.currency,
        accepted=Text("an ISO 4217 code, as USD", "ISO 4217 の通貨コード（例 USD）"),
        empty="JPY",
    ),
    Column(name="sdgs", name_ja="SDGs", read=sdgs, accepted=Text("1 to 17, as 3;13", "1〜17（例 3;13）"), empty=()),
    Column(
        name="citation_percentile",
        name_ja="被引用パーセンタイル",
        read=cells.number_between(0, 100),
        accepted=Text("a number from 0 to 100", "0〜100 の数"),
        empty=None,
    ),
    Column(
        name="language",
        name_ja="言語",
        read=cells.language,
        accepted=Text("an ISO 639-1 code, as en", "ISO 639-1 の言語コード（例 en）"),
    ),
    Column(
        name="url",
        name_ja="URL",
        read=cells.web_address,
        accepted=Text("an address that begins with http:// or https://", "http:// か https:// で始まるアドレス"),
    ),
)

ACTIVITIES = Kind(
    key="activities",
    name=Text("activities", "活動"),
    identity=("source", "record_id"),
    columns=COLUMNS,
    check_row=check_row,
    store=store_activities,
    in_bulk=True,
)
