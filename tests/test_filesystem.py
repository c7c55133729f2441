"""Paths and URIs: where they lead, and what is said where they lead nowhere."""

from pathlib import Path

import pytest
from pyarrow import fs

from pipeline.filesystem import LocationError, locate, reason


def test_paths_and_file_uris_are_local(tmp_path: Path) -> None:
    spaced = tmp_path / "أخبار اليوم"
    for location in (str(spaced), f"file://{spaced}"):
        filesystem, path = locate(location)
        assert isinstance(filesystem, fs.LocalFileSystem)
        assert path == str(spaced)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("news/a b.txt", "news/a b.txt"),
        ("news/أخبار/[ab]*.txt", "news/أخبار/[ab]*.txt"),
        ("news/a%20b#c/", "news/a b#c"),
        ("news", "news"),
    ],
)
def test_keys_may_have_any_letters(name: str, path: str) -> None:
    filesystem, found = locate(f"s3://{name}?region=x&endpoint_override=127.0.0.1:1&scheme=http")
    assert isinstance(filesystem, fs.S3FileSystem)
    assert found == path


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("ftp://host/x", r"Cannot open ftp://host/x: Unrecognized .*\. Known are s3://, gs://"),
        ("fsspec+nothing://x", "Cannot open fsspec.nothing"),
        ("s3://x?colour=red", "Cannot open .*'colour'"),
        ("s3://key:secret@bucket/x", "^s3://bucket/x: no passwords in paths.*AWS_ACCESS_KEY_ID"),
    ],
)
def test_what_leads_nowhere_says_why(location: str, said: str) -> None:
    with pytest.raises(LocationError, match=said) as raised:
        locate(location)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ("AWS Error NO_SUCH_BUCKET during PutObject: x", "There is no such bucket"),
        ("Bucket 'x' not found", "There is no such bucket"),
        ("AWS Error ACCESS_DENIED during HeadObject operation: No response body.", "credentials"),
        ("AWS Error INVALID_ACCESS_KEY_ID during PutObject", "credentials"),
        ("AWS Error NETWORK_CONNECTION during HeadObject", "the endpoint"),
        ("Status(UNAVAILABLE: Retry policy exhausted", "the endpoint"),
        ("Status(NOT_FOUND: Permanent error", "There is no such bucket"),
    ],
)
def test_advice_is_by_the_kind_of_error(error: str, advice: str) -> None:
    text = reason(OSError(f"{error} error_info={{reason=}}\nmany\nmore lines"))
    assert text.startswith(error.rstrip("."))
    assert advice in text
    assert "\n" not in text
    assert "error_info" not in text
    assert reason(OSError("Something else")) == "Something else."
