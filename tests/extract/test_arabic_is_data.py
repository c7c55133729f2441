"""Arabic stands in configs/: the code's string constants hold none, written or escaped."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: The Unicode blocks of the script, their escapes in a raw string (a regular expression), and
#: code points of letters and vowel signs as numbers.
ARABIC = re.compile(
    r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
    r"|\\u(?:06|07[5-7]|08[a-f]|fb[5-f]|fc|fd|fe[7-f])|\b06[2-7][0-9a-f]\b",
    re.IGNORECASE,
)


def arabic_constants(source: str) -> Iterator[tuple[int, str]]:
    """(line, value) of each string constant with Arabic in it that is no docstring."""
    tree = ast.parse(source)
    loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in loose:
            continue
        if isinstance(node.value, str) and ARABIC.search(node.value):
            yield node.lineno, node.value


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('MIN = "من"', 1),
        ('MIN = "\\u0645\\u0646"', 1),
        ('MARKS = "064B 0640"', 1),
        ('WORD = r"[\\u0621-\\u064a]+"', 1),
        ('def f() -> str:\n    """«من» marks an origin."""\n    return f"{f}من"', 1),
        ('"""«من»"""\nMIN = PARTICLES.min  # من\nQUOTE = "«\\u2013»"', 0),
    ],
)
def test_the_scan_sees_letters_and_escapes_but_no_docstrings(source: str, found: int) -> None:
    assert len(list(arabic_constants(source))) == found


def test_the_code_holds_no_arabic() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {value!r}"
        for path in sorted((ROOT / "pipeline").rglob("*.py"))
        for line, value in arabic_constants(path.read_text(encoding="utf-8"))
    ]
    assert not found, (
        "Arabic belongs into configs/lexicons (letters: orthography.yaml, affixes and particles: "
        "morphology.yaml, words: the list of the rule that reads them):\n" + "\n".join(found)
    )
