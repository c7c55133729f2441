"""A pipeline that needs no models: a word that is an action's name is an event."""

import os
import re
import signal
import time
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.annotate.models import ModelError
from pipeline.annotate.raw_text import RawText
from pipeline.events import Argument, Event

CONFIG = """
[paths]
root = null
code = {code!r}

[nlp]
lang = "ar"
pipeline = ["sentencizer", "fake_events"]

[nlp.tokenizer]
@tokenizers = "fake_words.v1"

[components]

[components.sentencizer]
factory = "sentencizer"

[components.fake_events]
factory = "fake_events"
flag = null

[run]
shard_articles = 5
"""


@spacy.registry.tokenizers("fake_words.v1")
def create_fake_words():
    """Words are what stands between spaces; the text is kept."""

    def words(nlp: Language):
        raw = RawText(nlp.vocab)

        def split(text: str) -> Doc:
            runs = re.findall(r"(\S+|\s+)( ?)", raw(text).text)
            return Doc(nlp.vocab, [word for word, _ in runs], [bool(space) for _, space in runs])

        return split

    return words


@Language.factory("fake_events", default_config={"flag": None, "trigger": "moved"})
def create_fake_events(nlp: Language, name: str, flag: str | None, trigger: str):
    """Triggers are the word ``trigger``; POISON words do what poison does."""

    def component(doc: Doc) -> Doc:
        poison(doc, flag)
        doc._.events = [
            Event(
                trigger=doc[i : i + 1],
                action=trigger,
                construction="finite",
                rule="fake",
                theme=[Argument(doc[i - 1 : i], "fake")] if i else [],
                destination=[Argument(doc[i + 1 : i + 2], "fake")] if i + 1 < len(doc) else [],
            )
            for i, token in enumerate(doc)
            if token.text == trigger
        ]
        return doc

    return component


#: Words that this process has seen.
SEEN: set[str] = set()


def poison(doc: Doc, flag: str | None) -> None:
    """What the words of a text tell the component to do to its process."""
    words = {token.text for token in doc}
    if "EXHAUST" in SEEN:
        raise MemoryError("no more of it")
    SEEN.update(words & {"EXHAUST"})
    if "SLOW" in words:
        time.sleep(0.05)
    if "RAISE" in words:
        raise ValueError("poisonous article")
    if "MODEL" in words:
        raise ModelError("pos.pt is damaged")
    if "DIE" in words:
        os.kill(os.getpid(), signal.SIGKILL)
    if "HANG" in words:
        time.sleep(600)
    if "MEMORY" in words:
        bytearray(2**40)
    if "DIEONCE" in words and flag and not (once := Path(flag.removeprefix("at:"))).exists():
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def write_config(folder: Path, extra: str = "") -> Path:
    """The config of the fake pipeline."""
    path = folder / "fake.cfg"
    path.write_text(CONFIG.format(code=str(Path(__file__).resolve())).replace("'", '"') + extra)
    return path
