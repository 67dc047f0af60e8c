"""The kinds of values that a goal has, and the ways in which its path reaches one, in both languages."""

from vocabulary.text import Text

KINDS_OF_VALUES = {
    "baseline": Text("baseline", "基準値"),
    "milestone": Text("milestone", "中間目標"),
    "target": Text("goal", "最終目標"),
}
PATHS = {
    "straight": Text("straight line", "直線"),
    "stepped": Text("step in that year", "当該年度に一段で到達"),
}
