"""The weights of confidences: fitted on gold, and kept where gold cannot tell."""

from __future__ import annotations

from kg.extract.lexicon import Lexicon
from kg.ontology.domain import load_ontology
from tools.quality import Judged, fit, kept


def test_fitting_keeps_the_weights_of_rules_that_gold_has_nothing_of() -> None:
    now = Lexicon(load_ontology("olympics")).confidence
    rows = [Judged("a", 0.6, "frames/launch", right) for right in (True, True, False)]
    weights = kept(fit(rows), now)
    assert weights["proposed"] == now["proposed"] == -1.0
    assert weights["frames"] != now["frames"]
    assert weights.keys() == now.keys()
