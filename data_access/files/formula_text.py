"""Text that a spreadsheet would take for a formula: an apostrophe stands before it, and is taken off again.

A spreadsheet may take for a formula what begins with `=`, `+`, `-`, `@`, a tab, a line break or NUL (in full width,
too). An apostrophe is put before such a text and before such a part of one, for a spreadsheet may split a cell of CSV
at a semicolon, a tab or a line break, whatever the file says. It is taken off only where it stands before one of these
signs (and behind further apostrophes): exactly where the monitor puts one. A number needs none: it is only a number.
"""

import re

_SIGNS = "=+\\-@\\t\\r\\n\\0＝＋－＠"
_FORMULA = re.compile(f"((?:^|[;\\t\\r\\n])\"*)('*[{_SIGNS}])")  # escaped or not: what was escaped is escaped again
_ESCAPED = re.compile(f"((?:^|[;\\t\\r\\n])\"*)'('*[{_SIGNS}])")
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+(?:[eE][+-]?\d+)?", re.ASCII)


def escaped(text: str) -> str:
    """The text as files hold it: no spreadsheet calculates it, wherever it splits it."""
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'\2", text)


def unescaped(text: str) -> str:
    """The text that was escaped; any other text as it is."""
    return _ESCAPED.sub(r"\1\2", text)
