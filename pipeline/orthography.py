"""The Arabic script as data: ``configs/lexicons/orthography.yaml``, read once and checked.

Rules name letters and marks by this module; the letters themselves stand in the data file.
"""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from pipeline.data_files import read_yaml

CONFIGS = Path(__file__).resolve().parents[1] / "configs"
ORTHOGRAPHY_FILE = CONFIGS / "lexicons" / "orthography.yaml"
MORPHOLOGY_FILE = CONFIGS / "lexicons" / "morphology.yaml"
#: The data of the written language, the same under every config.
LANGUAGE_FILES = (ORTHOGRAPHY_FILE, MORPHOLOGY_FILE)

Model = TypeVar("Model", bound="Table")


class Table(BaseModel):
    """A part of a data file: every field must stand in it, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Letters(Table):
    """Letters by their names."""

    alef: str
    alef_hamza_above: str
    alef_wasla: str
    waw: str
    ya: str
    lam: str
    ta: str
    ta_marbuta: str
    hamza: str
    hamza_on_waw: str
    hamza_on_ya: str


class Ranges(Table):
    """Ranges of characters, to stand inside the brackets of a regular expression."""

    marks: str
    vowels: str
    letters: str
    name_letters: str
    word: str
    digits: str
    presentation_forms: str
    script: str


class Digits(Table):
    """Digits and separators of numbers (``written``), one by one as ASCII (``ascii``)."""

    written: str = Field(alias="from")
    ascii: str = Field(alias="to")


class Punctuation(Table):
    """Marks of punctuation that Arabic has of its own."""

    question_mark: str
    full_stop: str
    semicolon: str
    comma: str


class Orthography(Table):
    """The data file; the notes in it say what each table is for."""

    letters: Letters
    folds: dict[str, str]
    hamza_folds: dict[str, str]
    alef_folds: dict[str, str]
    ranges: Ranges
    digits: Digits
    punctuation: Punctuation
    romanization: dict[str, str]


def read_table(path: Path, model: type[Model]) -> Model:
    """The data file at ``path``.

    Raises FileNotFoundError where it is missing, pydantic.ValidationError where it is malformed.
    """
    return model.model_validate(read_yaml(path))


ORTHOGRAPHY = read_table(ORTHOGRAPHY_FILE, Orthography)
LETTERS = ORTHOGRAPHY.letters
RANGES = ORTHOGRAPHY.ranges
PUNCTUATION = ORTHOGRAPHY.punctuation

#: Marks that end a sentence, separate its parts; in Arabic and in Latin writing.
SENTENCE_ENDS = frozenset({".", "!", "?", PUNCTUATION.question_mark})
FULL_STOPS = SENTENCE_ENDS | {PUNCTUATION.full_stop, "…"}
SEMICOLONS = frozenset({";", PUNCTUATION.semicolon})
COMMAS = frozenset({",", PUNCTUATION.comma})
