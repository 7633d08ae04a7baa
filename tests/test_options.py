import pytest

from pipeline.errors import ConfigError
from pipeline.options import check_beam_options


def test_options_of_beam_pass() -> None:
    check_beam_options(["--direct_num_workers=2", "--direct_running_mode=multi_processing"])


def test_no_options_pass() -> None:
    check_beam_options([])


@pytest.mark.parametrize("argument", ["--otput=x", "--no-tagg", "--direct_num_worker=2"])
def test_a_misspelt_option_is_refused(argument: str) -> None:
    with pytest.raises(ConfigError, match=argument):
        check_beam_options([argument])


def test_a_wrong_value_is_refused() -> None:
    with pytest.raises(ConfigError, match="direct_num_workers"):
        check_beam_options(["--direct_num_workers=many"])
