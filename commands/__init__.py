"""Commands of the operator's command line that are too long to stand in manage.py."""

import gc

# What is loaded stays: Python would search it for cycles again and again while it comes, for a fifth of the time.
gc.set_threshold(100_000, 10, 10)
