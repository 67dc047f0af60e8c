"""Viewing as: the Office sees what another sees, writes nothing meanwhile, and beginning and end stand in the log."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from data_access.access.asked import Identity, Wanted
from data_access.access.giving import give, take_back
from data_access.access.logins import seen_login
from data_access.access.reading import reader_of_account
from data_access.access.refusals import NotGivenError
from data_access.access.viewing import Eyes, begin_viewing, end_viewing, reader_through
from data_access.audit import Actor
from data_access.audit.retention import erase_account
from data_access.engine import as_whole, reading
from data_access.readers import Reader
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from data_access.tables import AuditEvent, Grant, Viewing
from tests.data_access import small_university

NOW = datetime(2027, 3, 31, 3, tzinfo=UTC)
ISSUER = "https://idp.example.ac.jp"
ENG = Scope(departments=frozenset({"ENG", "ENG-M"}))
HEAD = Eyes(role="head", departments=("ENG",))


class Office:
    """Somebody of the Office who has signed in, and a deputy whose eyes there are."""

    def __init__(self, engine: Engine) -> None:
        small_university.fill(engine)
        self.engine = engine
        self.account = self.given("s-office", Wanted(role="office"))
        deputy = Wanted(role="deputy", departments=("SCI",), until=date(2027, 3, 31))
        self.deputy = self.given("s-deputy", deputy)
        claims = {"iss": ISSUER, "sub": "s-office", "iat": NOW.timestamp()}
        self.login = seen_login(engine, claims, now=NOW).login_id

    def given(self, subject: str, wanted: Wanted) -> int:
        who = Identity(issuer=ISSUER, subject=subject)
        return give(self.engine, who, wanted, by=Actor("office"), now=NOW)

    @property
    def own(self) -> Reader:
        with reading(self.engine) as connection:
            return reader_of_account(as_whole(connection), self.account, now=NOW)

    def sees(self, now: datetime = NOW, login: str = "") -> Reader:
        with reading(self.engine) as connection:
            own = reader_of_account(as_whole(connection), self.account, now=now)
            return reader_through(connection, login or self.login, own, now=now)

    def begin(self, eyes: Eyes, reader: Reader | None = None) -> None:
        begin_viewing(self.engine, self.login, reader or self.own, eyes, now=NOW)

    def log(self) -> list[tuple[str, str, str]]:
        columns = select(AuditEvent.action, AuditEvent.object, AuditEvent.outcome)
        with reading(self.engine) as connection:
            rows = as_whole(connection).execute(
                columns.where(AuditEvent.action.like("view %")).order_by(AuditEvent.event_id)
            )
            return [(action, whose, outcome) for action, whose, outcome in rows]


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine)


def test_the_office_sees_what_a_head_sees_and_writes_nothing_until_it_gives_the_view_back(office: Office) -> None:
    assert office.sees() == office.own
    office.begin(HEAD)
    seen = office.sees()
    assert (seen.scope, seen.role, seen.code, seen.seen_by) == (ENG, "head", "head:ENG", "account:2")
    assert seen.account == office.account
    assert not any((seen.imports, seen.may_decide, seen.may_grant, seen.may_view_as, seen.may_read_audit))
    end_viewing(office.engine, office.login, office.own, now=NOW)
    end_viewing(office.engine, office.login, office.own, now=NOW)  # once more changes nothing
    assert office.sees() == office.own
    assert office.log() == [("view taken", "head:ENG", "done"), ("view given back", "head:ENG", "done")]


def test_through_the_eyes_of_a_person_the_same_roles_hold_as_for_that_person(office: Office) -> None:
    office.begin(Eyes(account=office.deputy))
    assert office.sees().scope == Scope(departments=frozenset({"SCI"}))
    assert office.sees(NOW + timedelta(hours=12)).scope == NOBODY  # 1 April in Japan: the deputy sees nothing, either


@pytest.mark.parametrize(
    ("eyes", "scope"),
    [
        (Eyes(role="president"), WHOLE_UNIVERSITY),
        (Eyes(role="auditor"), WHOLE_UNIVERSITY),
        (Eyes(role="head", departments=("ENG", "SCI")), Scope(departments=ENG.departments | {"SCI"})),
    ],
)
def test_of_every_role_the_scope_is_the_roles(office: Office, eyes: Eyes, scope: Scope) -> None:
    office.begin(eyes)
    assert (office.sees().scope, office.sees().imports) == (scope, False)


def test_another_view_takes_the_place_of_the_first_and_both_stand_in_the_log(office: Office) -> None:
    office.begin(HEAD)
    office.begin(Eyes(role="president"))
    assert office.sees().role == "president"
    assert [(action, whose) for action, whose, _ in office.log()] == [
        *(("view taken", "head:ENG"), ("view given back", "head:ENG"), ("view taken", "president")),
    ]


def test_a_view_belongs_to_its_login(office: Office) -> None:
    office.begin(HEAD)
    claims = {"iss": ISSUER, "sub": "s-office", "iat": NOW.timestamp(), "nonce": "another"}
    assert office.sees(login=seen_login(office.engine, claims, now=NOW).login_id) == office.own


def test_an_account_that_is_erased_goes_with_its_logins_and_their_views(office: Office) -> None:
    office.begin(HEAD)
    with office.engine.begin() as connection:
        erase_account(as_whole(connection), office.account, Actor("office"))
        left = connection.scalars(select(Viewing.viewing_id).where(Viewing.login_id == office.login))
        assert left.all() == []


def test_with_the_role_the_view_is_gone(office: Office) -> None:
    office.begin(HEAD)
    with reading(office.engine) as connection:
        number = as_whole(connection).scalars(select(Grant.grant_id).where(Grant.account_id == office.account)).one()
    take_back(office.engine, [number], by=Actor("office"), now=NOW, force=True)
    assert office.sees().scope == NOBODY


def test_who_is_not_of_the_office_and_who_views_already_takes_no_view_and_the_log_has_it(office: Office) -> None:
    with reading(office.engine) as connection:
        deputy = reader_of_account(as_whole(connection), office.deputy, now=NOW)
    for one in (deputy, deputy.seen_through(office.own), office.own.seen_through(office.own)):
        with pytest.raises(PermissionError, match="does not view as others"):
            office.begin(Eyes(role="president"), one)
    assert office.log() == [("view taken", "president", "refused")] * 3


@pytest.mark.parametrize("eyes", [Eyes(), Eyes(account=99), Eyes(role="head", departments=("ART",)), Eyes(role="boss")])
def test_eyes_that_there_are_not_are_refused(office: Office, eyes: Eyes) -> None:
    with pytest.raises(NotGivenError):
        office.begin(eyes)
    assert office.sees() == office.own
    assert [outcome for _, _, outcome in office.log()] == ["refused"]
