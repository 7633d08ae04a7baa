"""Which folder and file a row goes to: a function of the row alone, or of its whole partition."""


def partition_path(dataset: str, month: str, shard: int, digest: str) -> str:
    """Relative path of a data file; `digest` (hex sha256 of its content) makes it unique."""
    return f"{dataset}/month={month}/part-{shard:05d}-{digest[:12]}.avro"


def month_in(path: str) -> str:
    """The month of a data file, from its path."""
    return path.split("/month=", 1)[-1].split("/", 1)[0]
