"""The page on readers and roles: the answer, giving and taking back, and that nothing forged goes through."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, Select, func, select
from streamlit.testing.v1 import AppTest

from data_access.access.asked import Identity, Wanted
from data_access.access.giving import give, take_back
from data_access.access.listing import Given, persons
from data_access.access.logins import LOGINS_ENDED, end_all_of, seen_login
from data_access.access.reading import reader_of_account
from data_access.access.refusals import NotGivenError
from data_access.audit import Actor, record
from data_access.engine import connect, prepare, reading
from data_access.readers import Reader
from data_access.tables import AuditEvent, Grant, SignIn
from pages.parts import data, granting, naming, who_reads, writing
from pages.parts.access import choosing, giving, lists, said
from pages.parts.granting import Eyes
from tests.data_access import small_university
from tests.pages.reading import APP, PATIENCE, begun, go, ran
from tests.prepared import prepare_file
from vocabulary.calendar import JAPAN, day_in_japan, day_name
from vocabulary.text import Language

ISSUER = "https://idp.example.ac.jp"
OPERATOR = Actor("command line: operator")
NOW = datetime.now(UTC)
TODAY = day_in_japan(NOW)


def account(
    engine: Engine, subject: str, role: str, *departments: str, until: date | None = None, name: str = ""
) -> int:
    wanted = Wanted(role=role, departments=departments, until=until, name=name)
    return give(engine, Identity(issuer=ISSUER, subject=subject), wanted, by=OPERATOR, now=NOW)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The small university with one of the Office (2), a deputy until today (3), and one who waits (4)."""
    monkeypatch.setenv("DATABASE_URL", prepare_file(tmp_path / "monitor.db"))
    monkeypatch.setenv("MONITOR_READERS", "sign-in")
    engine = connect()
    small_university.fill(engine)
    account(engine, "s-office", "office", name="K. Sato")
    account(engine, "s-deputy", "deputy", "SCI", until=TODAY)
    seen_login(engine, {"iss": ISSUER, "sub": "s-waiting", "iat": NOW.timestamp()}, now=NOW)
    return engine


def reader(engine: Engine, number: int) -> Reader:
    with reading(engine) as connection:
        return reader_of_account(connection, number, now=NOW)


@pytest.fixture
def office(store: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Account 2 of the Office is signed in."""
    sign_in("s-office", monkeypatch)
    return store


def sign_in(subject: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the cookie is this person's; all else is as when it was read."""
    claims = {"iss": ISSUER, "sub": subject, "iat": NOW.timestamp()}
    monkeypatch.setattr(who_reads, "_claims", lambda: claims)


def seen(language: Language = "en") -> AppTest:
    return ran(begun("access", language))


def told(at: AppTest) -> str:
    shown = [*at.markdown, *at.caption, *at.success, *at.info, *at.error, *at.warning]
    return "\n".join(str(one.value) for one in shown).replace("\\", "")


def choose(at: AppTest, **values: str) -> AppTest:
    for key, value in values.items():
        at.selectbox(key=f"access:{key}").set_value(value)
        ran(at)
    return at


def filled(at: AppTest, whom: str, role: str, *departments: str, turn: int = 0) -> AppTest:
    """The form to give a role, filled in up to the departments."""
    at.selectbox(key=f"access:whom:{turn}").set_value(whom)
    at.radio(key=f"access:role:{turn}").set_value(role)
    ran(at)
    if departments:
        at.multiselect(key=f"access:departments:{turn}").set_value(list(departments))
        ran(at)
    return at


def given(at: AppTest) -> AppTest:
    """The role of the form is given, with the one more question."""
    return pressed(pressed(at, "access:give:0"), "access:sure:0")


def pressed(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return ran(at)


def test_the_answer_counts_roles_names_whose_ends_and_who_waits(office: Engine) -> None:
    text = told(seen())
    assert "3 persons have a role: International Strategy Office 1, Head of department 1, Deputy head of" in text
    assert "Within 60 days end: account 3, Deputy head of department: SCI (" in text
    since = NOW.astimezone(JAPAN).date()
    assert f"1 person signed in and has no role: account 4 (s-waiting), first on {since}." in text
    japanese = told(seen("ja"))
    assert "権限をもつのは3名（国際戦略室1名、部局長1名、部局長代理1名）。" in japanese
    assert f"サインイン済みで権限のない者は1名（アカウント 4（s-waiting）、初回 {since}）。" in japanese


def test_who_waits_is_first_in_the_form_and_is_given_a_role_of_two_departments(office: Engine) -> None:
    at = seen()
    assert at.selectbox(key="access:whom:0").options[0].startswith("Account 4 (s-waiting): no role, first signed in 20")
    at = given(filled(at, "4", "head", "ENG", "SCI"))
    assert "Account 4 has now: Head of department (ENG, SCI), without an end." in told(at)
    assert reader(office, 4).departments == ("ENG", "SCI")
    assert "Nobody who signed in waits for a role." in told(at)
    with reading(office) as connection:
        asked = select(AuditEvent.actor).where(AuditEvent.action == "role given", AuditEvent.object == "account:4")
        assert set(connection.scalars(asked)) == {"account:2"}


def test_nobody_and_no_role_is_chosen_beforehand_and_the_form_says_what_is_missing(office: Engine) -> None:
    at = seen()
    assert (at.selectbox(key="access:whom:0").value, at.radio(key="access:role:0").value) == (None, None)
    assert at.radio(key="access:role:0").options[:2] == ["Head of department", "Deputy head of department"]
    assert "Still to choose: to whom, role." in told(at)
    assert "Still to choose: departments." in told(filled(at, "4", "head"))
    assert at.button(key="access:give:0").disabled


def test_before_a_role_is_given_it_is_said_to_whom_for_what_and_until_when(office: Engine) -> None:
    at = filled(seen(), "4", "head", "ENG", "SCI")
    assert at.multiselect(key="access:departments:0").options[0].startswith("ENG · ")
    will = "Account 4 (s-waiting) will read and import: ENG (ENG) and what is below it (departments: 1) and SCI (SCI)"
    assert f"{will}, without an end." in told(at)
    at = pressed(at, "access:give:0")
    assert reader(office, 4).scope.is_nobody
    at.multiselect(key="access:departments:0").set_value(["SCI"])
    assert not [one for one in ran(at).button if one.key == "access:sure:0"]  # another role, another question
    given(at)
    assert reader(office, 4).departments == ("SCI",)


def test_after_a_role_was_given_the_form_is_empty(office: Engine) -> None:
    at = given(filled(seen(), "4", "president"))
    assert (at.selectbox(key="access:whom:1").value, at.radio(key="access:role:1").value) == (None, None)


def test_a_heads_role_with_a_last_day_hints_at_the_deputy_and_the_day_is_said(office: Engine) -> None:
    at = filled(seen(), "4", "head", "SCI")
    assert "choose “Deputy head of department” instead" not in told(at)
    day = choosing.usual_days(TODAY)[0]
    at.selectbox(key="access:until:0:head").set_value(str(day))
    assert "choose “Deputy head of department” instead" in told(ran(at))
    at = given(at)
    assert f"(SCI), until {day_name(day).en}." in told(at)


def test_from_the_filled_form_one_looks_first_and_nothing_is_given(office: Engine) -> None:
    at = pressed(filled(seen(), "4", "head", "ENG"), "access:look:0")
    assert "You view the monitor as Head of ENG" in told(at)
    assert viewed(office) == [("view taken", "head:ENG", "account:2")]
    assert reader(office, 4).scope.is_nobody


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2099, 3, 31), "the next to end: account 3, Deputy head of department: SCI (31 March 2099)"),
        (TODAY, "Within 60"),
    ],
)
def test_the_answer_names_the_next_role_to_end_however_late(office: Engine, until: date, words: str) -> None:
    account(office, "s-deputy", "deputy", "SCI", until=until)
    assert words in told(seen())


def test_the_history_counts_what_was_given_and_what_was_taken_back(office: Engine) -> None:
    account(office, "s-deputy", "deputy", "SCI", until=TODAY)  # in the place of the one before
    labels = [one.label for one in seen().expander]
    assert "Ever given: 4; of these taken back or replaced: 1" in labels


def test_a_role_waits_for_somebody_who_has_not_signed_in_yet(office: Engine) -> None:
    at = filled(seen(), giving.NEW, "auditor")
    assert at.text_input(key="access:issuer:0").value == ISSUER
    at.text_input(key="access:subject:0").set_value("s-auditor")
    at.text_input(key="access:label:new:0").set_value("Audit firm")
    at = given(ran(at))
    assert "Account 5 has now: Auditor, without an end." in told(at)
    assert (reader(office, 5).role, reader(office, 5).name.en) == ("auditor", "Audit firm")


def test_a_label_written_for_one_account_is_never_given_to_another(office: Engine) -> None:
    at = filled(seen(), "4", "president")
    at.text_input(key="access:label:4:0").set_value("New dean")
    at = filled(ran(at), "2", "president")
    assert at.text_input(key="access:label:2:0").value == "K. Sato"
    given(at)
    assert (reader(office, 2).name.en, reader(office, 4).name.en) == ("K. Sato", "Without a role")


def test_what_cannot_be_is_said_and_nothing_is_given(office: Engine) -> None:
    at = filled(seen(), "4", "deputy", "SCI")
    at.selectbox(key="access:until:0:deputy").set_value("day")
    ran(at)
    at.text_input(key="access:until:0:day").set_value("31/3")
    assert "'31/3' is no day; write it as" in told(ran(at))
    assert at.button(key="access:give:0").disabled
    at.text_input(key="access:until:0:day").set_value("2001-03-31")
    assert "A role until 2001-03-31 would be over" in told(given(ran(at)))
    assert reader(office, 4).scope.is_nobody


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_reader_who_is_not_of_the_office_reads_why_the_page_is_empty(
    store: Engine, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in("s-deputy", monkeypatch)
    at = seen(language)
    assert [one.value for one in at.info] == [said.NOT_YOURS.said_in(language)]
    assert "s-office" not in told(at)
    assert not at.dataframe


@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_forged_change_is_refused_and_stands_in_the_log(
    store: Engine, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a page showed: a head, a deputy and who waits give nothing, nor does who looks through other eyes."""
    before = counted(store)
    office = reader(store, 2)
    for one in (reader(store, number), reader(store, number).seen_through(office), office.seen_through(office)):
        monkeypatch.setattr(who_reads, "_reader", lambda one=one: one)
        with pytest.raises(PermissionError, match="does not give or take roles"):
            granting.give_role(4, Wanted(role="office"))
        with pytest.raises(PermissionError, match="does not give or take roles"):
            granting.take_roles_back([1])
    grants, events, refused = counted(store)
    assert (grants, events, refused) == (before[0], before[1] + 6, before[2] + 6)


@pytest.mark.parametrize(
    "wanted",
    [Wanted(role="superuser"), Wanted(role="head", departments=("*",)), Wanted(role="head", departments=("NONE",))],
)
def test_a_forged_value_is_refused_and_stands_in_the_log(office: Engine, wanted: Wanted) -> None:
    ran(AppTest.from_file(str(APP), default_timeout=PATIENCE))  # the login is in the log from now on
    grants, events, refused = counted(office)
    with pytest.raises(granting.NotGivenError):
        granting.give_role(4, wanted)
    assert counted(office) == (grants, events + 1, refused + 1)


def counted(engine: Engine) -> tuple[int, int, int]:
    """How many roles were ever given, events there are, and refusals among them."""
    with reading(engine) as connection:
        grants = connection.scalar(select(func.count()).select_from(Grant)) or 0
        events = connection.scalars(select(AuditEvent.outcome)).all()
    return grants, len(events), events.count("refused")


def test_a_chosen_role_is_taken_back_after_one_more_question(office: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "table", lambda frame, *_, choose=False, **__: frame[frame["of"] == "SCI"])
    at = seen()
    assert "Take back: account 3, Deputy head of department: SCI." in told(at)
    assert reader(office, 3).role == "deputy"
    at = pressed(at, "access:take")
    assert "Roles taken back: 1." in told(at)
    assert reader(office, 3).scope.is_nobody


def test_the_last_of_the_office_stays(office: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "table", lambda frame, *_, choose=False, **__: frame[frame["of"] == "Whole university"])
    assert "This is the last role of the International Strategy Office" in told(pressed(seen(), "access:take"))
    assert reader(office, 2).may_grant


def test_who_chose_to_be_the_office_in_a_demonstration_reads_and_gives_nothing(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = Reader(code="office", name=reader(store, 2).name, scope=reader(store, 2).scope, role="office")
    monkeypatch.setattr(who_reads, "_reader", lambda: chosen)
    at = seen()
    assert said.SIGN_IN_FIRST.en in told(at)
    assert at.dataframe
    assert not [one for one in at.button if (one.key or "").startswith("access:")]


def test_the_usual_last_days_are_ends_of_half_years_to_come() -> None:
    assert choosing.usual_days(date(2026, 11, 28)) == [date(2027, 3, 31), date(2027, 9, 30), date(2028, 3, 31)]
    assert choosing.usual_days(date(2027, 3, 31))[0] == date(2027, 3, 31)
    assert choosing.usual_days(date(2027, 4, 1))[0] == date(2027, 9, 30)


def test_the_office_views_as_a_head_sees_it_on_every_page_and_finds_its_way_back(office: Engine) -> None:
    at = choose(seen(), eyes="role:head")
    at.multiselect(key="access:eyes_of").set_value(["ENG"])
    at = pressed(ran(at), "access:view")
    for page in ("imports", "access", "audit"):
        at = go(at, page)
        assert "You view the monitor as Head of ENG, and see what that reader sees." in told(at)
    assert "s-office" not in told(at)
    assert not [one for one in at.button if (one.key or "").startswith("access:give")]
    at = pressed(at, "viewing:back")
    assert "You view the monitor" not in told(at)
    assert "3 persons have a role" in told(go(at, "access"))
    assert viewed(office) == [("view taken", "head:ENG", "account:2"), ("view given back", "head:ENG", "account:2")]


def test_nothing_is_written_through_anothers_eyes_not_even_by_a_forged_call(office: Engine) -> None:
    granting.view_as(Eyes(account=3))
    assert who_reads.reader().seen_by == "account:2"
    grants, _, refused = counted(office)
    with pytest.raises(PermissionError):
        granting.give_role(4, Wanted(role="office"))
    with pytest.raises(PermissionError):
        granting.view_as(Eyes(role="president"))
    with pytest.raises(PermissionError):
        writing.writer()
    with pytest.raises(PermissionError):
        naming.is_meant("Weizmann Institute", "IL", "")
    assert (counted(office)[0], counted(office)[2]) == (grants, refused + 2)


def test_the_view_ends_when_its_person_signs_out(office: Engine) -> None:
    granting.view_as(Eyes(role="president"))
    who_reads.sign_out()
    assert who_reads.standing() == "signed out"
    assert viewed(office) == [("view taken", "president", "account:2"), ("view given back", "president", "account:2")]


def test_through_the_eyes_of_who_has_no_role_any_more_there_is_nothing_but_the_way_back(office: Engine) -> None:
    granting.view_as(Eyes(account=3))
    number = next(one.number for one in everybody_of(office) if one.account == 3)
    take_back(office, [number], by=OPERATOR, now=NOW)
    at = ran(AppTest.from_file(str(APP), default_timeout=PATIENCE))
    assert "(nothing: it has no role any more)" in told(at)
    assert not at.dataframe
    assert "You view the monitor" not in told(pressed(at, "viewing:back"))


def test_who_waits_for_a_role_is_told_the_number_to_send_and_nothing_else(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in("s-waiting", monkeypatch)
    monkeypatch.setenv("MONITOR_CONTACT", "office@example.ac.jp")
    at = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    at.query_params["language"] = "ja"
    ran(at)
    assert [one.value for one in at.code] == [f"アカウント 4\nサインイン先 {ISSUER}"]
    assert "国際戦略室の連絡先：office@example.ac.jp" in told(at)
    assert "権限が付与されていません" in told(at)
    assert not [*at.dataframe, *at.selectbox, *at.metric]


def viewed(engine: Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as connection:
        columns = select(AuditEvent.action, AuditEvent.object, AuditEvent.actor)
        rows = connection.execute(columns.where(AuditEvent.action.like("view %")).order_by(AuditEvent.event_id))
        return [(action, whose, actor) for action, whose, actor in rows]


def everybody_of(engine: Engine) -> list[Given]:
    with reading(engine) as connection:
        return [given for one in persons(connection, TODAY) for given in one.holds]


PAGES_COMPARED = ("department", "records")


def test_through_a_heads_eyes_pages_show_to_the_word_what_they_show_to_that_head(
    demonstration_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", demonstration_copy)
    monkeypatch.setenv("MONITOR_READERS", "sign-in")
    engine = connect()
    prepare(engine)
    account(engine, "s-office", "office")
    head = account(engine, "s-head", "head", "ENG", "IMR")
    sign_in("s-head", monkeypatch)
    own = compared()
    sign_in("s-office", monkeypatch)
    whole = compared()
    granting.view_as(Eyes(account=head))
    assert [one ^ other for one, other in zip(compared(), own, strict=True)] == [set()] * len(PAGES_COMPARED)
    assert all(one != other for one, other in zip(whole, own, strict=True))


def compared() -> list[set[str]]:
    """What each page says and its tables hold; the banner is a warning, and is left out."""
    at = ran(begun("access", "en"))
    found = []
    for page in PAGES_COMPARED:
        go(at, page)
        page_itself = at.main
        said = {str(one.value) for one in [*page_itself.markdown, *page_itself.caption, *page_itself.info]}
        cells = {str(cell) for one in page_itself.dataframe for cell in one.value.to_numpy().ravel()}
        found.append(said | cells)
    return found


@pytest.mark.parametrize(
    ("language", "who", "role"),
    [
        ("en", "K. Sato (account 2)", "Deputy head of department: SCI"),
        ("ja", "K. Sato（アカウント 2）", "部局長代理：SCI"),
    ],
)
def test_the_audit_log_names_accounts_by_their_labels_and_the_roles_that_they_held_then(
    office: Engine, language: Language, who: str, role: str
) -> None:
    with office.begin() as connection:
        record(connection, Actor.of(reader(office, 3)), "download", object="table.csv", scope="SCI")
    numbers = [one.number for one in everybody_of(office) if one.account == 3]
    take_back(office, numbers, by=OPERATOR, now=datetime.now(UTC) + timedelta(seconds=2))
    shown = go(seen(language), "audit").dataframe[0].value
    assert who in set(shown["who"])
    assert role in set(shown.loc[shown["who"].str.contains("3"), "roles"])


def test_the_office_ends_all_logins_of_an_account_and_the_log_says_so(office: Engine) -> None:
    for number in range(2):  # two browsers
        claims = {"iss": ISSUER, "sub": "s-waiting", "iat": NOW.timestamp() - 60 * number, "jti": str(number)}
        seen_login(office, claims, now=NOW)
    at = seen()
    assert at.button(key="access:end").disabled
    at.selectbox(key="access:whose_logins").set_value(4)
    at = pressed(ran(at), "access:end")
    assert "Logins of account 4 that were ended: 3." in told(at)
    with reading(office) as connection:
        ends = connection.scalars(select(SignIn.ended_by).where(SignIn.account_id == 4)).all()
        others = connection.scalars(select(SignIn.ended_at).where(SignIn.account_id != 4)).all()
        said = connection.execute(_ended_events()).one()
    assert ends == ["account:2"] * 3
    assert set(others) == {None}
    assert said == ("account:2", "account:4", 3, "done")


def test_nobody_else_ends_logins_and_the_attempt_stands_in_the_log(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "reader", lambda: reader(store, 3))
    with pytest.raises(PermissionError, match="account:3 does not give or take roles, or end logins"):
        granting.end_logins(4)
    with reading(store) as connection:
        assert connection.execute(_ended_events()).one() == ("account:3", "", None, "refused")
        assert set(connection.scalars(select(SignIn.ended_at))) == {None}


def test_of_an_account_that_there_is_not_no_login_is_ended(office: Engine) -> None:
    with pytest.raises(NotGivenError, match="There is no account 99; there are: 1, 2, 3, 4"):
        end_all_of(office, 99, by=OPERATOR, now=NOW)


def _ended_events() -> Select[str, str, int | None, str]:
    one = AuditEvent
    return select(one.actor, one.object, one.rows, one.outcome).where(one.action == LOGINS_ENDED)
