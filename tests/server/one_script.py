"""Serves one script as the monitor is served: `python -m tests.server.one_script SCRIPT [--no-policy] PORT`."""

import sys
from pathlib import Path

from serving.start import start

if __name__ == "__main__":
    script, *switches, port = sys.argv[1:]
    sys.exit(start("127.0.0.1", int(port), ["127.0.0.1"], script=Path(script), policy="--no-policy" not in switches))
