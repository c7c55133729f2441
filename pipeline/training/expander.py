"""Trains the multi-word token expander, with forms that the treebank doesn't hold.

The expander must write words as the treebank does, so the stem left after clitics are cut off is
spelled as the treebank, else as most of the raw text, spells it (hamzas restored).
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import torch
from stanza.models import mwt_expander

from pipeline.training.conllu import Sentence, open_text, read_conllu
from pipeline.training.segmenter import Analysis, FormSegmenter
from pipeline.training.silver import FusionLexicon, build_lexicon, light_fold
from pipeline.training.vectors import count_words

Expansions = dict[str, tuple[str, ...]]


def usual_spellings(
    sentences: Iterable[Sentence], counts: Mapping[str, int], fold: Callable[[str], str]
) -> dict[str, str]:
    """Folded form -> its usual spelling; words of multi-word tokens are spelled carefully."""
    careful: dict[str, Counter] = defaultdict(Counter)
    for sentence in sentences:
        for token in sentence.tokens:
            if token.fused:
                for word in token.words:
                    careful[fold(word)][word] += 1
    raw: dict[str, tuple[int, str]] = {}
    for form, n in counts.items():
        key = fold(form)
        if n > raw.get(key, (0, ""))[0]:
            raw[key] = (n, form)
    spellings = {key: form for key, (_, form) in raw.items()}
    return spellings | {key: forms.most_common(1)[0][0] for key, forms in careful.items()}


def full_analysis(
    form: str, segmenter: FormSegmenter, probability: Callable[[str], float]
) -> Analysis:
    """The cut of a folded fused form, its stem cut again where the stem itself is fused."""
    cut = segmenter.best(form)
    if cut.fused and probability(cut.stem) > 0.8:
        inner = segmenter.best(cut.stem)
        before, after = (*cut.before, *inner.before), (*inner.after, *cut.after)
        known_before = not before or before in segmenter.clitics.before
        known_after = not after or after in segmenter.clitics.after
        if inner.fused and known_before and known_after:
            return Analysis(before, inner.stem, after)
    return cut


def silver_expansions(
    forms: Iterable[str],
    segmenter: FormSegmenter,
    probabilities: Mapping[str, float],
    spellings: Mapping[str, str],
    known: Expansions,
    minimum: float = 0.85,
) -> Expansions:
    """Words of the forms that are surely fused (natural spelling; known ones are left out)."""

    def probability(folded: str) -> float:
        return probabilities.get(folded, 0.0)

    found: Expansions = {}
    for form in forms:
        folded = segmenter.fold(form)
        if form in known or probability(folded) < minimum:
            continue
        cut = full_analysis(folded, segmenter, probability)
        if cut.fused and segmenter.counts[cut.stem] >= 3:
            stem = _restore(cut, form, folded, spellings)
            found[form] = (*cut.before, stem, *cut.after)
    return found


def whole_forms(
    forms: Iterable[str], lexicon: FusionLexicon, segmenter: FormSegmenter, maximum: float = 0.05
) -> Expansions:
    """Forms that look as if they could be cut but surely aren't, each as its own only word.

    Stanza leaves a token whole where the expander gives one word: so the dictionary mends what
    the tokenizer takes for fused on sight of the first or last letters.
    """
    found: Expansions = {}
    for form in forms:
        folded = segmenter.fold(form)
        n, share = lexicon.treebank.get(folded, (0, 0.0))
        sure = share <= 0.1 if n >= 2 else lexicon.unseen.get(folded, 1.0) <= maximum
        if sure and segmenter.best(folded).fused:
            found[form] = (form,)
    return found


def _restore(cut: Analysis, form: str, folded: str, spellings: Mapping[str, str]) -> str:
    """The stem as its writer spelled it if they used hamzas, else in its usual spelling."""
    at = folded.find(cut.stem)
    if at >= 0 and len(form) == len(folded) and form[at : at + len(cut.stem)] != cut.stem:
        return form[at : at + len(cut.stem)]
    return spellings.get(cut.stem, cut.stem)


def treebank_expansions(sentences: Iterable[Sentence]) -> Expansions:
    """The commonest words of each multi-word form of the treebank."""
    seen: dict[str, Counter] = defaultdict(Counter)
    for sentence in sentences:
        for token in sentence.tokens:
            if token.fused:
                seen[token.form][tuple(token.words)] += 1
    return {form: words.most_common(1)[0][0] for form, words in seen.items()}


def format_expansions(expansions: Expansions, per_sentence: int = 20) -> str:
    """The expansions as CoNLL-U sentences, to train Stanza's expander on."""
    lines: list[str] = []
    blank = "\t_\t_\t_\t_"
    items = list(expansions.items())
    for start in range(0, len(items), per_sentence):
        number = 1
        for form, words in items[start : start + per_sentence]:
            lines.append(f"{number}-{number + len(words) - 1}\t{form}" + blank * 2)
            for word in words:
                head, relation = (0, "root") if number == 1 else (1, "dep")
                lines.append(f"{number}\t{word}{blank}\t{head}\t{relation}\t_\t_")
                number += 1
        lines.append("")
    return "\n".join(lines) + "\n"


def add_to_dictionary(model: Path, target: Path, expansions: Expansions) -> int:
    """Puts expansions into the dictionary of a saved expander; returns the dictionary's size.

    The dictionary is asked before the network: it is faster, and right on regular forms.
    """
    state = torch.load(model, map_location="cpu", weights_only=True)
    state["dict"] |= {form: " ".join(words) for form, words in expansions.items()}
    torch.save(state, target, _use_new_zipfile_serialization=False)
    return len(state["dict"])


def learn_from_text(treebank: list[Sentence], counts: Counter[str]) -> Expansions:
    """Expansions of the raw text's common fused forms, with and without their hamzas.

    Common forms that only look fused are among them, as their own only word.
    """
    lexicon, segmenter = build_lexicon(treebank, counts, light_fold)
    known = treebank_expansions(treebank)
    spellings = usual_spellings(treebank, counts, light_fold)
    forms = [
        form for form, n in counts.items() if n > 1 and segmenter.counts[light_fold(form)] >= 4
    ]
    found = silver_expansions(forms, segmenter, lexicon.unseen, spellings, known)
    bare = {light_fold(form): words for form, words in found.items()}
    found = {form: words for form, words in bare.items() if form not in known} | found
    forms += [form for form, (n, _) in lexicon.treebank.items() if n > 1]
    return found | whole_forms(forms, lexicon, segmenter)


def main() -> None:
    """Command line: treebank and raw text -> an expander in Stanza's format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebank", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--text", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--silver-forms", type=int, default=12_000, help="shown to the network")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--hidden", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    treebank = list(read_conllu(open_text(args.treebank)))
    found = learn_from_text(treebank, count_words(args.text)) if args.text else {}
    cut = sorted(form for form, words in found.items() if len(words) > 1)
    drawn = random.Random(args.seed).sample(cut, min(len(cut), args.silver_forms))
    training = args.out.with_suffix(".train.conllu")
    text = "".join(open_text(args.treebank)).rstrip("\n") + "\n\n"
    training.write_text(text + format_expansions({form: found[form] for form in drawn}))
    mwt_expander.main(
        [f"--train_file={training}", f"--eval_file={args.dev}", f"--gold_file={args.dev}",
         f"--save_dir={args.out.parent}", f"--save_name={args.out.name}", "--lang=ar",
         "--shorthand=ar_padt", f"--hidden_dim={args.hidden}", f"--num_epoch={args.epochs}",
         f"--seed={args.seed}", "--cpu"]
    )  # fmt: skip
    print(add_to_dictionary(args.out, args.out, found), "forms in the dictionary")


if __name__ == "__main__":
    main()
