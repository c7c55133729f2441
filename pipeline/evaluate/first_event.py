"""One cold start: ``python -m pipeline.evaluate.first_event STARTED CONFIG SENTENCE``.

Does what ``pipeline.load`` and the first Doc do, part after part, and prints the seconds of each by
the clock and of the processor as JSON. ``STARTED`` is ``time.time()`` before the process began.
"""

import sys
import time

#: When the interpreter stood and ``pipeline`` was imported: clock, processor.
_READY = time.time(), time.process_time()


def main(started: float, config: str, sentence: str) -> dict[str, list[float]]:
    """Part -> [seconds by the clock, of the processor]. Raises ValueError for want of an event."""
    laps: dict[str, list[float]] = {}
    last = (started, 0.0)

    def lap(part: str, now: tuple[float, float] | None = None) -> None:
        nonlocal last
        now = now or (time.time(), time.process_time())
        laps[part] = [now[0] - last[0], now[1] - last[1]]
        last = now

    lap("interpreter, import pipeline", _READY)
    from pipeline.loading import without_collector

    with without_collector():
        import torch  # noqa: F401

        lap("import torch")
        import spacy  # noqa: F401

        lap("import spaCy")
        import pipeline.components

        lap("import the stages")
        nlp = pipeline.load(config, {"annotate.cache": None})
        lap("lexicons")
        import pipeline.annotate.annotator

        lap("import Stanza")
        stanza = nlp.get_pipe("stanza")
        assert isinstance(stanza, pipeline.annotate.component.StanzaComponent)
        assert stanza.annotator
        lap("weights")
    doc = nlp(sentence)
    lap("first sentence")
    if not doc._.events:
        raise ValueError(f"No event in {sentence!r}.")
    return laps


if __name__ == "__main__":
    import json

    print(json.dumps(main(float(sys.argv[1]), *sys.argv[2:])))
