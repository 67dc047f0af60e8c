"""Why a text means an organization, in words: which of its names was found, and what speaks for and against it."""

from data_access.matching.answers import Candidate
from vocabulary.partner_matching import AND, CITY, CORRECTED, COUNTRY, DOUBTS, FOUND
from vocabulary.text import Text


def why(candidate: Candidate) -> Text:
    """One sentence without its full stop: “Tohoku Univ” is “Tohoku University”; the city agrees."""
    found = CORRECTED if candidate.is_corrected else FOUND
    said = [found.filled(written=candidate.written, name=candidate.name)]
    said += [CITY] if candidate.in_city else []
    said += [COUNTRY] if candidate.in_country else []
    said += [DOUBTS[doubt] for doubt in candidate.doubts]
    return Text(AND.en.join(one.en for one in said), AND.ja.join(one.ja for one in said))
