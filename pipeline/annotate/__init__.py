"""Stanza's annotation as lossless spaCy Docs. The only package that imports Stanza."""
