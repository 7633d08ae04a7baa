import pytest

from pipeline.store.partition import month_of, partition_path


@pytest.mark.parametrize(
    ("edtf", "month"),
    [
        ("2019-12-31T18:05:00Z", "2019-12"),
        ("2019-12-31", "2019-12"),
        ("2019-12", "2019-12"),
        ("2019", "unknown"),
        ("", "unknown"),
        ("2019-13", "unknown"),
        ("2019-21", "unknown"),
        ("2019-12-28/2019-12-29", "2019-12"),
    ],
)
def test_a_date_belongs_to_its_month(edtf: str, month: str) -> None:
    assert month_of(edtf) == month


def test_paths_sort_by_shard() -> None:
    paths = [partition_path("articles", "2019-12", n, "ab" * 32) for n in (0, 2, 10)]
    assert paths == sorted(paths)
    assert paths[0] == "articles/month=2019-12/part-00000-abababababab.avro"
