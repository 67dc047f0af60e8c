"""Where what a command says goes: standard output, or the file that was named."""

import sys
from pathlib import Path


def write_out(content: bytes, output: str | Path | None, what: str) -> int:
    """Write to the file named, else to standard output; 1 with the reason on standard error where it cannot be.

    `what`: what is written, as the reason names it: `figures`.
    """
    if not output:
        sys.stdout.buffer.write(content)
        return 0
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        print(f"The {what} could not be written to {output}: {error.strerror}", file=sys.stderr)
        return 1
    return 0
