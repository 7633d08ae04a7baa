import json
from pathlib import Path

from pipeline.store.folder import OutputFolder

APPEAL = "Cette page a été préparée par le service abonnements de la maison."
SUBJECTS = ("le port", "la gare", "le lac", "le musée", "la cantine", "le col", "la poste",
            "le théâtre", "la digue", "le phare")  # fmt: skip


def _prose(subject: str) -> str:
    return " ".join(f"{subject} {number}" for number in range(15)).capitalize() + "."


def _write(path: Path, subjects: tuple[str, ...]) -> Path:
    lines = [
        json.dumps(
            {
                "id": subject,
                "title": f"À propos de {subject}",
                "source": "site.example",
                "text": f"{_prose(subject)}\n\n{APPEAL}",
            }
        )
        for subject in subjects
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _articles(output: Path) -> list[tuple[str, int, str, str]]:
    folder = OutputFolder(str(output))
    manifest = folder.manifest()
    assert manifest is not None
    rows = [
        row for file in manifest.datasets["articles"].files for row in folder.read_file(file.path)
    ]
    return sorted((row["guid"], row["version"], row["body"], repr(row["removed"])) for row in rows)


def test_lines_of_a_source_are_cut_alike_in_one_run_and_in_two(run, tmp_path):
    run(_write(tmp_path / "all.jsonl", SUBJECTS), output=tmp_path / "one")
    run(_write(tmp_path / "some.jsonl", SUBJECTS[:3]), output=tmp_path / "two")
    assert all(APPEAL in body for _, _, body, _ in _articles(tmp_path / "two"))
    run(_write(tmp_path / "more.jsonl", SUBJECTS), output=tmp_path / "two")
    articles = _articles(tmp_path / "one")
    assert len(articles) == len(SUBJECTS)
    assert not any(APPEAL in body for _, _, body, _ in articles)
    assert all(APPEAL in removed for _, _, _, removed in articles)
    assert _articles(tmp_path / "two") == articles
