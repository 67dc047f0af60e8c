"""The fiscal year: FY2025 is April 2025 to March 2026; and days, which are days in Japan."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from vocabulary.text import Text

FIRST_MONTH = 4
JAPAN = ZoneInfo("Asia/Tokyo")


def day_in_japan(moment: datetime) -> date:
    """The day that it is in Japan: at 15:00 UTC on 31 March it is 1 April. ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} is no moment: it does not say in which time zone")
    return moment.astimezone(JAPAN).date()


def fiscal_year(day: date) -> int:
    """The fiscal year a day falls in: 31 March 2025 is FY2024, 1 April 2025 is FY2025."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def day_name(day: date) -> Text:
    """`31 March 2025`, `2025年3月31日`."""
    return Text(f"{day.day} {day:%B %Y}", f"{day.year}年{day.month}月{day.day}日")


def fiscal_year_name(year: int) -> Text:
    """`FY2025`, `2025年度`."""
    return Text(f"FY{year}", f"{year}年度")


def fiscal_years_name(first: int, last: int) -> Text:
    """`FY2023 to FY2025`, `2023～2025年度`; one year alone is called by its name."""
    if first == last:
        return fiscal_year_name(first)
    return Text(f"FY{first} to FY{last}", f"{first}～{last}年度")
