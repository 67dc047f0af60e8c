"""What came when, from which file, what was refused, and how does the next file come in?

For the clerk of the International Strategy Office with forty files in April, for the heads with those of their own
departments, and for the President's office, which reads what came. At the top what came last; then the place to drop
files, a card for each with what is wrong in which cell, which figures would move, and the button that stores; below
it all attempts, one of them in full with the way back, and the formats with their templates.
"""

from pages.parts.frame import heading
from pages.parts.imports.attempts import attempt_table, attempts, say_attempts
from pages.parts.imports.formats import how_to_import
from pages.parts.imports.one_import import one_import
from pages.parts.imports.receive import receive
from pages.parts.imports.undo import say_undone
from vocabulary.text import Text

heading(Text("What came when, from which file", "データの取り込み"))
found = attempts()
say_attempts(found)
say_undone()
receive()
one_import(attempt_table(found))
how_to_import()
