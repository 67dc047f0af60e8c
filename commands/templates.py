"""What `manage.py template` does: a workbook to fill in for a kind of file, with the codes that the database knows."""

import argparse
from pathlib import Path

from sqlalchemy import Engine

from data_access.engine import as_whole, reading
from data_access.imports.template_codes import codes_of
from data_access.imports.templates import TEMPLATES, template
from metrics.catalogue import INDICATORS
from metrics.conditions import CONDITIONS
from vocabulary.text import Language


def add_options(parser: argparse.ArgumentParser, language: Language) -> None:
    parser.add_argument("kind", metavar="KIND", choices=TEMPLATES, help=f"one of {', '.join(TEMPLATES)}")
    parser.add_argument("file", metavar="FILE", type=Path, help="the workbook to write (.xlsx)")
    parser.add_argument("--language", choices=("en", "ja"), default=language, help="of the headers (%(default)s)")


def run(engine: Engine, options: argparse.Namespace) -> int:
    names = {key: indicator.name for key, indicator in INDICATORS.items()}
    conditions = {key: condition.text for key, condition in CONDITIONS.items()}
    with reading(engine) as connection:
        codes = codes_of(as_whole(connection), indicators=names, conditions=conditions)
    options.file.write_bytes(template(options.kind, codes, options.language))
    return 0
