"""Where definitions come from: the schemes that an indicator refers to, else the document that it names."""

from metrics.indicator import Indicator
from metrics.references import SCHEMES
from vocabulary.text import Text

OWN = "own"
NAMES = {
    OWN: Text("own definition", "独自の定義"),
    "Tohoku University Vision 2030": Text("Tohoku University Vision 2030", "東北大学ビジョン2030"),
    "Erasmus practice": Text("Erasmus practice", "エラスムス計画の慣行"),
}


def sources_of(indicator: Indicator) -> tuple[str, ...]:
    """Codes of the schemes that it refers to, and its document without the place in it: `SGU`, `IMPI`; `Hill 1973`."""
    document = () if indicator.references and indicator.source == OWN else (indicator.source.split(",")[0],)
    return (*dict.fromkeys(one.scheme for one in indicator.references), *document)


def source_name(source: str) -> Text:
    """What one of `sources_of` is called; a document without a name of ours is called as it is written."""
    return SCHEMES[source].name if source in SCHEMES else NAMES.get(source, Text(source, source))


def source_text(indicator: Indicator) -> Text:
    """All of it with numbers: `MEXT Top Global University 4, persons; IMPI 01009`."""
    told = [one.text for one in indicator.references]
    if indicator.source != OWN or not told:
        told.append(NAMES.get(indicator.source, Text(indicator.source, indicator.source)))
    return Text("; ".join(one.en for one in told), "；".join(one.ja for one in told))
