import pytest

from pipeline.engine import engine_names, find_engine
from pipeline.errors import ConfigError


def test_the_direct_engine_is_there() -> None:
    assert "direct" in engine_names()
    assert callable(find_engine("direct"))


@pytest.mark.parametrize("name", ["", "os", "../direct", "direct.evil", "__init__", "_job_server"])
def test_an_unknown_engine_is_refused_by_name(name: str) -> None:
    with pytest.raises(ConfigError, match="there is dataflow, direct"):
        find_engine(name)
