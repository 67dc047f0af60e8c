"""Nasty tables: titles, totals and notes among the records, and cells as people in offices type them."""

from tests.data_access.imports.corpus.nasty import GOOD, HEADER, SECOND, Nasty, csv, good_but, lines

_GOAL_HEADER = ("indicator", "department", "fiscal_year", "value", "kind")
_JAPANESE = ("記録ID", "活動種別", "名称", "開始日", "部局", "人数")


def goal(value: str) -> Nasty:
    text = lines(_GOAL_HEADER, ("international_student_share", "ENG", "2030", value, "target"))
    return Nasty("file.csv", text.encode(), "goals")


NASTIES = {
    "a title above the header": csv(("2025年度 国際活動一覧", "", "", "", "", ""), HEADER, GOOD),
    "the header in row 3": csv(("国際活動一覧",), ("令和7年5月1日現在",), HEADER, GOOD),
    "an empty first column": csv(("", *HEADER), ("", *GOOD)),
    "a header twice": csv((*HEADER, "title"), (*GOOD, "x")),
    "a header twice, in both languages": csv((*HEADER, "名称"), (*GOOD, "x")),
    "headers in full width": csv(tuple(h.replace("ID", "ＩＤ") for h in _JAPANESE[:5]), GOOD[:5]),
    "headers with line breaks in them": csv(('"記録\nID"', *_JAPANESE[1:5]), GOOD[:5]),
    "blank rows in between": csv(HEADER, GOOD, ("",) * 6, ("",), SECOND),
    "the header repeated on every page": csv(HEADER, GOOD, HEADER, SECOND),
    "a row of totals at the end": csv(HEADER, GOOD, SECOND, ("合計", "", "", "", "", "8")),
    "a row of totals, in English": csv(HEADER, GOOD, ("", "", "Grand Total", "", "", "8")),
    "subtotals in between": csv(HEADER, GOOD, ("小　計", "", "", "", "ENG", "3"), SECOND),
    "notes below the table": csv(HEADER, GOOD, ("※ 5月1日現在。留学生を含む。", "", "", "", "", "")),
    "a comment row": csv(HEADER, ("# exported by the registry", "", "", "", "", ""), GOOD),
    "ditto marks": csv(HEADER, GOOD, ("R2", "〃", "Another paper", "2025-04-02", "〃", "5")),
    "the same in words": csv(HEADER, GOOD, ("R2", "publication", "同上", "2025-04-02", "SCI", "5")),
    "the department in the first row of its group alone": csv(
        HEADER, GOOD, ("R2", "publication", "B", "2025-04-02", "", "5")
    ),
    "007": csv(HEADER, good_but(record_id="007")),
    "NA": csv(HEADER, good_but(title="NA")),
    "1e3 as an id": csv(HEADER, good_but(record_id="1e3")),
    "1e3 as a number of persons": csv(HEADER, good_but(people_count="1e3")),
    "an id that Excel has shortened": csv(HEADER, good_but(record_id="1.23E+10")),
    "the same id twice": csv(HEADER, GOOD, good_but(title="Another paper")),
    "the same id twice, a space behind one": csv(HEADER, GOOD, good_but(record_id="R1 ", title="Another paper")),
    "an id with a zero-width space": csv(HEADER, GOOD, good_but(record_id="R1\N{ZERO WIDTH SPACE}", title="B")),
    "an id with a no-break space within": csv(HEADER, good_but(record_id="R\N{NO-BREAK SPACE}1")),
    "no-break spaces around": csv(
        HEADER, good_but(departments="\N{NO-BREAK SPACE}ENG\N{NO-BREAK SPACE}", title="\u3000A paper\u3000")
    ),
    "spaces behind codes": csv(HEADER, good_but(activity_type="publication ", departments="ENG ")),
    "codes in full width": csv(HEADER, good_but(departments="ＥＮＧ")),
    "codes with a Cyrillic letter": csv(HEADER, good_but(departments="\N{CYRILLIC CAPITAL LETTER IE}NG")),
    "codes with a zero-width space": csv(HEADER, good_but(departments="ENG\N{ZERO WIDTH SPACE}")),
    "half-width katakana": csv(HEADER, good_but(title="ﾄｳﾎｸ ﾀﾞｲｶﾞｸ"), encoding="cp932"),
    "smart quotes": csv(HEADER, good_but(title="“A paper” on ‘quotes’")),
    "lists with Japanese commas": csv(HEADER, good_but(departments="ENG、SCI")),
    "digits in full width": csv(HEADER, good_but(people_count="１２")),
    "thousands separators": csv(HEADER, good_but(people_count='"1,234"')),
    "units in cells": csv(HEADER, good_but(people_count="12人")),
    "below zero with a triangle": csv(HEADER, good_but(people_count="△5")),
    "below zero in parentheses": csv(HEADER, good_but(people_count="(5)")),
    "a dash for none": csv(HEADER, good_but(people_count="－")),
    "infinity": csv(HEADER, good_but(people_count="inf")),
    "a per cent sign in full width": goal("１０％"),
    "a share above the whole": goal("10"),
    "令和 dates": csv(HEADER, good_but(start_date="令和7年4月1日")),
    "short 令和 dates": csv(HEADER, good_but(start_date="R7.4.1")),
    "Excel's serial number of a day": csv(HEADER, good_but(start_date="45748")),
    "day and month in another order": csv(HEADER, good_but(start_date="04/01/2025")),
    "two digits for the year": csv(HEADER, good_but(start_date="25/4/1")),
    "dates as Excel in Japan writes them": csv(HEADER, good_but(start_date="2025/4/1")),
    "a day that is not in the calendar": csv(HEADER, good_but(start_date="2025-02-30")),
    "a day in a time zone": csv(HEADER, good_but(start_date="2025-03-31T23:00:00Z")),
    "#REF!": csv(HEADER, good_but(title="#REF!")),
    "TRUE for a number": csv(HEADER, good_but(people_count="TRUE")),
    "a ROR id in capitals": csv((*HEADER, "partners"), (*GOOD, "HTTPS://ROR.ORG/00HX57361")),
    "a mail address in a title": csv(HEADER, good_but(title="Paper by hanako@example.ac.jp")),
    "names where ids of people belong": csv((*HEADER, "people"), (*GOOD, "faculty:山田 花子")),
    "a formula that fetches data, in CSV": csv(HEADER, good_but(title='"=WEBSERVICE(""http://x.example/"")"')),
    "a title that begins like a formula": csv(HEADER, good_but(title="=1+1 and other sums")),
    "a title in letters from beyond 16 bits": csv(HEADER, good_but(title="𠮷野家と𩸽の研究")),
}
