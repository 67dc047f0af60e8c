"""Departments are listed in the university's own order: that of the file in which each first came."""

from sqlalchemy import Engine

from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from tests.data_access.imports.conftest import Give


def test_departments_stand_in_the_order_of_the_list_and_keep_their_place(university: Engine, give: Give) -> None:
    """LAW comes before ARTS, its parent, in the file; a department that is corrected later keeps its place."""
    law, arts, art = ({"code": code, "name_en": code, "name_ja": code} for code in ("LAW", "ARTS", "ART"))
    listed = [{**law, "parent_code": "ARTS"}, {**arts, "parent_code": ""}, {**art, "parent_code": "ARTS"}]
    give("departments", *listed)
    give("departments", {**art, "parent_code": "ARTS", "name_en": "Fine arts"}, name="corrected.csv")
    order = list(Records(university, WHOLE_UNIVERSITY).departments()["code"])
    assert order == ["*", "ENG", "ENG-M", "SCI", "LAW", "ARTS", "ART"]
