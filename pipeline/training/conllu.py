"""Reads CoNLL-U just far enough for training: surface tokens, the words they hold, paragraphs.

Stanza's own reader drops paragraph and document boundaries, which decide how a tokenizer is
trained and how a treebank is split, so they are kept here.
"""

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

N_COLUMNS = 10


@dataclass
class Token:
    """A surface token: its form, whether a space follows, and its rows (ten columns a word)."""

    form: str
    rows: list[list[str]] = field(default_factory=list)
    space_after: bool = True
    range_row: list[str] | None = None

    @property
    def words(self) -> list[str]:
        """The forms of its syntactic words."""
        return [row[1] for row in self.rows]

    @property
    def fused(self) -> bool:
        """Whether it is a multi-word token."""
        return len(self.rows) > 1


@dataclass
class Sentence:
    """A sentence with its document and paragraph (None where the file names none)."""

    tokens: list[Token]
    comments: list[str]
    document: str | None
    paragraph: int

    @property
    def text(self) -> str:
        """The surface text, rebuilt from forms and SpaceAfter."""
        parts = [token.form + (" " if token.space_after else "") for token in self.tokens]
        return "".join(parts).rstrip(" ")


def open_text(path: Path | str) -> Iterable[str]:
    """Lines of a UTF-8 file, plain or .xz."""
    path = Path(path)
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def read_conllu(lines: Iterable[str]) -> Iterator[Sentence]:
    """Yields sentences.

    Paragraphs are counted over the file: a new one starts at `# newpar` or `# newdoc`. A file
    without either has one paragraph a sentence.

    Raises:
        ValueError: a row hasn't ten columns.
    """
    document: str | None = None
    paragraph, marked = 0, False
    comments: list[str] = []
    rows: list[list[str]] = []
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\n")
        if line.startswith("#"):
            comments.append(line)
            if line.startswith("# newdoc"):
                document = line.partition("=")[2].strip() or f"line {number}"
                paragraph, marked = paragraph + 1, True
            elif line.startswith("# newpar"):
                paragraph, marked = paragraph + 1, True
        elif line.strip():
            columns = line.split("\t")
            if len(columns) != N_COLUMNS:
                raise ValueError(f"line {number}: {len(columns)} columns, {N_COLUMNS} expected")
            rows.append(columns)
        elif rows:
            paragraph += 0 if marked else 1
            yield Sentence(_tokens(rows), comments, document, paragraph)
            comments, rows = [], []
    if rows:
        yield Sentence(_tokens(rows), comments, document, paragraph + (0 if marked else 1))


def _tokens(rows: list[list[str]]) -> list[Token]:
    """Groups word rows under their multi-word tokens; empty nodes (8.1) are dropped."""
    tokens: list[Token] = []
    last_of_range = 0
    for row in rows:
        identifier, form = row[0], row[1]
        space_after = "SpaceAfter=No" not in row[9].split("|")
        if "-" in identifier:
            last_of_range = int(identifier.split("-")[1])
            tokens.append(Token(form, [], space_after, row))
        elif "." not in identifier:
            if int(identifier) <= last_of_range:
                tokens[-1].rows.append(row)
            else:
                tokens.append(Token(form, [row], space_after))
    return tokens


def format_sentence(sentence: Sentence) -> str:
    """The sentence as CoNLL-U, blank line included; empty nodes and other changes aside."""
    lines = list(sentence.comments)
    for token in sentence.tokens:
        if token.range_row is not None:
            lines.append("\t".join(token.range_row))
        lines.extend("\t".join(row) for row in token.rows)
    return "\n".join(lines) + "\n\n"
