"""What reads as a person's name, telephone number or day of birth where none may stand."""

import re
from collections.abc import Iterator

from data_access.imports.columns import Kind, Values
from data_access.imports.report import Finding
from vocabulary.text import Text

_WORD = re.compile(r"[A-Za-z]{3,}|(?<![A-Za-z])[A-Z][a-z](?![A-Za-z])", re.ASCII)
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_DAY = r"(?:(?:19|20)\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d)"
_DAY_ALONE = re.compile(_DAY, re.ASCII)
# What is searched for in every text begins with the letters that it may begin with: all others are passed over at once.
_TELEPHONE = re.compile(
    r"[+(0](?<![\d+-].)(?:"
    r"(?<=\+)\d{1,3}[ .-]\(?\d{1,4}\)?[ .-]\d{2,4}[ .-]\d{3,4}"  # +81-90-1234-5678
    r"|(?<=0)\d{1,4}\)?[ .-]\d{1,4}[ .-]\d{4}"  # 022-795-4900
    r"|(?<=\()0\d{1,4}\)?[ .-]\d{1,4}[ .-]\d{4}"  # (022) 795 4900
    r"|(?<=0)[789]0\d{8}"  # 09012345678
    r")(?![\d-])",
    re.ASCII,
)
_BIRTH = re.compile(r"[生誕bBdD](?:(?<=[生誕])|(?<=[bB])(?i:orn|irth)|(?<=[dD])(?i:ob))")
_BORN = re.compile(
    r"(?:生年月日|誕生日|date of birth|birth ?da(?:te|y)|\bDOB\b|\bborn\b)[^\d]{0,12}"
    + _DAY
    + "|"
    + _DAY
    + r"\s?生(?:まれ|\b)",
    re.IGNORECASE | re.ASCII,
)
_SHORTEST = 9  # letters of either: 01-2-3456, 2000/1/1生
_HALF_WIDTH = str.maketrans("０１２３４５６７８９－ー（）＋．　", "0123456789--()+. ")

NAME = Text("looks like a name", "氏名のように見えます")
TELEPHONE = Text("looks like a telephone number", "電話番号のように見えます")
DAY = Text("looks like a date", "日付のように見えます")
IN_A_TEXT = Text(
    "The text holds what {what}. It is kept as it is. Accepted: texts that tell nothing of single persons.",
    "{what}部分があります。そのまま登録しますが、個人に関する情報は書かないでください。",
)
OF_BIRTH = Text("looks like a day of birth", "生年月日のように見える")
A_TELEPHONE = Text("looks like a telephone number", "電話番号のように見える")


def no_id(written: str) -> Text | None:
    """What an entry in a list of person ids looks like instead; None where it may be an id.

    A word without any digit is a name to us: ids have one, and whoever numbers persons can write it.
    """
    if _TELEPHONE.fullmatch(written):
        return TELEPHONE
    if _DAY_ALONE.fullmatch(written):
        return DAY
    has_digit = any(letter.isdigit() for letter in written)
    words = _WORD.findall(written)
    return NAME if not has_digit and any(_VOWEL.search(word) for word in words) else None


def told_of_persons(kind: Kind, values: Values) -> Iterator[Finding]:
    """A notice for each text of a row, other than what names it, that tells of one person; the text is not repeated."""
    for column in kind.columns:
        text = values[column.name]
        if isinstance(text, str) and column.name not in kind.identity and (what := personal(text)):
            yield Finding(column.name, "…", IN_A_TEXT.filled(what=what), "notice")


def personal(text: str) -> Text | None:
    """What a text holds that tells of one person: a telephone number or a day of birth; None where nothing is seen."""
    if len(text) < _SHORTEST:
        return None
    plain = text if text.isascii() else text.translate(_HALF_WIDTH)
    if ("0" in plain or "+" in plain) and _TELEPHONE.search(plain):
        return A_TELEPHONE
    return OF_BIRTH if _BIRTH.search(plain) and _BORN.search(plain) else None
