"""All promises, in the order of their numbers."""

from collections import Counter

from assurance import (
    browser,
    cached_asked,
    canaries,
    configuration,
    days,
    dependencies,
    downloads,
    figures,
    files,
    forging,
    keeping,
    load,
    operation,
    personal,
    row_security,
    rules,
    sign_in,
)
from assurance.promise import Outcome, Promise


def by_code(*promises: Promise) -> dict[str, Promise]:
    """Promises in the order of their numbers; ValueError where two have the same."""
    numbers = Counter(promise.number for promise in promises)
    if twice := [number for number, count in numbers.items() if count > 1]:
        raise ValueError(f"P{twice[0]} is the number of two promises; the next that is free is P{max(numbers) + 1}")
    return {promise.code: promise for promise in sorted(promises, key=lambda promise: promise.number)}


PROMISES = by_code(
    *cached_asked.PROMISES,
    *canaries.PROMISES,
    *forging.PROMISES,
    *days.PROMISES,
    *keeping.PROMISES,
    *personal.PROMISES,
    *rules.PROMISES,
    *browser.PROMISES,
    *configuration.PROMISES,
    *downloads.PROMISES,
    *files.PROMISES,
    *dependencies.PROMISES,
    *sign_in.PROMISES,
    *operation.PROMISES,
    *row_security.PROMISES,
    *figures.PROMISES,
    *load.PROMISES,
    # one line for each module of promises
)


def tried(code: str) -> Outcome:
    """What trying a promise gives; an attempt that fails is a promise that is not met."""
    try:
        return PROMISES[code].attempt()
    except Exception as error:  # noqa: BLE001  whatever it is, the table goes on and says so
        said = str(error).partition("\n")[0]
        return Outcome("", f"the attempt failed: {type(error).__name__}: {said}", kept=False)
