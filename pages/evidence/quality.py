"""Can I trust these figures, and what has to be mended by whom? For the Strategy Office and heads of departments.

How complete the records are and between which limits figures lie for it, then the checks by how grave what they find
is, the findings row by row with the way to each record and a file to correct, and who delivered what and when.
"""

from pages.parts.frame import heading
from pages.parts.narrowing import choose_department, say_refused
from pages.parts.quality.asked import ask, choose_source, choose_year
from pages.parts.quality.checks import check_table, one_check
from pages.parts.quality.coverage import coverage_tables
from pages.parts.quality.limits import limits_table
from pages.parts.quality.rows import finding_rows
from pages.parts.quality.said import say_answer, say_clean
from vocabulary.text import Text

with heading(Text("Can these figures be trusted", "データの品質")):
    department = choose_department(width=260)
    year = choose_year()
    source = choose_source()
say_refused(department)

asked = ask(department, year, source)
say_answer(asked)
limits_table(asked)
if asked.found.empty:
    say_clean()
else:
    check = check_table(asked)
    one_check(check, asked)
    finding_rows(asked, check)
coverage_tables(asked)
