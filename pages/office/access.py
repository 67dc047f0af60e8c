"""Who may see what, until when, and who waits for a role?

For the International Strategy Office. At the top how many persons have which role, whose role ends within sixty days
or next, and who signed in without one; then the roles that hold, the way to give one, to take some back, to end
somebody's logins and to look through another's eyes; below all that was ever given.
"""

from pages.parts import granting
from pages.parts.access.ending import show_ending
from pages.parts.access.giving import show_giving
from pages.parts.access.keeping import say_kept
from pages.parts.access.lists import show_held, show_history
from pages.parts.access.said import say_answer, say_not_yours
from pages.parts.access.viewing import show_viewing
from pages.parts.frame import heading
from vocabulary.text import Text

heading(Text("Who may see what, and until when?", "閲覧者と権限"))
if granting.may_read():
    everybody = granting.everybody()
    say_kept()
    say_answer(everybody)
    show_held(everybody)
    if granting.may_grant():
        show_giving(everybody)
        show_ending(everybody)
        show_viewing(everybody)
    show_history(everybody)
else:
    say_not_yours()
