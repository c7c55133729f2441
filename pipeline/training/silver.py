"""Silver training text for the tokenizer: raw news, labelled by a first tokenizer and a lexicon.

The first tokenizer (treebank only) finds tokens and sentences, which it does well. Which tokens
are fused is decided a form at a time: by the treebank where it knows the form, else by
`segmenter.FormSegmenter` on counts of raw text. Where these two don't settle it and the first
tokenizer disagrees, the label is left out of the loss.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stanza.models.tokenization.data import TokenizationDataset
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.utils import predict

from pipeline.orthography import ORTHOGRAPHY, SENTENCE_ENDS
from pipeline.text import strip_marks
from pipeline.training.conllu import Sentence
from pipeline.training.segmenter import FormSegmenter, learn_clitics
from pipeline.training.tokenizer_data import IGNORE, LabelledText

#: Spelling key that keeps the length of unmarked words: alefs without hamza, no vowel signs.
_ALEFS = str.maketrans(ORTHOGRAPHY.alef_folds)


def light_fold(word: str) -> str:
    """Key under which treebank and raw text are compared; final letters stay as they are."""
    return strip_marks(word).translate(_ALEFS)


def fused_shares(sentences: Iterable[Sentence], fold: Callable[[str], str]) -> dict:
    """Folded form -> (occurrences, share of them that are fused)."""
    seen: dict[str, list[bool]] = defaultdict(list)
    for sentence in sentences:
        for token in sentence.tokens:
            if fold(token.form).isalpha():
                seen[fold(token.form)].append(token.fused)
    return {form: (len(flags), sum(flags) / len(flags)) for form, flags in seen.items()}


@dataclass
class FusionLexicon:
    """Probability that a folded form is fused, and whether the treebank or the trees say so."""

    treebank: dict[str, tuple[int, float]]
    unseen: dict[str, float]

    def decide(self, form: str, tokenizer_says: bool) -> bool | None:
        """True, False, or None where it is too doubtful to learn from."""
        if form in self.treebank:
            n, share = self.treebank[form]
            if n >= 3 and (share <= 0.1 or share >= 0.9):
                return share > 0.5
        probability = self.unseen.get(form)
        if probability is None:
            return tokenizer_says
        if form in self.treebank:
            n, share = self.treebank[form]
            probability = (probability + n * share) / (n + 1)
        if probability >= 0.9 or probability <= 0.1:
            return probability > 0.5
        return tokenizer_says if tokenizer_says == (probability > 0.5) else None


def build_lexicon(
    sentences: list[Sentence], counts: Counter, fold: Callable[[str], str], min_count: int = 2
) -> tuple[FusionLexicon, FormSegmenter]:
    """Fits the segmenter on the treebank and asks it about every form of the raw text."""
    folded: Counter[str] = Counter()
    for form, n in counts.items():
        folded[fold(form)] += n
    treebank = fused_shares(sentences, fold)
    clitics = learn_clitics((t for s in sentences for t in s.tokens), fold)
    segmenter = FormSegmenter(clitics, folded, fold)
    segmenter.fit({form: share for form, (_, share) in treebank.items()})
    forms = [form for form, n in folded.items() if n >= min_count]
    probabilities = segmenter.probabilities(forms)
    return FusionLexicon(
        treebank, dict(zip(forms, map(float, probabilities), strict=True))
    ), segmenter


def label_paragraphs(
    paragraphs: list[str], trainer: Trainer, lexicon: FusionLexicon, fold: Callable[[str], str]
) -> list[LabelledText]:
    """Sentences of raw paragraphs with labels; paragraphs are given without blank lines."""
    text = "\n\n".join(paragraphs)
    data = TokenizationDataset(trainer.args, input_text=text, vocab=trainer.vocab, evaluation=True)
    predicted, raw = predict(trainer, data, 32, 1000, True, 0)
    labelled: list[LabelledText] = []
    for chars, labels in zip(raw, predicted, strict=True):
        start = 0
        for i, label in enumerate(labels):
            if label in (2, 4):
                labelled.append(
                    _sentence(chars[start : i + 1], labels[start : i + 1], lexicon, fold)
                )
                start = i + 1
    return [item for item in labelled if item.text]


def _sentence(
    chars: list[str], labels: Iterable[int], lexicon: FusionLexicon, fold: Callable[[str], str]
) -> LabelledText:
    text, ours, start = "".join(chars), [int(label) for label in labels], 0
    for i, label in enumerate(ours):
        if not label:
            continue
        form = fold(text[start : i + 1].strip())
        if form.isalpha():
            fused = lexicon.decide(form, label in (3, 4))
            if fused is None:
                ours[i] = IGNORE
            else:
                ours[i] = (3 if fused else 1) + (label in (2, 4))
        start = i + 1
    offset = len(text) - len(text.lstrip())
    return LabelledText(text[offset:], ours[offset:], text[-1:] in SENTENCE_ENDS)
