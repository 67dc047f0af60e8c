"""The setting `MONITOR_SMALL_NUMBERS`: whether small numbers are withheld (the default) or all numbers are rounded."""

import os
from typing import Literal, get_args

Method = Literal["suppress", "round"]
METHODS: tuple[Method, ...] = get_args(Method)
SETTING = "MONITOR_SMALL_NUMBERS"


class UnknownMethodError(ValueError):
    """The setting names no method; the message says what there is."""


def chosen_method() -> Method:
    """How small numbers are protected, as the environment says. UnknownMethodError for a word that is no method."""
    asked = os.environ.get(SETTING, "").strip().lower()
    found = next((method for method in METHODS if method == (asked or METHODS[0])), None)
    if found is None:
        raise UnknownMethodError(f"{SETTING}={asked}: say one of {', '.join(METHODS)} (default: {METHODS[0]}).")
    return found
