"""All promises, in the order of their numbers."""

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

PROMISES: dict[str, Promise] = {
    promise.code: promise
    for promise in sorted(
        (
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
        ),
        key=lambda promise: promise.number,
    )
}


def tried(code: str) -> Outcome:
    """What trying a promise gives; an attempt that fails is a promise that is not met."""
    try:
        return PROMISES[code].attempt()
    except Exception as error:  # noqa: BLE001  whatever it is, the table goes on and says so
        said = str(error).partition("\n")[0]
        return Outcome("", f"the attempt failed: {type(error).__name__}: {said}", kept=False)
