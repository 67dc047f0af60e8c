"""Where definitions come from: the documents and rankings that an indicator names, without their numbers."""

import re

from metrics.indicator import Indicator
from vocabulary.text import Text

OWN = "own"
OWN_NAME = Text("own definition", "独自の定義")
_NUMBER = re.compile(r"\s+(?:\d{1,2}|\d{5})$")  # an indicator's number in the document, not a year


def sources_of(indicator: Indicator) -> tuple[str, ...]:
    """`MEXT/JSPS Top Global University 4; IMPI 01009` names two: `MEXT/JSPS Top Global University`, `IMPI`."""
    parts = (re.split(r",|\s\(", part)[0].strip() for part in indicator.source.split(";"))
    return tuple(dict.fromkeys(_NUMBER.sub("", part) for part in parts))


def source_text(indicator: Indicator) -> Text:
    """The source as it is written, `own` in words."""
    parts = [part.strip() for part in indicator.source.split(";")]
    return Text(
        "; ".join(OWN_NAME.en if part == OWN else part for part in parts),
        "; ".join(OWN_NAME.ja if part == OWN else part for part in parts),
    )
