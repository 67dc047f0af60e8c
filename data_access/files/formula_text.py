"""Text that a spreadsheet would take for a formula: an apostrophe stands before it in CSV, and is taken off again.

An apostrophe is taken off only where it stands before `=`, `+`, `-`, `@`, a tab or a line break (in full width, too,
and behind further apostrophes): exactly where the monitor puts one. Workbooks need none, for each of their cells says
whether it is text; a number needs none, for it is only a number.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # escaped or not: what was escaped before is escaped again
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+(?:[eE][+-]?\d+)?", re.ASCII)


def escaped(text: str) -> str:
    """The text as CSV holds it: no spreadsheet calculates it."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unescaped(text: str) -> str:
    """The text that was escaped; any other text as it is."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
