"""A worker forgets words; what it makes of articles stays the same."""

import threading
import weakref
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import pipeline.annotate.component  # noqa: F401  (declares the factory)
from pipeline.annotate.cache import AnnotationCache
from pipeline.run import memory


def words_of(nlp: spacy.Language, number: int) -> list[tuple[str, str, str]]:
    doc = nlp(f"وصل زيد{number} إلى مدينة{number} .")
    for token in doc:
        token.lemma_ = f"{token.text}-{number}"
        token.set_morph("Case=Nom|Number=Sing")
    return [(token.text, token.lemma_, str(token.morph)) for token in doc]


def test_words_are_forgotten_at_the_limit_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_WORDS", 200)
    plain, tidied = spacy.blank("ar"), spacy.blank("ar")
    keeper = memory.Memory(tidied)
    at_first, most = len(tidied.vocab.strings), 0
    for number in range(300):
        assert words_of(tidied, number) == words_of(plain, number)
        most = max(most, len(tidied.vocab.strings))
        keeper.tidy()
    assert most - at_first < 250 < len(plain.vocab.strings) - at_first


def test_what_holds_itself_is_forgotten_between_jobs() -> None:
    keeper = memory.Memory(spacy.blank("ar"))
    holder = threading.Event()
    holder.__dict__["itself"] = holder
    forgotten = weakref.ref(holder)
    del holder
    keeper.tidy()
    assert forgotten() is None


def test_docs_of_an_open_cache_shard_do_not_outlive_a_memory_zone(tmp_path: Path) -> None:
    nlp = spacy.blank("ar")
    cache = AnnotationCache(tmp_path, "key", nlp.vocab)
    texts = ["قال زيد", "نام عمرو"]
    for text in texts:
        doc = Doc(nlp.vocab, text.split(), [True, False], pos=["VERB", "NOUN"], lemmas=text.split())
        cache.put(text, doc)
    cache.flush()
    nlp = spacy.blank("ar")  # one that knows none of the words
    cache = AnnotationCache(tmp_path, "key", nlp.vocab)
    nlp.add_pipe("stanza", config={"cache": str(tmp_path), "cache_only": True})
    component = nlp.get_pipe("stanza")
    component.cache = cache
    found = []
    for text in texts:
        with nlp.memory_zone():
            found += [(token.text, token.lemma_) for token in nlp(text)]
    assert found == [(word, word) for text in texts for word in text.split()]
