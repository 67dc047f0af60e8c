"""The words of matching names with the registry: how sure a match is, what speaks for it, and what against it."""

from vocabulary.text import Text

STATUSES = {
    "sure": Text("sure", "確実"),
    "doubtful": Text("doubtful", "要確認"),
    "none": Text("nothing found", "該当なし"),
}
FOUND = Text("“{written}” is “{name}”", "「{written}」は「{name}」に当たる")
CORRECTED = Text("“{written}” is nearly “{name}”", "「{written}」は「{name}」に近い")
CITY = Text("the city agrees", "都市が一致")
COUNTRY = Text("the country agrees", "国が一致")
DOUBTS = {
    "country": Text("the text names another country", "記載の国と異なる"),
    "several": Text("several organizations have this name", "同名の機関が複数ある"),
    "generic": Text("common words that many institutions share", "多くの機関に共通する一般的な名称"),
    "one word": Text("a single word", "一語のみの名称"),
    "acronym": Text("only an acronym", "略称のみ"),
    "goes on": Text("the words around it may make it the name of another body", "前後の語から別の組織の可能性がある"),
    "spelling": Text("spelled otherwise, and no place confirms it", "表記が異なり、所在地でも確認できない"),
    "similar": Text("only similar", "類似にとどまる"),
    "institutions": Text("several institutions are named", "複数の機関名が記載されている"),
}
AND = Text("; ", "、")
