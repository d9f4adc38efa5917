from pathlib import Path

import pytest

from config.describe import describe
from config.settings import Settings, SettingsError, environment_of, load


@pytest.fixture(autouse=True)
def _no_file_of_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_misspelt_setting_is_refused_with_the_name_that_is_meant() -> None:
    with pytest.raises(SettingsError, match="ONTHERECORD_BOLDNES; is ONTHERECORD_BOLDNESS meant"):
        load({"ONTHERECORD_BOLDNES": "0.3"})


def test_a_value_out_of_range_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONTHERECORD_BOLDNESS", "7")
    with pytest.raises(SettingsError, match="ONTHERECORD_BOLDNESS"):
        load()


def test_an_unknown_line_in_the_file_of_settings_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ONTHERECORD_COLOUR=red\n")
    with pytest.raises(SettingsError, match="colour"):
        load()


def test_the_token_shows_in_no_error_and_no_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret-token")
    monkeypatch.setenv("ONTHERECORD_QUEUE", "none")
    with pytest.raises(SettingsError) as refused:
        load()
    assert "secret-token" not in str(refused.value)
    monkeypatch.delenv("ONTHERECORD_QUEUE")
    assert "secret-token" not in repr(load())


def test_the_page_of_settings_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "settings.md"
    assert page.read_text("utf-8") == describe(), "run: python -m config.describe > docs/settings.md"


def test_settings_that_are_handed_in_need_no_file_and_carry_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=secret-token\nONTHERECORD_BOLDNESS=0.9\nONTHERECORD_REFRESH=false\n")
    given = load()
    handed = environment_of(given)
    assert "secret-token" not in str(handed)
    for name, value in handed.items():
        monkeypatch.setenv(name, value)
    (tmp_path / ".env").write_text("DISCORD_TOKEN=secret-token\nONTHERECORD_BOLDNESS=0.1\n")
    taken = load()
    assert taken.token is None
    assert taken == Settings(_env_file=None, **given.model_dump(exclude={"token", "token_file"}))
