"""Who runs a command: the operating system's account, as it stands with imports and in the audit log."""

import argparse
import os
import pwd

from data_access.audit import Actor
from vocabulary.text import Language


def account() -> str:
    """The operating system's account of whoever runs this."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # an account without an entry, as in a container
        return str(os.geteuid())


def operator(name: str = "") -> Actor:
    """Whoever runs this, for the audit log: the account itself, or the name that `--by` says."""
    return Actor(f"command line: {name or account()}")


def add_who_and_language(parser: argparse.ArgumentParser, language: Language) -> None:
    parser.add_argument("--by", metavar="NAME", default=account(), help="who does it, kept with it (%(default)s)")
    parser.add_argument("--language", choices=("en", "ja"), default=language, help="of the answer (%(default)s)")
