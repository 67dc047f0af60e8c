"""The headcounts of 1 May that several indicators divide by."""

from metrics.headcount_measures import Headcount
from vocabulary.people import STUDENTS

ALL_STUDENTS = Headcount(populations=STUDENTS)
INTERNATIONAL_STUDENTS = Headcount(populations=STUDENTS, groups=("international",))
DOMESTIC_STUDENTS = ALL_STUDENTS - INTERNATIONAL_STUDENTS
FACULTY = Headcount(populations=("faculty",))
RESEARCHERS = Headcount(populations=("researcher",))
STAFF = Headcount(populations=("staff",))
FACULTY_AND_STAFF = Headcount(populations=("faculty", "staff"))
COURSES = Headcount(populations=("course",))
DEGREE_PROGRAMMES = Headcount(populations=("degree_programme",))
SYLLABI = Headcount(populations=("syllabus",))
