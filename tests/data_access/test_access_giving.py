"""Roles are given and taken back whole or not at all, each with its event in the audit log, refusals too."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, func, insert, select, update

from data_access import audit
from data_access.access.asked import LONGEST_LABEL, Identity, Wanted
from data_access.access.giving import give, take_back
from data_access.access.listing import Given, Person, persons
from data_access.access.logins import seen_login
from data_access.access.reading import reader_of, reader_of_account, tree_of
from data_access.access.refusals import REASONS, NotGivenError
from data_access.audit import Actor, verify
from data_access.engine import as_whole, reading
from data_access.readers import Reader
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from data_access.tables import Account, AuditEvent, Department, Grant
from tests.data_access import small_university
from vocabulary.calendar import day_in_japan
from vocabulary.roles import ROLES

NOW = datetime(2027, 3, 31, 3, tzinfo=UTC)  # noon in Japan
TODAY = date(2027, 3, 31)
OFFICE = Actor("account:1", account=1, role="office")
SATO = Identity(issuer="https://idp.example.ac.jp", subject="s-sato")
ITO = Identity(issuer="https://idp.example.ac.jp", subject="s-ito")


@pytest.fixture
def small(engine: Engine) -> Engine:
    """The small university, without its account and its log."""
    small_university.fill(engine)
    with engine.begin() as connection:
        as_whole(connection)
        connection.execute(update(Grant).values(revoked_at=datetime(2026, 4, 1)))  # noqa: DTZ001  stored in UTC
    return engine


def given(
    engine: Engine,
    person: Identity | int,
    role: str,
    *departments: str,
    begins: date | None = None,
    until: date | None = None,
    now: datetime = NOW,
) -> int:
    return give(
        engine, person, Wanted(role=role, departments=departments, begins=begins, until=until), by=OFFICE, now=now
    )


def reader(engine: Engine, account: int, now: datetime = NOW) -> Reader:
    with reading(engine) as connection:
        as_whole(connection)
        return reader_of_account(connection, account, now=now)


def everybody(engine: Engine, now: datetime = NOW) -> dict[int, Person]:
    with reading(engine) as connection:
        as_whole(connection)
        return {one.account: one for one in persons(connection, day_in_japan(now))}


def log(engine: Engine, outcome: str = "done") -> list[tuple[str, str, str, dict[str, str]]]:
    """What of roles stands in the audit log."""
    columns = select(AuditEvent.action, AuditEvent.object, AuditEvent.scope, AuditEvent.details)
    asked = columns.where(AuditEvent.outcome == outcome, AuditEvent.action.like("role %"))
    with reading(engine) as connection:
        as_whole(connection)
        rows = connection.execute(asked.order_by(AuditEvent.event_id)).all()
    return [(action, whose, scope, json.loads(details)) for action, whose, scope, details in rows]


def grants(engine: Engine) -> int:
    with reading(engine) as connection:
        as_whole(connection)
        return connection.scalar(select(func.count()).select_from(Grant)) or 0


# Given


def test_a_role_is_there_before_its_person_has_ever_signed_in(small: Engine) -> None:
    account = given(small, SATO, "office")
    assert everybody(small)[account].first_seen is None
    assert (
        seen_login(small, {"iss": SATO.issuer, "sub": SATO.subject, "iat": NOW.timestamp()}, now=NOW).account == account
    )
    with reading(small) as connection:
        as_whole(connection)
        assert reader_of(connection, SATO.issuer, SATO.subject, now=NOW).scope == WHOLE_UNIVERSITY


def test_who_has_signed_in_and_waits_is_given_a_role_by_number(small: Engine) -> None:
    waiting = seen_login(small, {"iss": ITO.issuer, "sub": ITO.subject, "iat": NOW.timestamp()}, now=NOW).account
    assert everybody(small)[waiting].waits
    assert given(small, waiting, "head", "ENG", "SCI") == waiting
    assert not everybody(small)[waiting].waits
    assert reader(small, waiting).scope == Scope(departments=frozenset({"ENG", "ENG-M", "SCI"}))


def test_each_department_of_a_role_is_one_event_of_the_log(small: Engine) -> None:
    account = given(small, SATO, "deputy", "ENG", "SCI", until=TODAY)
    details = {"role": "deputy", "from": "2027-03-31", "until": "2027-03-31"}
    assert log(small) == [("role given", f"account:{account}", code, details) for code in ("ENG", "SCI")]


def test_given_again_a_role_has_its_new_end_and_the_old_one_is_kept_as_history(small: Engine) -> None:
    account = given(small, SATO, "deputy", "ENG", until=TODAY)
    given(small, SATO, "deputy", "ENG", until=date(2027, 9, 30))
    new, old = everybody(small)[account].given
    assert (new.standing, new.until, old.standing, old.taken_by) == (
        "holds",
        date(2027, 9, 30),
        "taken back",
        "account:1",
    )


def test_a_role_that_begins_later_leaves_the_one_that_holds_until_then(small: Engine) -> None:
    account = given(small, SATO, "deputy", "ENG", until=TODAY)
    given(small, SATO, "deputy", "ENG", begins=date(2027, 4, 1), until=date(2028, 3, 31))
    assert [one.standing for one in everybody(small)[account].given] == ["to come", "holds"]
    assert reader(small, account).scope == Scope(departments=frozenset({"ENG", "ENG-M"}))


def test_what_comes_below_a_department_later_is_named_and_covered_when_the_role_is_given_again(small: Engine) -> None:
    account = given(small, SATO, "head", "ENG")
    with small.begin() as connection:
        as_whole(connection)
        connection.execute(update(Department).where(Department.code == "SCI").values(parent_code="ENG"))
    with reading(small) as connection:
        as_whole(connection)
        assert everybody(small)[account].holds[0].came_below(tree_of(connection)) == {"SCI"}
    assert "SCI" not in reader(small, account).scope.departments
    given(small, SATO, "head", "ENG")
    assert "SCI" in reader(small, account).scope.departments


# Refused

YESTERDAY = date(2027, 3, 30)
REFUSED: dict[str, tuple[Identity | int, Wanted]] = {
    "no such role": (SATO, Wanted(role="superuser")),
    "no department named": (SATO, Wanted(role="head")),
    "no such department": (SATO, Wanted(role="head", departments=("ENG", "ART"))),
    "department closed": (SATO, Wanted(role="head", departments=("OLD",))),
    "role of the whole university": (SATO, Wanted(role="auditor", departments=("ENG",))),
    "no end": (SATO, Wanted(role="deputy", departments=("ENG",))),
    "over already": (SATO, Wanted(role="deputy", departments=("ENG",), until=YESTERDAY)),
    "begins in the past": (SATO, Wanted(role="office", begins=YESTERDAY)),
    "no issuer": (Identity(issuer="idp", subject="s"), Wanted(role="office")),
    "no subject": (Identity(issuer="https://idp.example.ac.jp", subject="x\ny"), Wanted(role="office")),
    "no such account": (99, Wanted(role="office")),
    "label too long": (SATO, Wanted(role="office", name="x" * (LONGEST_LABEL + 1))),
}


def test_what_cannot_be_is_refused_in_both_languages_stored_nowhere_and_stands_in_the_log(small: Engine) -> None:
    with small.begin() as connection:
        as_whole(connection)
        row = {"code": "OLD", "parent_code": "*", "name_en": "Old School", "name_ja": "旧学部", "closed": TODAY}
        connection.execute(insert(Department), row)
    before = grants(small), len(everybody(small))
    for reason, (person, wanted) in REFUSED.items():
        with pytest.raises(NotGivenError) as error:
            give(small, person, wanted, by=OFFICE, now=NOW)
        assert error.value.reason == reason
        assert error.value.text.en
        assert error.value.text.ja
    assert (grants(small), len(everybody(small))) == before
    assert [details["why"] for _, _, _, details in log(small, "refused")] == list(REFUSED)
    assert {*REFUSED, "no such grant", "last of the office"} == set(REASONS)


def test_a_department_that_closes_later_can_still_be_given(small: Engine) -> None:
    with small.begin() as connection:
        as_whole(connection)
        connection.execute(update(Department).where(Department.code == "SCI").values(closed=date(2027, 4, 1)))
    assert given(small, SATO, "head", "SCI")


def test_a_role_until_today_holds_today(small: Engine) -> None:
    account = given(small, SATO, "deputy", "ENG", until=TODAY)
    assert reader(small, account).role == "deputy"
    assert reader(small, account, datetime(2027, 3, 31, 15, tzinfo=UTC)).scope == NOBODY


def test_today_is_the_day_in_japan(small: Engine) -> None:
    still_march = datetime(2027, 3, 31, 14, 59, tzinfo=UTC)
    given(small, SATO, "deputy", "ENG", until=TODAY, now=still_march)
    with pytest.raises(NotGivenError, match="2027-04-01 in Japan"):
        given(small, SATO, "deputy", "SCI", until=TODAY, now=datetime(2027, 3, 31, 15, tzinfo=UTC))


def test_a_change_and_its_event_exist_together_or_neither_does(small: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = grants(small), len(everybody(small))

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        given(small, SATO, "office")
    assert (grants(small), len(everybody(small))) == before


# Taken back


def only(person: Person) -> Given:
    (one,) = person.holds
    return one


def test_a_role_that_is_taken_back_is_over_at_once_and_stays_in_the_history(small: Engine) -> None:
    given(small, SATO, "office")
    account = given(small, ITO, "head", "ENG")
    number = only(everybody(small)[account]).number
    assert take_back(small, [number], by=OFFICE, now=NOW) == 1
    assert reader(small, account).scope == NOBODY
    (gone,) = everybody(small)[account].given
    assert (gone.standing, gone.taken_by, gone.taken_at) == ("taken back", "account:1", NOW)
    assert log(small)[-1] == ("role taken back", f"account:{account}", "ENG", {"role": "head", "grant": str(number)})


def test_the_last_role_of_the_office_is_not_taken_back_unless_forced(small: Engine) -> None:
    sato, ito = given(small, SATO, "office"), given(small, ITO, "office")
    given(small, ITO, "office", begins=date(2027, 4, 1))  # is to come, so it gives nothing yet
    numbers = [only(everybody(small)[account]).number for account in (sato, ito)]
    with pytest.raises(NotGivenError, match="last role of the International Strategy Office"):
        take_back(small, numbers, by=OFFICE, now=NOW)
    assert reader(small, sato).may_grant
    take_back(small, numbers[:1], by=OFFICE, now=NOW)
    with pytest.raises(NotGivenError, match="last role of the International Strategy Office"):
        take_back(small, numbers[1:], by=OFFICE, now=NOW)
    assert take_back(small, numbers[1:], by=OFFICE, now=NOW, force=True) == 1
    assert [details["why"] for _, _, _, details in log(small, "refused")] == ["last of the office"] * 2


def test_several_are_taken_back_together_or_none(small: Engine) -> None:
    given(small, SATO, "office")
    account = given(small, ITO, "head", "ENG")
    number = only(everybody(small)[account]).number
    with pytest.raises(NotGivenError, match="no role 999"):
        take_back(small, [number, 999], by=OFFICE, now=NOW)
    assert reader(small, account).role == "head"
    take_back(small, [number], by=OFFICE, now=NOW)
    with pytest.raises(NotGivenError, match=f"no role {number}"):
        take_back(small, [number], by=OFFICE, now=NOW)


def test_what_is_kept_of_roles_makes_a_whole_log_without_names(engine: Engine) -> None:
    account = give(engine, SATO, Wanted(role="office", name="K. Sato"), by=OFFICE, now=NOW)
    assert everybody(engine)[account].name == "K. Sato"
    assert verify(engine).is_whole
    with reading(engine) as connection:
        as_whole(connection)
        said = " ".join(map(str, connection.execute(select(*AuditEvent.__table__.columns)).one()))
    assert "Sato" not in said
    assert SATO.subject not in said


def test_a_label_stays_unless_another_is_said(engine: Engine) -> None:
    account = give(engine, SATO, Wanted(role="office", name="K. Sato"), by=OFFICE, now=NOW)
    given(engine, account, "auditor")
    assert everybody(engine)[account].name == "K. Sato"
    give(engine, account, Wanted(role="president", name=""), by=OFFICE, now=NOW)
    with reading(engine) as connection:
        as_whole(connection)
        assert connection.scalar(select(Account.name).where(Account.account_id == account)) == ""
    assert {one.role for one in everybody(engine)[account].holds} == {"office", "auditor", "president"} < set(ROLES)


@pytest.mark.parametrize(("until", "soon"), [(date(2027, 5, 30), True), (date(2027, 5, 31), False), (None, False)])
def test_within_sixty_days_is_soon(until: date | None, soon: bool) -> None:
    one = Given(
        number=1, account=1, role="head", department="ENG", covers=frozenset({"ENG"}), begins=TODAY, until=until,
        given_by="", given_at=NOW, taken_by="", taken_at=None, standing="holds",
    )  # fmt: skip
    assert one.ends_soon(TODAY) == soon
