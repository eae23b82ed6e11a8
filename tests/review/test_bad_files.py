"""Review files that cannot be used: which file, which line, what to do; and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.review import read_decisions, write_review
from kg.review.parse import MAX_BYTES

A, B = "https://example.org/id/Company/A", "https://example.org/id/Company/B"
PAIR = f"left: {A}\n  right: {B}"
FACT = "fact: 0123456789abcdef"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("merges:\n- left: [\n", 3, "not YAML"),
        ("merges:\n\t- left: x\n", 2, "not YAML"),
        (f"merges:\n- {PAIR}\n  decision: yes\n  decision: no\n", 5, "there twice"),
        (f"merges:\n- {PAIR}\n  decision: maybe\n", 4, "'maybe' is not known; write yes, no or ?"),
        (f"merges:\n- {PAIR}\n  decision: [1]\n", 4, "must be one value"),
        (f"merges:\n- {PAIR}\n  decision: {{a: 1}}\n", 4, "must be one value"),
        (f"merges:\n- {PAIR}\n  decision: 1\n", 4, "'1' is not known"),
        (f"merges:\n- {PAIR}\n", 2, "no `decision`"),
        (f"merges:\n- {PAIR}\n  decison: yes\n", 4, "no key 'decison'"),
        (f"merge:\n- {PAIR}\n  decision: yes\n", 1, "no section 'merge'"),
        ("merges: yes\n", 1, "must be a list"),
        ("merges:\n- yes\n", 2, "must have keys"),
        ("- merges\n", 1, "must have sections"),
        ("merges: []\nmerges: []\n", 2, "there twice"),
        (f"merges:\n- left: {A}\n  decision: no\n", 2, "add `right`"),
        (f"merges:\n- left: {A}\n  right: {A}\n  decision: no\n", 2, "the same id"),
        (f"merges:\n- left: {A}\n  right: Acme Corp\n  decision: no\n", 3, "'Acme Corp' is no id"),
        (f"merges:\n- left: {A}\n  right: 'https://a b'\n  decision: no\n", 3, "is no id"),
        (f"links:\n- entity: {A}\n  same_as: Q42\n  decision: no\n", 3, "'Q42' is no id"),
        ("facts:\n- fact: 12\n  decision: no\n", 2, "'12' is no id of a fact"),
        (f"facts:\n- {FACT}\n  decision: no\n- {FACT}\n  decision: no\n", 5, "asked twice"),
        (
            f"merges:\n- {PAIR}\n  decision: ?\n- left: {B}\n  right: {A}\n  decision: yes\n",
            7,
            "asked twice",
        ),
        (
            f"facts:\n- {FACT}\n  decision: no\n  subject: a\n  predicate: p\n  object: b\n",
            4,
            "an end of a fact",
        ),
        (
            f"facts:\n- {FACT}\n  decision: no\n  subject: {{id: a, name: a}}\n  predicate: p\n"
            "  object: {value: 1, datatype: x}\n  evidence:\n  - article: a\n    span: [1, x]\n",
            9,
            "whole numbers",
        ),
        ("merges:\n- !!python/object/apply:os.system [ls]\n", 2, "no tags"),
        ("merges:\n- &a {decision: no}\n", 2, "no anchors"),
        ("merges: &a\n- *a\n", 1, "no anchors"),
        ("merges:\n- left: *a\n", 2, "not YAML"),
        ("merges: []\n---\nmerges: []\n", 2, "not YAML"),
        ("merges:\n- note: \x07\n", 2, "U+0007"),
    ],
)
def test_each_problem_names_its_line_and_the_file_stays(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    path = tmp_path / "review.yaml"
    path.write_text(text, "utf-8")
    for use in (lambda: read_decisions([path]), lambda: write_review(path, ())):
        with pytest.raises(InputError) as error:
            use()
        assert str(error.value).startswith(f"{path}:{line}: ")
        assert problem in str(error.value)
    assert path.read_text("utf-8") == text
    assert [p.name for p in tmp_path.iterdir()] == ["review.yaml"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"\n# only a comment\n", "is empty"),
        (b"merges:\n- note: \xff\n", ":2: this is not UTF-8"),
        ("merges: []\n".encode("utf-16"), ":1: this is not UTF-8"),
        (b"[" * 2_000, "nests too deeply"),
        (b"merges: []\n" + b"#" * MAX_BYTES, "bytes, more than"),
    ],
)
def test_what_is_no_text_of_a_review_is_refused(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "review.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_decisions([path])
    assert str(path) in str(error.value)
    assert problem in str(error.value)


@pytest.mark.parametrize("name", ["none.yaml", "folder", "file/review.yaml"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match=r"review file .* cannot be read"):
        read_decisions([tmp_path / name])


def test_two_files_that_contradict_each_other_are_both_named(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(f"merges:\n- {PAIR}\n  decision: yes\n", "utf-8")
    two.write_text(f"\nmerges:\n- left: {B}\n  right: {A}\n  decision: no\n", "utf-8")
    with pytest.raises(InputError) as error:
        read_decisions([one, two])
    assert f"{one}:4" in str(error.value)
    assert f"{two}:5" in str(error.value)
    two.write_text(two.read_text("utf-8").replace("no", "?"), "utf-8")
    assert [d.answer for d in read_decisions([two, one])] == [True]
    two.write_text(two.read_text("utf-8").replace("?", "yes"), "utf-8")
    assert len(read_decisions([two, one, one])) == 1


def test_the_file_is_read_as_people_and_editors_write_it(tmp_path: Path) -> None:
    path = tmp_path / "review.yaml"
    text = f"\ufeffmerges:\r\n- {PAIR}\r\n  decision: ?   # not sure\r\nfacts:\r\n".replace(
        "\n  ", "\r\n  "
    )
    path.write_bytes((text.replace("\r\r", "\r") + f"- {FACT}\n  decision: FALSE\n").encode())
    (decision,) = read_decisions([path])
    assert (decision.about, decision.answer) == (("0123456789abcdef",), False)
    assert decision.place == f"{path}:7"
