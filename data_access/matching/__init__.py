"""Matching names and affiliations with the registry of research organizations: surely, perhaps, or not at all."""

from data_access.matching.answers import Candidate, Match
from data_access.matching.many import match_many
from data_access.matching.matcher import Matcher, matcher, matcher_over
from data_access.matching.saying import why

__all__ = ["Candidate", "Match", "Matcher", "match_many", "matcher", "matcher_over", "why"]
