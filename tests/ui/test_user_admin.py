"""The administrator gives and takes rights on the page; nothing is given by not looking, and each change stands in the log."""

import csv
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access import users
from access.grants import Person
from audit import __main__
from tests.ui.test_pages import opened
from ui.auth import identity

ADMIN = "admin@example.go.th"


@pytest.fixture
def page(sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page as an administrator of a data folder of its own sees it."""
    monkeypatch.setattr(identity, "person", lambda: Person(ADMIN, "ผู้ดูแล", {"admin": ("TH",)}))
    monkeypatch.setattr("ui.admin.user_admin.data_folder", lambda: tmp_path)
    assert users.main(["add", ADMIN, "admin", "TH", "--name", "ผู้ดูแล", "--data", str(tmp_path)]) == 0
    return opened("users")


def rights(folder: Path) -> list[tuple[str, str, str, str]]:
    with open(folder / "access.csv", encoding="utf-8-sig", newline="") as file:
        return [(row["email"], row["role"], row["area"], row["status"]) for row in csv.DictReader(file)]


def test_a_right_needs_an_area_that_was_chosen(page: AppTest, tmp_path: Path) -> None:
    page.text_input(key="give_email").input("Officer@Example.go.th").run()
    assert page.selectbox(key="give_area").value is None and page.button(key="give_it").disabled
    page.selectbox(key="give_role").select("data_officer")
    page.selectbox(key="give_area").select("3421").run()
    page.button(key="give_it").click().run()
    assert rights(tmp_path)[1:] == [("officer@example.go.th", "data_officer", "3421", "active")]
    assert page.success and "officer@example.go.th" in str(page.table[0].value)


def test_subdistricts_narrow_a_district_and_what_is_wrong_is_said(page: AppTest, tmp_path: Path) -> None:
    page.text_input(key="give_email").input("no address")
    page.selectbox(key="give_area").select("3421").run()
    page.multiselect(key="give_parts").select("342106").select("342101").run()
    page.button(key="give_it").click().run()
    assert "no address" in page.error[0].value and len(rights(tmp_path)) == 1
    page.text_input(key="give_email").input("field@example.go.th").run()
    page.button(key="give_it").click().run()
    assert {r[2] for r in rights(tmp_path)[1:]} == {"342106", "342101"}


def test_somebody_is_shut_out_but_never_the_last_administrator(page: AppTest, tmp_path: Path, capsys) -> None:
    users.main(["add", "field@example.go.th", "field", "3421", "--data", str(tmp_path)])
    page.run()
    page.selectbox(key="gone_email").select("field@example.go.th").run()
    page.button(key="shut_out").click().run()
    assert ("field@example.go.th", "field", "3421", "disabled") in rights(tmp_path)
    page.selectbox(key="gone_email").select(ADMIN).run()
    page.button(key="shut_out").click().run()
    assert "ผู้ดูแลผู้ใช้คนสุดท้าย" in page.error[0].value and (ADMIN, "admin", "TH", "active") in rights(tmp_path)
    capsys.readouterr()
    assert __main__.main(["list", "--action", "roles_changed", "--data", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert printed.count("roles_changed") == 3 and ADMIN in printed
