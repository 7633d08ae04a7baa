from pathlib import Path

import pytest

from pipeline.config import Config, load_config
from pipeline.errors import ConfigError
from pipeline.report.configuration import default_configuration


def _file(folder: Path, text: str) -> Path:
    path = folder / "wirecopy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    assert load_config(None) == Config()


def test_a_file_overrides_single_keys(tmp_path: Path) -> None:
    config = load_config(_file(tmp_path, "[copies]\nhorizon_days = 7\n"))
    assert config.copies.horizon_days == 7
    assert config.read == Config().read


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[copies]\nhorizon = 7\n", "copies.horizon"),
        ("[copies]\nhorizon_days = -1\n", "copies.horizon_days"),
        ("[write]\ncodec = 'zip'\n", "write.codec"),
        ("[read]\nfields = { texte = 'a' }\n", "read.fields: .*texte is no field"),
        ("[nonsense]\n", "nonsense"),
        ("not toml", "not TOML"),
    ],
)
def test_a_wrong_file_says_which_key_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load_config(_file(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml: cannot read"):
        load_config(tmp_path / "absent.toml")


def test_the_fingerprint_changes_with_any_value() -> None:
    other = load_config(None).model_copy(
        update={"copies": Config().copies.model_copy(update={"horizon_days": 3.0})}
    )
    assert other.fingerprint() != Config().fingerprint()
    assert Config().fingerprint() == Config().fingerprint()


def test_the_printed_defaults_read_back_as_the_defaults(tmp_path: Path) -> None:
    assert load_config(_file(tmp_path, default_configuration())) == Config()
