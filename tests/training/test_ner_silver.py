"""Silver names: what a sequence is in most places, it is everywhere."""

from pathlib import Path

from pipeline.training.ner_silver import (
    consistent,
    read_lexicon,
    sample_sentences,
    settled_names,
)

CITY = ("باماكو",)


def test_names_found_in_most_places_are_settled() -> None:
    sentences = [["في", "باماكو"]] * 5 + [["من", "هنا"]] * 5
    found = [{(1, 1): "GPE"}] * 4 + [{}] * 6
    assert settled_names(sentences, found) == {CITY: "GPE"}


def test_words_that_are_rarely_names_are_not_settled() -> None:
    sentences = [["قال", "سعيد"]] * 12
    found = [{(1, 1): "PER"}] * 4 + [{}] * 8
    assert settled_names(sentences, found) == {}


def test_settled_names_fill_what_the_model_missed() -> None:
    assert consistent(["من", "باماكو"], {}, {CITY: "GPE"}) == ["O", "B-GPE"]


def test_settled_names_do_not_cut_a_longer_name() -> None:
    words = ["جامعة", "باماكو", "قالت"]
    assert consistent(words, {(0, 1): "ORG"}, {CITY: "GPE"}) == ["B-ORG", "I-ORG", "O"]


def test_lexicon_names_of_one_word_and_skipped_codes_are_left_out(tmp_path: Path) -> None:
    table = tmp_path / "actors.csv"
    table.write_text(
        "# comment\nid,arabic,type,cameo\n"
        "a,جماعة النور|النور,ORG,EGYREB\nb,الحكومة المحلية,ORG,EGYGOV\nc,سليم حداد,PER,EGY\n",
        encoding="utf-8",
    )
    assert read_lexicon(table, {"ORG": "ORG"}, ["GOV"]) == {("جماعة", "النور"): "ORG"}


def test_sampling_keeps_lines_of_suitable_length() -> None:
    lines = ["كلمة", "ثلاث كلمات هنا.", "هذه جملة أطول من أن تؤخذ"]
    assert sample_sentences(lines, 5, 2, 4, seed=1) == [["ثلاث", "كلمات", "هنا", "."]]
