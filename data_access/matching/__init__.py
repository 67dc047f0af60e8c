"""Matching names and affiliations with the registry of research organizations: surely, perhaps, or not at all."""

from data_access.matching.matcher import Candidate, Match, Matcher, matcher, matcher_over
from data_access.matching.saying import why

__all__ = ["Candidate", "Match", "Matcher", "matcher", "matcher_over", "why"]
