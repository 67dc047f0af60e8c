"""Levels of people in activities, and the populations and groups that are counted on the census day."""

from vocabulary.text import Text

LEVELS = {
    "undergraduate": Text("Undergraduate", "学部"),
    "master": Text("Master's", "修士"),
    "doctoral": Text("Doctoral", "博士"),
    "postdoctoral": Text("Postdoctoral", "ポスドク"),
    "faculty": Text("Faculty", "教員"),
    "staff": Text("Staff", "職員"),
}
POPULATIONS = {
    "undergraduate": Text("undergraduate students", "学部学生"),
    "master": Text("master's students", "修士学生"),
    "doctoral": Text("doctoral students", "博士学生"),
    "faculty": Text("faculty", "教員"),
    "researcher": Text("researchers", "研究者"),
    "staff": Text("staff", "職員"),
    "course": Text("courses", "授業科目"),
    "degree_programme": Text("degree programmes", "学位プログラム"),
    "syllabus": Text("syllabi", "シラバス"),
}
STUDENTS = ("undergraduate", "master", "doctoral")
NOT_PERSONS = ("course", "degree_programme", "syllabus")  # of the populations
GROUPS = {
    "all": Text("all", "全体"),
    "international": Text("with the residence status Student", "在留資格「留学」"),
    "whole_year": Text("counted over the whole year", "通年で数えた留学生"),
    "foreign_national": Text("of foreign nationality", "外国籍"),
    "overseas_degree": Text("Japanese with a degree from abroad", "海外で学位を取得した日本人"),
    "overseas_experience_1y": Text("Japanese with 1 to under 3 years abroad", "海外経験1年以上3年未満の日本人"),
    "overseas_experience_3y": Text("Japanese with 3 years or more abroad", "海外経験3年以上の日本人"),
    "early_career": Text("early-career", "若手"),
    "foreign_language": Text("in a foreign language", "外国語による"),
    "language_standard_met": Text("who meet the language standard", "語学基準を満たす"),
    "mixed_housing": Text("in mixed housing", "混住寮に住む"),
    "flexible_calendar": Text("with a flexible calendar", "柔軟な学事暦"),
}
DISJOINT_GROUPS = ("foreign_national", "overseas_degree", "overseas_experience_1y", "overseas_experience_3y")
"""The categories of the ministry's survey, of which nobody is in two: only these may be added up."""
DISJOINT_POPULATIONS = (
    (*STUDENTS, "faculty", "staff"),
    (*STUDENTS, "researcher", "staff"),  # faculty are researchers, too
)


def is_of_persons(populations: tuple[str, ...]) -> bool:
    """Whether one of the populations is of persons, not of courses, programmes or syllabi."""
    return any(population not in NOT_PERSONS for population in populations)
