"""The plan of a training, and going on with a stopped one."""

import json
import sys
from pathlib import Path

import pytest

from pipeline.training import train
from pipeline.training.evaluate import read_entities
from pipeline.training.train import Sources, Step, TrainingError, plan, run
from pipeline.training.vectors import count_words, save_pretrain, words_of

SETTINGS = Path("configs/training/train.yaml")
SOURCES = Sources(
    [Path("a.conllu")], None, [(Path("names.bio.xz"), Path("names.yaml"))], [Path("news.txt")]
)


def test_every_step_names_a_module_that_exists_and_makes_a_file_of_its_own(tmp_path: Path):
    steps = plan(SOURCES, tmp_path / "work", tmp_path / "models", SETTINGS)
    assert [s.name for s in steps][:2] == ["prepare", "vectors"]
    assert steps[-1].result == tmp_path / "models" / "models.json"
    assert len({s.result for s in steps}) == len(steps)
    for step in steps:
        package, _, module = step.command[0].rpartition(".")
        if package == "pipeline.training":
            assert (Path("pipeline/training") / f"{module}.py").exists()


def test_each_needed_file_is_made_before_it_is_needed(tmp_path: Path):
    work = tmp_path / "work"
    made = {work / f"{name}.conllu" for name in ("dev", "train_restored", "train_dropped")}
    made |= {work / "ner" / "dev_names.json", work / "ner"}
    for step in plan(SOURCES, work, tmp_path / "models", SETTINGS):
        needed = {Path(word) for word in step.command if word.startswith(str(work))}
        assert needed - made - {step.result, work} == set(), step.name
        made.add(step.result)


def test_a_finished_step_is_skipped_and_an_unfinished_one_is_not(tmp_path: Path):
    step = Step("step", tmp_path / "result", ("no_such_module",))
    step.result.touch()
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "result.done").touch()
    run([step], tmp_path / "logs")
    (tmp_path / "logs" / "result.done").unlink()
    with pytest.raises(TrainingError):
        run([step], tmp_path / "logs")


def test_a_failing_step_says_where_its_log_is(tmp_path: Path):
    step = Step("broken", tmp_path / "never", ("no_such_module",))
    with pytest.raises(TrainingError, match=r"never\.log"):
        run([step], tmp_path / "logs")
    assert "no_such_module" in (tmp_path / "logs" / "never.log").read_text()


def test_steps_run_in_processes_of_one_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    seen = {}

    def fake(command: list[str], **options: object) -> object:
        seen.update(command=command, environment=options["env"])
        (tmp_path / "result").touch()
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr(train.subprocess, "run", fake)
    run([Step("step", tmp_path / "result", ("module", "--x"))], tmp_path / "logs")
    assert seen["command"] == [sys.executable, "-m", "module", "--x"]
    assert seen["environment"]["OMP_NUM_THREADS"] == "1"
    assert (tmp_path / "logs" / "result.done").exists()


def test_words_of_raw_text(tmp_path: Path):
    path = tmp_path / "news.txt"
    path.write_text('وقالَ الرئيس: "لا" 2018!\nلا\n', encoding="utf-8")
    assert words_of("بيروت، لبنان") == ["بيروت", "لبنان"]
    assert count_words([path]) == {"وقال": 1, "الرئيس": 1, "لا": 2}


def test_vectors_are_read_by_stanza(tmp_path: Path):
    import torch
    from stanza.models.common.pretrain import Pretrain

    save_pretrain(["بيت", "باب"], torch.ones(6, 3), tmp_path / "vectors.pt")
    pretrain = Pretrain(str(tmp_path / "vectors.pt"))
    assert "باب" in pretrain.vocab
    assert pretrain.emb.shape == (6, 3)


def test_entities_are_read_from_stanzas_json(tmp_path: Path):
    path = tmp_path / "dev.json"
    path.write_text(json.dumps([[{"text": "بيروت", "ner": "B-GPE"}]]), encoding="utf-8")
    assert read_entities(path) == [[("بيروت", "B-GPE")]]
