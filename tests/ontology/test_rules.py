"""Rules are read from data; each way to write one wrong is found, with file and rule."""

import shutil
import tomllib
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology.check import check_domain
from kg.ontology.domain import domain_folder, load_ontology
from kg.ontology.rules import Implication, PeriodRule, read_partnership, read_rules

HERE = Path("d/rules.toml")
RULES = """
[rule.helper-is-friend]
when = "sponsorOf"
object = ["Organization"]
then = "partnerOf"
keep = ["level"]

[rule.last-day]
start = "start"
duration = "duration"
end = "end"
"""


def test_both_kinds_of_rule() -> None:
    assert list(read_rules(HERE, tomllib.loads(RULES))) == [
        Implication(
            "helper-is-friend", "sponsorOf", "partnerOf", (), ("Organization",), ("level",)
        ),
        PeriodRule("last-day", "start", "duration", "end"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[rule.a]\nwhen = "x"', r"\[rule.a\]: then is missing"),
        ('[rule.a]\nthen = "x"', r"\[rule.a\]: when is missing"),
        ('[rule.a]\nwhen = "x"\nthen = 3', r"\[rule.a\]: then is missing"),
        ('[rule.a]\nwhen = "x"\nthen = "y"\nso = "z"', r"\[rule.a\]: unknown key 'so'"),
        ('[rule.a]\nwhen = "x"\nthen = "y"\nsubject = "C"', r"subject must be a list of texts"),
        ('[rule.a]\nstart = "start"', r"\[rule.a\]: duration is missing"),
        ('[rule.a]\nduration = "d"\nwhen = "x"', r"\[rule.a\]: unknown key 'when'"),
        ('[rule.symmetric]\nwhen = "x"\nthen = "y"', "that of a rule of OWL"),
        ("rule = 3", r"\[rule\]: must be a table"),
        ("[rule]\na = 3", r"\[rule.a\]: must be a table"),
        ("[rules.a]", "unknown key 'rules'"),
    ],
)
def test_a_rule_that_cannot_be_read_says_which_and_why(text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message) as caught:
        list(read_rules(HERE, tomllib.loads(text)))
    assert str(caught.value).startswith(str(HERE))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("partnership = 3", "must be a table"),
        ("[partnership]", "partners is missing"),
        ('[partnership]\npartners = ["p"]\nmates = ["q"]', "unknown key 'mates'"),
        ('[partnership]\npartners = ["p"]\nlevel = ["q"]', "level is missing; give it as a text"),
    ],
)
def test_a_partnership_that_cannot_be_read_says_why(text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message) as caught:
        read_partnership(HERE, tomllib.loads(text))
    assert str(caught.value).startswith(f"{HERE}: [partnership]")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A domain of one's own that imports the newsroom and has rules."""
    folder = tmp_path / "mine"
    shutil.copytree(domain_folder("olympics"), folder)
    (folder / "rules.toml").write_text(RULES, "utf-8")
    return folder


def test_a_domain_adds_its_rules_to_what_it_imports_and_may_replace_one(mine: Path) -> None:
    names = [rule.name for rule in load_ontology(mine).rules]
    assert names == ["helper-is-friend", "last-day", "period-end", "sponsor-is-partner"]
    same = RULES.replace("helper-is-friend", "sponsor-is-partner")
    (mine / "rules.toml").write_text(same, "utf-8")
    rule = next(r for r in load_ontology(mine).rules if r.name == "sponsor-is-partner")
    assert isinstance(rule, Implication)
    assert rule.keep == ("level",)
    assert load_ontology(mine).partnership == load_ontology("newsroom").partnership


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"sponsorOf"', '"likes"', "rule helper-is-friend: there is no relation 'likes'"),
        (
            '"partnerOf"',
            '"with"',
            "rule helper-is-friend: 'with' is a qualifier and no claim or inference",
        ),
        ('"partnerOf"', '"sponsorOf"', "rule helper-is-friend: it draws 'sponsorOf' from itself"),
        (
            '"sponsorOf"',
            '"foundedIn"',
            "rule helper-is-friend: 'foundedIn' has literals as objects, 'partnerOf' has entities",
        ),
        ('["Organization"]', '["Thong"]', "rule helper-is-friend: there is no class 'Thong'"),
        ('["level"]', '["heldIn"]', "rule helper-is-friend: 'heldIn' is a claim and no qualifier"),
        ('end = "end"', 'end = "fin"', "rule last-day: there is no relation 'fin'"),
    ],
)
def test_a_rule_about_what_is_not_there_is_a_problem_with_file_and_line(
    mine: Path, old: str, new: str, message: str
) -> None:
    path = mine / "rules.toml"
    assert old in RULES
    path.write_text(RULES.replace(old, new), "utf-8")
    (problem,) = check_domain(mine)
    assert problem.message == message
    header = f"[{message.partition(':')[0].replace(' ', '.')}]"
    assert problem.line == RULES.splitlines().index(header) + 1
    assert problem.path == path


def test_a_partnership_of_relations_that_are_not_there_is_a_problem(mine: Path) -> None:
    (mine / "rules.toml").write_text('[partnership]\npartners = ["start", "x"]\n', "utf-8")
    assert [problem.message for problem in check_domain(mine)] == [
        "partnership: 'start' is a qualifier and no claim",
        "partnership: there is no relation 'x'",
    ]
