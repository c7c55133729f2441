"""Runs from and to an S3 server of this machine: read, killed, resumed, read again.

`make check-s3` runs it; the tests do without it. Needs ``moto_server`` on the PATH, which that
installs apart: it does not go with the versions that the pipeline is tested with. Other stores
differ in name only: see ``tests/test_filesystem.py``, ``tests/read`` and ``tests/write`` for what
needs no server.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pyarrow.parquet as pq
import pytest
from pyarrow import fs

from pipeline.analysis import read_events
from pipeline.read import count_bytes, read_articles
from pipeline.report.page import write_report
from pipeline.settings import ReadSettings
from tests.run.fakes import write_config
from tests.run.test_batch import table_bytes, write_articles
from tests.run.test_faults import command, finish, start

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not shutil.which("moto_server"), reason="no moto_server on the PATH: make check-s3"
    ),
]
OPTIONS = ("--set", "write.timings=false")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """An S3 server with a bucket ``news``, and the environment that leads there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["moto_server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        with pytest.MonkeyPatch.context() as environment:
            for name, value in {
                "AWS_ENDPOINT_URL": url,
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_DEFAULT_REGION": "us-east-1",
                "AWS_EC2_METADATA_DISABLED": "true",
            }.items():
                environment.setenv(name, value)
            _wait_for(url)
            fs.FileSystem.from_uri("s3://news?allow_bucket_creation=true")[0].create_dir("news")
            yield url
    finally:
        server.kill()
        server.wait()


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            urlopen(url, timeout=5).close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"No answer from {url}.")


@pytest.fixture
def s3(endpoint: str) -> fs.FileSystem:
    return fs.FileSystem.from_uri("s3://news")[0]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_config(tmp_path)


def upload(s3: fs.FileSystem, path: str, data: bytes) -> str:
    with s3.open_output_stream(path) as stream:
        stream.write(data)
    return f"s3://{path}"


def below(s3: fs.FileSystem, folder: str) -> list[str]:
    found = s3.get_file_info(fs.FileSelector(folder, recursive=True, allow_not_found=True))
    return sorted(info.path for info in found if info.type == fs.FileType.File)


def published(s3: fs.FileSystem, output: str) -> tuple[list[bytes], list[bytes]]:
    """All published bytes of events, of documents."""
    events, documents = (
        [s3.open_input_file(path).readall() for path in below(s3, f"{output}/{folder}")]
        for folder in ("events", "documents")
    )
    return events, documents


def run_json(s3: fs.FileSystem, output: str) -> dict:
    return json.loads(s3.open_input_file(f"{output}/run.json").readall())


@pytest.mark.parametrize(
    ("pattern", "ids"),
    [
        ("", ["a1", "أخبار/a2"]),
        ("/a1.txt.gz", ["a1"]),
        ("/*", ["a1"]),
        ("/**/*.txt*", ["a1", "a2"]),
    ],
)
def test_files_folders_and_globs(s3: fs.FileSystem, pattern: str, ids: list[str]) -> None:
    text = "وصل الوفد إلى القاهرة."
    for name in ("a1.txt.gz", "أخبار/a2.txt", "_c.txt", "d.pdf"):
        with s3.open_output_stream(f"news/read/{name}", compression="detect") as stream:
            stream.write(text.encode())
    articles = list(read_articles(f"s3://news/read{pattern}", ReadSettings()))
    assert [(article.id, article.text) for article in articles if article.id != "_c"] == [
        (id, text) for id in ids
    ]
    assert count_bytes(f"s3://news/read{pattern}") > 0


def test_a_killed_run_resumes_and_shows_only_whole_objects(
    s3: fs.FileSystem, endpoint: str, config: Path, tmp_path: Path
) -> None:
    texts = [f"x{n} moved y{n} . SLOW" for n in range(60)]
    local = write_articles(tmp_path / "in.jsonl", texts)
    assert finish(start(command(config, local, tmp_path / "out", *OPTIONS)))[0] == 0
    source = upload(s3, "news/in/in.jsonl", Path(local).read_bytes())
    arguments = command(config, source, tmp_path, *OPTIONS)
    arguments[arguments.index("--output") + 1] = "s3://news/out"

    process = start(arguments)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if sum(path.endswith("done.json") for path in below(s3, "news/out")) >= 3:
            break
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    finish(process)

    left = below(s3, "news/out")
    done = [path for path in left if path.endswith("done.json")]
    assert 3 <= len(done) < 12
    for path in left:  # what is visible is whole, and what has a marker is there
        if path.endswith(".parquet"):
            pq.read_metadata(path, filesystem=s3)
    for marker in done:
        for what in ("events", "documents"):
            assert marker.replace("done.json", f"{what}.parquet") in left
    assert b"<Upload>" not in urlopen(f"{endpoint}/news?uploads").read()  # nothing half sent
    assert not any("/events/part" in path or path.endswith("run.json") for path in left)

    code, said = finish(start(arguments))
    assert (code, "60 ok" in said) == (0, True), said
    assert run_json(s3, "news/out")["resumed_shards"] == len(done)
    assert published(s3, "news/out") == table_bytes(tmp_path / "out")
    log = s3.open_input_file("news/out/run.log.jsonl").readall().decode().splitlines()
    assert json.loads(log[-1])["event"] == "finished"

    assert list(read_events("s3://news/out").theme_text) == [f"x{n}" for n in range(60)]
    assert len(read_events("s3://news/out/events", ["doc_id"])) == 60
    write_report("s3://news/out")
    page = s3.open_input_file("news/out/report.html").readall().decode()
    assert "x59" in page

    changed = [*arguments, "--set", "components.fake_events.trigger=other"]
    assert finish(start(changed))[0] == 0
    assert read_events("s3://news/out").empty
    folders = {path.split("/")[3] for path in below(s3, "news/out/.shards")}
    assert folders == {run_json(s3, "news/out")["run_hash"]}


@pytest.mark.parametrize(
    ("source", "output", "said"),
    [
        ("s3://nothing/in.jsonl", "s3://news/o", "no such file, folder or bucket"),
        ("s3://news/good.jsonl", "s3://nothing/o", "There is no such bucket; none is created"),
        ("ftp://news/in.jsonl", "s3://news/o", "Known are s3://"),
        ("s3://news/good.jsonl", "http://news/o", "Known are s3://"),
        ("s3://news/good.jsonl", "s3://id:key@news/o", "no passwords in paths"),
    ],
)
def test_what_cannot_work_ends_in_one_sentence(
    s3: fs.FileSystem, config: Path, source: str, output: str, said: str
) -> None:
    upload(s3, "news/good.jsonl", b'{"id": "a", "text": "x moved y"}')
    arguments = command(config, source, Path(), *OPTIONS)
    arguments[arguments.index("--output") + 1] = output
    code, text = finish(start(arguments))
    assert code == 1
    assert said in text
    assert "Traceback" not in text


def test_wrong_credentials(
    s3: fs.FileSystem, endpoint: str, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = upload(s3, "news/good.jsonl", b'{"id": "a", "text": "x moved y"}')
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "wrong")
    _ask_for_credentials(endpoint, after="0")
    try:
        code, text = finish(start(command(config, source, Path("unused"), *OPTIONS)))
    finally:
        _ask_for_credentials(endpoint, after="inf")
    assert code == 1
    assert "Check the credentials (AWS_ACCESS_KEY_ID" in text


def _ask_for_credentials(endpoint: str, after: str) -> None:
    plain = {"Content-Type": "text/plain"}
    urlopen(Request(f"{endpoint}/moto-api/reset-auth", after.encode(), plain)).close()
