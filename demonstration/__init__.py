"""The demonstration: real departments, partners and published totals, synthetic records calibrated to them."""

from demonstration.generate import KINDS, generate
from demonstration.loading import IMPORTER, NotEmptyError, load

__all__ = ["IMPORTER", "KINDS", "NotEmptyError", "generate", "load"]
