"""What came when, from which file, and what was refused? For the International Strategy Office.

The attempts newest first, one of them with its remarks, and how to import the next file.
"""

from pages.parts.frame import heading
from pages.parts.imports.attempts import attempt_table, attempts, say_attempts
from pages.parts.imports.formats import how_to_import
from pages.parts.imports.one_import import one_import
from vocabulary.text import Text

heading(Text("What came when, from which file", "データの取り込み"))
found = attempts()
say_attempts(found)
one_import(attempt_table(found))
how_to_import()
