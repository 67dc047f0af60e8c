"""Importing files: reading them as text, checking every row, storing all or nothing, telling what came of it."""

from data_access.imports.columns import Column, Kind
from data_access.imports.kinds import KINDS
from data_access.imports.known import HOME_ROR
from data_access.imports.own_id import keep_own
from data_access.imports.report import ImportReport, Remark
from data_access.imports.storing import Preview, preview_files, store_file, store_files, store_rows

__all__ = [
    "HOME_ROR",
    "KINDS",
    "Column",
    "ImportReport",
    "Kind",
    "Preview",
    "Remark",
    "keep_own",
    "preview_files",
    "store_file",
    "store_files",
    "store_rows",
]
