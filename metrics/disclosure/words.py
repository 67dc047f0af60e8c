"""What is written where a number is withheld: the same words in tables, charts, files and sentences.

"Fewer than 5" is said where the university has one to four persons and the reader none of them, which is all that it
tells. Everything else that is withheld, to protect itself or another figure or because the combination asked for is not
published, has one word: which of these it is would tell something.
"""

from metrics.disclosure.suppression import THRESHOLD
from vocabulary.text import Text

FEWER = Text("fewer than {most}", "{most}人未満").filled(most=THRESHOLD)
WITHHELD = Text("withheld to protect individuals", "秘匿（個人の特定を防ぐため）")
IN_A_CELL = Text("withheld", "秘匿")
