"""What a load says of itself."""

from __future__ import annotations

from kg.load import LoadPlan, Step

PLAN = LoadPlan(
    "http://a.example/store",
    "a Graph Store",
    (Step("replace", "<urn:a>", 1200, "triples"), Step("drop", "<urn:b>\x1b[2J", None, "triples")),
    ("The rest stays.",),
)


def test_a_plan_says_each_step_and_the_total_before_and_after() -> None:
    assert PLAN.summary(done=False).splitlines() == [
        "http://a.example/store: a Graph Store",
        "would replace  1,200 triples  <urn:a>",
        "would drop                    <urn:b> [2J",
        "1,200 triples; no data was sent",
        "The rest stays.",
    ]
    assert "1,200 triples loaded" in PLAN.summary(done=True)
    assert "would" not in PLAN.summary(done=True)


def test_units_are_counted_apart() -> None:
    steps = (Step("merge", "Entity", 2, "nodes"), Step("merge", "KNOWS", 5, "relationships"))
    assert "2 nodes and 5 relationships loaded" in LoadPlan("u", "f", steps).summary(done=True)
    assert "nothing; no data was sent" in LoadPlan("u", "f", ()).summary(done=False)


def test_a_long_load_is_told_in_short_and_a_long_plan_in_full() -> None:
    steps = tuple(Step("replace", f"<urn:{number}>", 1, "triples") for number in range(1000))
    plan = LoadPlan("u", "f", steps)
    assert plan.summary(done=True).splitlines()[-2:] == ["… and 980 more", "1,000 triples loaded"]
    assert len(plan.summary(done=True).splitlines()) == 23
    assert len(plan.summary(done=False).splitlines()) == 1002


def test_what_is_removed_is_not_called_loaded() -> None:
    steps = (
        Step("create", "Entity", 2, "nodes"),
        Step("set", "City", 1, "labels"),
        Step("create", "KNOWS", 5, "relationships"),
        Step("remove", "Entity", 3, "nodes"),
    )
    plan = LoadPlan("u", "f", steps)
    total = "2 nodes, 1 labels and 5 relationships"
    assert plan.summary(done=True).splitlines()[-1] == f"{total} loaded; 3 nodes removed"
    said = plan.summary(done=False).splitlines()[-1]
    assert said == f"{total}; 3 nodes to remove; no data was sent"
    gone = LoadPlan("u", "f", steps[3:])
    assert gone.summary(done=True).endswith("nothing loaded; 3 nodes removed")
