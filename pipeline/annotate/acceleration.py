"""Makes a loaded Stanza pipeline faster on a CPU without changing what it predicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stanza.models.common.char_model import CharacterModel

from pipeline.annotate.fast_parser import install_fast_parser
from pipeline.annotate.type_caches import CharacterCache

if TYPE_CHECKING:
    import stanza


def accelerate(nlp: stanza.Pipeline) -> None:
    """Give the parser a faster decoder, and the tagger and the recogniser a memory for forms."""
    install_fast_parser(nlp.processors["depparse"].trainer.model)
    for name in ("pos", "depparse", "ner"):
        model = nlp.processors[name].trainer.model
        if isinstance(getattr(model, "charmodel", None), CharacterModel):
            model.charmodel = CharacterCache(model.charmodel)
