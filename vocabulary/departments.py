"""The university's code, kinds of departments and their fields; a word that is not here is shown as it was written."""

from vocabulary.text import Text

UNIVERSITY = "*"  # the code of the university itself, the root of the tree of departments

KINDS = {
    "faculty": Text("faculty", "学部"),
    "graduate_school": Text("graduate school", "研究科"),
    "institute": Text("research institute", "附置研究所"),
    "group": Text("group of departments", "部局群"),
    "centre": Text("centre", "センター"),
    "hospital": Text("hospital", "病院"),
    "university": Text("university", "大学"),
}
KIND_GROUPS = {
    "faculty": Text("Faculties", "学部"),
    "graduate_school": Text("Graduate schools", "研究科"),
    "institute": Text("Institutes", "附置研究所"),
    "centre": Text("Centres", "センター"),
    "hospital": Text("Hospitals", "病院"),
}
DISCIPLINES = {
    "agriculture": Text("agriculture", "農学"),
    "engineering": Text("engineering", "工学"),
    "humanities": Text("the humanities", "人文学"),
    "interdisciplinary": Text("interdisciplinary fields", "学際"),
    "medicine": Text("medicine and health", "医歯薬学"),
    "science": Text("science", "理学"),
    "social sciences": Text("the social sciences", "社会科学"),
}


def word(code: str, words: dict[str, Text]) -> Text:
    """What a code is called; a code without a name is its own."""
    return words.get(code) or Text(code, code)
