"""Who somebody is who has signed in: the roles that hold now, what they add up to, and on which day they end."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, insert, update

from data_access.access.held import Held, Tree, reader_with
from data_access.access.logins import end_login, login_id_of, seen_login
from data_access.access.reading import reader_of
from data_access.audit import Actor
from data_access.engine import as_whole, reading
from data_access.readers import NO_READER, OFFICES, Reader, demonstration_readers
from data_access.records import Records
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from data_access.tables import Account, Department, Grant
from tests.data_access import small_university
from vocabulary.roles import ROLES, Role
from vocabulary.text import Text

ISSUER = "https://idp.example.ac.jp"
DAY = date(2027, 3, 31)
NOON = datetime(2027, 3, 31, 3, tzinfo=UTC)  # in Japan
TREE = Tree(
    parents={"*": None, "ENG": "*", "ENG-M": "ENG", "SCI": "*", "LAW": "*"},
    names={code: Text(f"Faculty of {code}", f"{code}学部") for code in ("*", "ENG", "ENG-M", "SCI", "LAW")},
)
ENG, SCI = frozenset({"ENG", "ENG-M"}), frozenset({"SCI"})


def holds(role: Role, department: str = "*", until: date | None = None) -> Held:
    covers = TREE.subtree(department) if department != "*" else frozenset[str]()
    return Held(role=role, department=department, covers=covers, valid_from=date(2026, 4, 1), valid_until=until)


def reads(*held: Held, day: date = DAY, tree: Tree = TREE, name: str = "") -> Reader:
    return reader_with(held, tree, day, code="account:7", account=7, name=name)


# What roles add up to


@pytest.mark.parametrize(
    ("role", "grants", "audit", "imports"),
    [
        ("office", True, True, WHOLE_UNIVERSITY),
        ("auditor", False, True, NOBODY),
        ("president", False, False, NOBODY),
    ],
)
def test_roles_of_the_whole_university(role: Role, grants: bool, audit: bool, imports: Scope) -> None:
    reader = reads(holds(role))
    assert (reader.scope, reader.role, reader.account, reader.code) == (WHOLE_UNIVERSITY, role, 7, "account:7")
    assert (reader.may_grant, reader.may_view_as, reader.may_decide) == (grants, grants, grants)
    assert (reader.may_read_audit, reader.imports_for, reader.department) == (audit, imports, None)


def test_a_head_reads_and_imports_the_own_department_and_what_is_below_it() -> None:
    reader = reads(holds("head", "ENG"))
    assert reader.scope == reader.imports_for == Scope(departments=ENG)
    assert reader.name == Text("Head of the Faculty of ENG", "ENG学部の長")
    assert (reader.may_grant, reader.may_read_audit) == (False, False)


def test_departments_of_a_head_of_two_add_up_in_the_universitys_own_order() -> None:
    reader = reads(holds("head", "SCI"), holds("head", "ENG"))
    assert reader.scope == reader.imports_for == Scope(departments=ENG | SCI)
    assert (reader.departments, reader.department) == (("ENG", "SCI"), "ENG")
    assert reader.name == Text("Head of the Faculty of ENG and the Faculty of SCI", "ENG学部・SCI学部の長")


def test_who_heads_one_department_and_deputizes_in_another_loses_the_second_after_the_last_day() -> None:
    held = holds("head", "ENG"), holds("deputy", "SCI", until=DAY)
    assert reads(*held).scope == Scope(departments=ENG | SCI)
    assert reads(*held).name.en == "Head of the Faculty of ENG and deputy head of the Faculty of SCI"
    assert reads(*held, day=DAY + timedelta(days=1)).scope == Scope(departments=ENG)


def test_an_auditor_who_heads_a_department_reads_all_and_imports_for_that_department_alone() -> None:
    reader = reads(holds("auditor"), holds("head", "ENG"))
    assert (reader.role, reader.scope, reader.may_read_audit) == ("auditor", WHOLE_UNIVERSITY, True)
    assert reader.imports_for == Scope(departments=ENG)
    assert (reader.may_decide, reader.may_grant) == (False, False)


@pytest.mark.parametrize("other", [role for role in ROLES if role != "office"])
def test_the_office_stays_the_office_whatever_else_its_person_is(other: Role) -> None:
    more = holds(other, "ENG" if ROLES[other].of_departments else "*")
    assert reads(more, holds("office")).role == "office"
    assert reads(more, holds("office")).imports_for == WHOLE_UNIVERSITY


def test_a_role_of_the_presidents_office_beside_an_auditors_keeps_the_audit_log() -> None:
    assert reads(holds("president"), holds("auditor")).may_read_audit


def test_who_holds_nothing_is_nobody_with_an_account() -> None:
    for reader in (reads(), reads(holds("head", "ENG", until=date(2027, 3, 30)))):
        assert (reader.scope, reader.role, reader.account) == (NOBODY, "nobody", 7)
        assert not any((reader.imports, reader.may_grant, reader.may_read_audit, reader.may_view_as))


def test_a_label_is_what_a_reader_is_called() -> None:
    assert reads(holds("office"), name="K. Sato").name == Text("K. Sato", "K. Sato")


def test_through_anothers_eyes_one_sees_the_same_and_writes_nothing() -> None:
    office = reads(holds("office"))
    for other in (reads(holds("head", "ENG")), office):
        seen = other.seen_through(office)
        assert (seen.scope, seen.seen_by, seen.imports) == (other.scope, "account:7", False)
        assert not any((seen.may_grant, seen.may_decide, seen.may_view_as))


def test_who_chose_to_be_the_office_gives_no_roles() -> None:
    office = next(one for one in OFFICES if one.role == "office")
    assert (office.may_read_access, office.may_decide, office.may_grant, office.may_view_as) == (
        True,
        True,
        False,
        False,
    )


def test_nobody_imports_beyond_what_they_read(university: Engine) -> None:
    everyone = [*demonstration_readers(Records(university, WHOLE_UNIVERSITY)).values(), *OFFICES, NO_READER]
    for reader in everyone:
        assert reader.scope.whole_university or reader.imports_for.departments <= reader.scope.departments


# Departments that change


def moved(code: str, parent: str) -> Tree:
    return Tree(parents={**TREE.parents, code: parent}, names=TREE.names)


def test_a_department_that_moves_below_anothers_widens_nobodys_view() -> None:
    assert reads(holds("head", "ENG"), tree=moved("SCI", "ENG")).scope == Scope(departments=ENG)


def test_without_what_was_covered_a_department_that_moves_would_widen_a_view(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tree, "subtree", lambda tree, code: Covering(subtree(tree, code)))
    assert "SCI" in reads(holds("head", "ENG"), tree=moved("SCI", "ENG")).scope.departments


subtree = Tree.subtree


class Covering(frozenset[str]):
    """A set of departments that does not ask what was covered: the guard taken out."""

    def __and__(self, other: object) -> "Covering":
        return self


def test_a_department_that_moves_away_is_no_longer_covered() -> None:
    assert reads(holds("head", "ENG"), tree=moved("ENG-M", "SCI")).scope == Scope(departments=frozenset({"ENG"}))


def test_a_department_that_is_not_there_any_more_gives_nothing() -> None:
    gone = Tree(parents={"*": None, "SCI": "*"}, names=TREE.names)
    reader = reads(holds("head", "ENG"), tree=gone)
    assert (reader.scope, reader.imports, reader.departments) == (NOBODY, False, ())


# Days


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC), True),  # 31 March 23:59:59 in Japan
        (datetime(2027, 3, 31, 15, tzinfo=UTC), False),  # 1 April 0:00 in Japan, still 31 March in UTC
        (datetime(2027, 3, 30, 15, tzinfo=UTC), True),  # 31 March 0:00 in Japan: the last day has just begun
    ],
)
def test_a_deputys_role_is_over_when_its_last_day_is_over_in_japan(
    given: Engine, moment: datetime, there: bool
) -> None:
    assert at(given, "deputy", moment).scope.is_nobody != there


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC), False),
        (datetime(2027, 3, 31, 15, tzinfo=UTC), True),  # 1 April in Japan
    ],
)
def test_a_role_from_1_april_begins_when_that_day_begins_in_japan(given: Engine, moment: datetime, there: bool) -> None:
    assert at(given, "coming", moment).scope.is_nobody != there


def test_leap_day_is_a_day_like_any_other() -> None:
    held = Held(role="deputy", department="SCI", covers=SCI, valid_from=DAY, valid_until=date(2028, 2, 29))
    assert held.in_force(date(2028, 2, 29))
    assert not held.in_force(date(2028, 3, 1))


def test_a_moment_without_a_zone_is_refused(given: Engine) -> None:
    with pytest.raises(ValueError, match="does not say in which time zone"):
        at(given, "head", datetime(2027, 3, 31, 12))  # noqa: DTZ001  that is what is tried


# What is stored


GRANTS: dict[str, tuple[Role, str, frozenset[str], date, date | None]] = {
    "head": ("head", "ENG", ENG, date(2026, 4, 1), None),
    "deputy": ("deputy", "SCI", SCI, date(2026, 4, 1), date(2027, 3, 31)),
    "coming": ("head", "SCI", SCI, date(2027, 4, 1), None),
    "office": ("office", "*", frozenset(), date(2026, 4, 1), None),
}


@pytest.fixture
def given(engine: Engine) -> Engine:
    """The small university, and a person for each of `GRANTS`; `waiting` has none."""
    small_university.fill(engine)
    with engine.begin() as connection:
        as_whole(connection)
        for number, subject in enumerate((*GRANTS, "waiting"), start=10):
            row = {"account_id": number, "issuer": ISSUER, "subject": f"s-{subject}"}
            connection.execute(insert(Account), row)
        for number, (role, department, covers, begins, ends) in enumerate(GRANTS.values(), start=10):
            kept = {"account_id": number, "role": role, "department": department, "covers": json.dumps(sorted(covers))}
            days = {"valid_from": begins, "valid_until": ends}
            said = {"granted_by": "office", "granted_at": datetime(2026, 4, 1)}  # noqa: DTZ001  stored in UTC
            connection.execute(insert(Grant), kept | days | said)
    return engine


def at(engine: Engine, person: str, now: datetime = NOON, issuer: str = ISSUER) -> Reader:
    with reading(engine) as connection:
        as_whole(connection)
        return reader_of(connection, issuer, f"s-{person}", now=now)


def test_a_stored_role_makes_a_reader(given: Engine) -> None:
    reader = at(given, "head")
    assert (reader.role, reader.code, reader.account) == ("head", "account:10", 10)
    assert reader.scope == Scope(departments=ENG)
    assert at(given, "office").scope == WHOLE_UNIVERSITY


def test_the_same_subject_of_another_issuer_is_somebody_else(given: Engine) -> None:
    assert at(given, "office", issuer="https://elsewhere.example") is NO_READER


def test_who_waits_for_a_role_is_nobody_with_an_account_and_a_stranger_is_nobody(given: Engine) -> None:
    assert (at(given, "waiting").scope, at(given, "waiting").account) == (NOBODY, 14)
    assert at(given, "stranger") is NO_READER


def test_a_role_that_is_taken_away_counts_at_once(given: Engine) -> None:
    with given.begin() as connection:
        as_whole(connection)
        connection.execute(update(Grant).where(Grant.role == "office").values(revoked_at=datetime(2027, 3, 31, 3)))  # noqa: DTZ001  UTC
    assert at(given, "office").scope == NOBODY


def test_a_role_that_nobody_knows_gives_nothing(given: Engine) -> None:
    with given.begin() as connection:
        as_whole(connection)
        connection.execute(update(Grant).where(Grant.role == "office").values(role="superuser"))
    assert at(given, "office").scope == NOBODY


def test_a_renamed_department_changes_a_readers_name_and_not_the_scope(given: Engine) -> None:
    with given.begin() as connection:
        as_whole(connection)
        connection.execute(update(Department).where(Department.code == "ENG").values(name_en="School of Machines"))
    assert at(given, "head").name.en == "Head of the School of Machines"
    assert at(given, "head").scope == Scope(departments=ENG)


def test_a_department_that_was_moved_or_removed_widens_nothing(given: Engine) -> None:
    with given.begin() as connection:
        as_whole(connection)
        connection.execute(update(Department).where(Department.code == "SCI").values(parent_code="ENG"))
        connection.execute(delete(Department).where(Department.code == "ENG-M"))
    assert at(given, "head").scope == Scope(departments=frozenset({"ENG"}))


# Logins


def claims(subject: str = "s-head", issued: datetime = NOON, **more: str) -> dict[str, object]:
    return {"iss": ISSUER, "sub": subject, "iat": int(issued.timestamp()), **more}


def test_a_login_is_remembered_once_and_its_account_made(engine: Engine) -> None:
    first, again = (seen_login(engine, claims("new"), now=NOON) for _ in range(2))
    assert first == again
    assert (first.issuer, first.subject) == (ISSUER, "new")
    with reading(engine) as connection:
        as_whole(connection)
        assert reader_of(connection, ISSUER, "new", now=NOON).account == first.account


@pytest.mark.parametrize(("hours", "over"), [(0, False), (11.99, False), (12, True), (13, True)])
def test_a_login_is_over_after_twelve_hours(engine: Engine, hours: float, over: bool) -> None:
    assert seen_login(engine, claims(), now=NOON).is_over(NOON + timedelta(hours=hours)) == over


def test_a_login_that_was_ended_stays_over_whatever_the_cookie_says(engine: Engine) -> None:
    login = seen_login(engine, claims(), now=NOON)
    end_login(engine, login.login_id, by=Actor("account:1"), now=NOON)
    assert seen_login(engine, claims(), now=NOON).is_over(NOON)
    assert not seen_login(engine, claims(nonce="another"), now=NOON).is_over(NOON)


def test_what_is_stored_of_a_login_lets_nobody_in() -> None:
    assert login_id_of(claims()) == login_id_of(dict(reversed(claims().items())))
    assert login_id_of(claims()) != login_id_of(claims(nonce="n"))
    assert "s-head" not in login_id_of(claims())
