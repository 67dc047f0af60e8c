"""Who runs a command: the operating system's account, as it stands with imports and in the audit log."""

import os
import pwd

from data_access.audit import Actor


def account() -> str:
    """The operating system's account of whoever runs this."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # an account without an entry, as in a container
        return str(os.geteuid())


def operator(name: str = "") -> Actor:
    """Whoever runs this, for the audit log: the account itself, or the name that `--by` says."""
    return Actor(f"command line: {name or account()}")
