"""Partners known by a name: sure ones are applied with a notice, doubtful ones wait, a person decides once for good."""

import pytest
from sqlalchemy import Engine, delete, select

from data_access.batches.roll_back import roll_back
from data_access.engine import as_whole, reading
from data_access.imports import ImportReport, store_rows
from data_access.partner_names.deciding import NotDecidedError, apply_sure_matches, decide, decisions, take_back
from data_access.partner_names.meaning import name_key
from data_access.partner_names.waiting import WaitingName, waiting_names
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY, Scope
from data_access.tables import ActivityPartner, Import, ImportRemark, Partner, SamePartner
from tests.data_access.imports.conftest import ACTIVITY, Row

PADUA = "https://ror.org/00240q980"
WEIZMANN = "https://ror.org/0316ej306"
SURE, DOUBTFUL = "Univ. degli Studi di Padova @ IT", "Weizmann Institute @ IL"


def send(engine: Engine, *rows: Row) -> ImportReport:
    return store_rows(engine, "activities", rows, name="mobility", indicators={})


@pytest.fixture
def given(university: Engine) -> Engine:
    """Two activities: one with a name that is surely known, one with a name that is not."""
    rows = [
        {**ACTIVITY, "record_id": "1", "partners": SURE},
        {**ACTIVITY, "record_id": "2", "partners": DOUBTFUL},
    ]
    report = send(university, *rows)
    assert (report.status, report.rows_new) == ("stored", 2)
    return university


def partners_of_activities(engine: Engine) -> dict[str, set[str]]:
    """What pages read: the id (or else the name) of each activity's partners, by record."""
    records = Records(engine, WHOLE_UNIVERSITY)
    partners = records.partners().set_index("partner_id")
    named = partners["ror_id"].fillna(partners["name_en"])
    activities = records.activities(columns=("activity_id", "record_id"))
    codes = dict(zip(activities["activity_id"], activities["record_id"], strict=True))
    links = records.activity_partners()
    found: dict[str, set[str]] = {}
    for activity, partner in zip(links["activity_id"], links["partner_id"], strict=True):
        found.setdefault(codes[activity], set()).add(named[partner])
    return found


def written(engine: Engine) -> list[str]:
    """What is stored with the activities, which nobody changes."""
    with reading(engine) as connection:
        as_whole(connection)
        linked = select(Partner.name_en).join(ActivityPartner, ActivityPartner.partner_id == Partner.partner_id)
        return sorted(connection.scalars(linked))


def waiting(engine: Engine) -> list[WaitingName]:
    with reading(engine) as connection:
        as_whole(connection)
        return waiting_names(connection)


def notices(engine: Engine) -> list[tuple[int | None, str, str]]:
    with reading(engine) as connection:
        as_whole(connection)
        rows = connection.execute(select(ImportRemark.row, ImportRemark.value, ImportRemark.message_en))
        return [(row, value, message) for row, value, message in rows]


def test_a_sure_name_is_applied_with_a_notice_and_stays_as_it_was_written(given: Engine) -> None:
    assert partners_of_activities(given)["1"] == {PADUA}
    assert "Univ. degli Studi di Padova" in written(given)
    row, value, message = notices(given)[0]
    assert (row, value) == (2, SURE)
    assert message.startswith(f"Taken for University of Padua ({PADUA}): ")


def test_a_doubtful_name_is_kept_and_waits_with_its_candidates(given: Engine) -> None:
    assert partners_of_activities(given)["2"] == {"Weizmann Institute"}
    assert "it may be: Weizmann Institute of Science" in notices(given)[1][2]
    (name,) = waiting(given)
    assert (name.name, name.country, name.activities) == ("Weizmann Institute", "IL", 1)
    assert name.candidates[0].organization.ror_id == WEIZMANN


def test_a_decision_holds_for_what_is_stored_and_for_what_comes(given: Engine) -> None:
    version = Records(given, WHOLE_UNIVERSITY).data_version()
    assert decide(given, "Weizmann Institute", "IL", ror_id=WEIZMANN, by="office", scope=WHOLE_UNIVERSITY) == 1
    assert Records(given, WHOLE_UNIVERSITY).data_version() == version + 1
    assert partners_of_activities(given)["2"] == {WEIZMANN}
    assert waiting(given) == []
    row = {**ACTIVITY, "record_id": "3", "partners": "WEIZMANN  INSTITUTE. @ IL"}
    report = send(given, row)
    assert "as was decided on the page Partner names" in report.remarks[0].message.en
    assert partners_of_activities(given)["3"] == {WEIZMANN}


def test_none_of_these_is_remembered_and_no_longer_asked(given: Engine) -> None:
    assert decide(given, "Weizmann Institute", "IL", ror_id="", by="office", scope=WHOLE_UNIVERSITY) == 0
    assert waiting(given) == []
    report = send(given, {**ACTIVITY, "record_id": "3", "partners": DOUBTFUL})
    assert report.remarks == ()
    assert partners_of_activities(given)["3"] == {"Weizmann Institute"}


def test_a_decision_stands_above_a_sure_match_and_taking_it_back_brings_the_match_again(given: Engine) -> None:
    decide(given, "Univ. degli Studi di Padova", "IT", ror_id="", by="office", scope=WHOLE_UNIVERSITY)
    assert partners_of_activities(given)["1"] == {"Univ. degli Studi di Padova"}
    take_back(given, "Univ. degli Studi di Padova", "IT", by="office", scope=WHOLE_UNIVERSITY)
    assert partners_of_activities(given)["1"] == {PADUA}


def test_a_decision_taken_back_lets_the_name_wait_again_and_all_is_still_to_be_read(given: Engine) -> None:
    decide(given, "Weizmann Institute", "IL", ror_id=WEIZMANN, by="office", scope=WHOLE_UNIVERSITY)
    take_back(given, "weizmann institute", "IL", by="president", scope=WHOLE_UNIVERSITY)
    assert partners_of_activities(given)["2"] == {"Weizmann Institute"}
    assert [name.name for name in waiting(given)] == ["Weizmann Institute"]
    with reading(given) as connection:
        as_whole(connection)
        told = [(one.verdict, one.decided_by, one.holds) for one in decisions(connection)]
    assert told == [("taken_back", "president", False), ("organization", "office", False)]
    with pytest.raises(NotDecidedError, match="Nothing that holds was decided"):
        take_back(given, "Weizmann Institute", "IL", by="office", scope=WHOLE_UNIVERSITY)


@pytest.mark.parametrize("scope", [Scope(), Scope(departments=frozenset({"ENG"}))])
def test_only_the_office_decides(given: Engine, scope: Scope) -> None:
    with pytest.raises(NotDecidedError, match="Only the International Strategy Office"):
        decide(given, "Weizmann Institute", "IL", ror_id=WEIZMANN, by="head:ENG", scope=scope)
    with pytest.raises(NotDecidedError):
        apply_sure_matches(given, by="office", scope=scope)
    decide(given, "Weizmann Institute", "IL", ror_id="", by="office", scope=WHOLE_UNIVERSITY)
    with pytest.raises(NotDecidedError):
        take_back(given, "Weizmann Institute", "IL", by="head:ENG", scope=scope)
    assert len(Records(given, WHOLE_UNIVERSITY).partner_decisions()) == 1
    assert partners_of_activities(given)["2"] == {"Weizmann Institute"}


@pytest.mark.parametrize(
    ("name", "country", "ror_id", "wrong"),
    [
        ("Weizmann Institute", "IL", "https://ror.org/0zzzzzz99", "is not in the ROR release"),
        ("Weizmann Institute", "IL", "nonsense", "is no ROR id"),
        ("Weizmann Institute", "XX", WEIZMANN, "is no country"),
        ("...", "IL", WEIZMANN, "needs a name"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_whole(
    given: Engine, name: str, country: str, ror_id: str, wrong: str
) -> None:
    with pytest.raises(NotDecidedError, match=wrong):
        decide(given, name, country, ror_id=ror_id, by="office", scope=WHOLE_UNIVERSITY)
    assert Records(given, WHOLE_UNIVERSITY).partner_decisions().empty


def test_an_activity_with_both_the_id_and_the_name_has_one_partner(given: Engine) -> None:
    row = {**ACTIVITY, "record_id": "3", "partners": f"{PADUA};{SURE}"}
    send(given, row)
    assert partners_of_activities(given)["3"] == {PADUA}
    links = Records(given, WHOLE_UNIVERSITY).activity_partners()
    assert not links.duplicated().any()


def test_names_stored_before_there_was_a_matcher_wait_until_somebody_applies_the_sure_ones(given: Engine) -> None:
    with given.begin() as connection:
        as_whole(connection)
        connection.execute(delete(SamePartner))
    sure = next(name for name in waiting(given) if name.is_sure)
    assert sure.candidates[0].organization.ror_id == PADUA
    assert apply_sure_matches(given, by="office", scope=WHOLE_UNIVERSITY) == 1
    assert partners_of_activities(given) == {"1": {PADUA}, "2": {"Weizmann Institute"}}
    assert apply_sure_matches(given, by="office", scope=WHOLE_UNIVERSITY) == 0


def test_a_withdrawn_id_is_followed_with_a_notice_and_an_inactive_one_is_kept_with_one(university: Engine) -> None:
    withdrawn, successor = "https://ror.org/01vf2g217", "https://ror.org/0168r3w48"  # a school of UC San Diego
    inactive = "https://ror.org/00178eg98"  # the Max Planck Institute for Ornithology
    rows = [
        {**ACTIVITY, "record_id": "1", "partners": f"{withdrawn};{inactive}"},
        {**ACTIVITY, "record_id": "2", "partners": withdrawn},
    ]
    report = send(university, *rows)
    told = sorted((remark.row, remark.value, remark.message.en) for remark in report.remarks)
    assert [(row, value) for row, value, _ in told] == [(2, inactive), (2, withdrawn)]
    assert "is inactive in ROR" in told[0][2]
    assert f"its successor {successor} (University of California San Diego) is stored" in told[1][2]
    assert partners_of_activities(university) == {"1": {successor, inactive}, "2": {successor}}


def test_the_same_file_again_changes_nothing_whatever_was_decided(given: Engine) -> None:
    decide(given, "Weizmann Institute", "IL", ror_id=WEIZMANN, by="office", scope=WHOLE_UNIVERSITY)
    row = {**ACTIVITY, "record_id": "2", "partners": DOUBTFUL}
    assert send(given, row).status == "unchanged"
    with reading(given) as connection:
        as_whole(connection)
        assert len(list(connection.scalars(select(Import.import_id)))) == 2


def test_a_roll_back_is_not_in_the_way_of_a_decision_nor_a_decision_in_that_of_a_roll_back(given: Engine) -> None:
    decide(given, "Weizmann Institute", "IL", ror_id=WEIZMANN, by="office", scope=WHOLE_UNIVERSITY)
    assert roll_back(given, 1, importer="office").done
    assert partners_of_activities(given) == {}
    assert waiting(given) == []
    send(given, {**ACTIVITY, "record_id": "2", "partners": DOUBTFUL})
    assert partners_of_activities(given) == {"2": {WEIZMANN}}


def test_a_key_is_the_same_for_all_ways_of_writing_a_name() -> None:
    assert name_key("Ｗeizmann  Institute.") == name_key("WEIZMANN-INSTITUTE") == "weizmann institute"
    assert name_key("東北大学") != name_key("東北学院大学")
