"""The Flex Template: its parameters are what its launcher takes, and a launch writes tables."""

import json
import re
from pathlib import Path

import pytest

import deploy.flex_template as flex_template
from deploy.flex_template import launch
from pipeline.errors import ConfigError, InputError
from pipeline.store.folder import OutputFolder
from tests.bucket import FOLDER, SCHEME, BucketFileSystem, put

METADATA = json.loads(
    (Path(flex_template.__file__).parent / "flex_template.json").read_text(encoding="utf-8")
)
PARAMETERS = {parameter["name"]: parameter for parameter in METADATA["parameters"]}


@pytest.fixture(autouse=True)
def bucket(tmp_path, monkeypatch):
    (tmp_path / "bucket").mkdir()
    monkeypatch.setenv(FOLDER, str(tmp_path / "bucket"))
    return BucketFileSystem


def _accepts(name: str, value: str) -> bool:
    return all(re.fullmatch(regex, value) for regex in PARAMETERS[name]["regexes"])


def test_the_metadata_has_only_keys_that_dataflow_documents():
    # TemplateMetadata and ParameterMetadata in the Dataflow API, v1b3.
    assert set(METADATA) <= {
        "name", "description", "parameters", "streaming", "supportsAtLeastOnce",
        "supportsExactlyOnce", "defaultStreamingMode", "yamlDefinition",
    }  # fmt: skip
    for parameter in METADATA["parameters"]:
        assert {"name", "label", "helpText"} <= set(parameter)
        assert set(parameter) <= {
            "name", "label", "helpText", "isOptional", "regexes", "paramType", "customMetadata",
            "groupName", "parentName", "parentTriggerValues", "enumOptions", "defaultValue",
            "hiddenUi",
        }  # fmt: skip


def test_the_launcher_takes_each_parameter_and_no_other():
    taken = {action.dest: action for action in flex_template._parser()._actions}
    del taken["help"]
    assert set(taken) == set(PARAMETERS)
    for name, parameter in PARAMETERS.items():
        assert taken[name].required is not parameter.get("isOptional", False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("input", "gs://news/articles/"),
        ("input", "gs://news/a/*.jsonl.gz,s3://other/b"),
        ("output", "gs://news/wirecopy"),
        ("config", "gs://news/wirecopy.toml"),
        ("tag", "false"),
    ],
)
def test_a_value_that_can_be_meant_is_accepted(name, value):
    assert _accepts(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("input", "articles/"), ("input", "gs://a,,"), ("output", "out"), ("tag", "maybe")],
)
def test_a_value_that_cannot_work_is_refused_before_a_machine_starts(name, value):
    assert not _accepts(name, value)


def test_a_launch_writes_the_tables():
    put("in/a.txt", "Le conseil municipal a voté le budget lundi à Namur.".encode())
    put("in/b.txt", "Le tribunal de Liège a rendu son jugement mardi matin.".encode())
    given = [f"--input={SCHEME}in/a.txt,{SCHEME}in/b.txt", f"--output={SCHEME}out", "--tag=false"]
    launch([*given, "--runner=DataflowRunner"], engine="direct")
    assert len(list(OutputFolder(f"{SCHEME}out").rows("articles"))) == 2


def test_a_place_that_no_worker_sees_is_refused():
    with pytest.raises(InputError, match="articles"):
        launch(["--input=articles", f"--output={SCHEME}out"], engine="direct")


def test_a_configuration_in_the_bucket_is_read_and_checked():
    put("in/a.txt")
    path = put("wirecopy.toml", b"[copies]\nnonsense = 1\n")
    with pytest.raises(ConfigError, match="nonsense"):
        launch(
            [f"--input={SCHEME}in", f"--output={SCHEME}out", f"--config={path}"], engine="direct"
        )
