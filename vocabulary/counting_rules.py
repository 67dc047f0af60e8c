"""The counting rules: what a record adds to a figure of one department when several take part."""

from vocabulary.text import Text

COUNTING_RULES = {
    "whole": Text("Whole counting", "整数カウント"),
    "fractional": Text("Fractional counting", "分数カウント"),
    "lead": Text("Lead counting", "主担当カウント"),
}
COUNTING_EXPLAINED = {
    "whole": Text(
        "A record counts 1 in each of its departments, and 1 in everything above them, however many take part. The "
        "departments therefore add up to more than the university.",
        "1件の活動を、参加した各部局とその上位組織にそれぞれ1件と数える。部局の合計は全学の値を上回ることがある。",
    ),
    "fractional": Text(
        "A record counts its share in each of its departments (equal shares where none are written) and the sum of "
        "the shares above them. The departments add up to the university.",
        "1件の活動を、各部局の割合（記載がなければ均等）に応じて数え、上位組織では割合を合計する。"
        "部局の合計は全学の値と一致する。",
    ),
    "lead": Text(
        "A record counts 1 in the department that leads it, and above, and nothing elsewhere. A record led by a "
        "partner counts nowhere; without a named lead the only department leads, and of several nobody does.",
        "1件の活動を、主担当の部局とその上位組織でのみ1件と数える。学外が主担当の活動はどこでも数えない。"
        "主担当の記載がなければ、部局が一つのときはその部局、複数のときは主担当なしとする。",
    ),
}
