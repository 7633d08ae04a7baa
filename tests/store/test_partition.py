from pipeline.store.partition import month_in, partition_path


def test_paths_sort_by_shard() -> None:
    paths = [partition_path("articles", "2019-12", n, "ab" * 32) for n in (0, 2, 10)]
    assert paths == sorted(paths)
    assert paths[0] == "articles/month=2019-12/part-00000-abababababab.avro"


def test_a_path_says_its_month() -> None:
    assert month_in(partition_path("articles", "2019-12", 3, "ab" * 32)) == "2019-12"
