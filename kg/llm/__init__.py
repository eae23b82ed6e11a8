"""A language model as one more extractor: it proposes facts, and the text decides.

The only part of the package that calls one; without `kg build --llm` only its settings are loaded.
"""
