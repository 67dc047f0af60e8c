"""The codes of the vocabulary in the order by which the ledger's arrays number them."""

import numpy as np

from vocabulary.activity_types import ACTIVITY_TYPES, PROCESSES, TARGETS
from vocabulary.people import LEVELS

TYPE_CODES = tuple(ACTIVITY_TYPES)
LEVEL_CODES = ("", *LEVELS)
TARGET_CODES = tuple(TARGETS)
PROCESS_CODES = tuple(PROCESSES)
IN_FORCE = np.array([kind.counted == "in force" for kind in ACTIVITY_TYPES.values()])
SDGS = 17  # numbered from 1
