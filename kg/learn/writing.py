"""How annotators write dates: what a text has as "March 5, 1990" may be "1990-03-05" to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from kg.extract.learned.folding import Day, date_key, month_name
from kg.learn.texts import Text

__all__ = ["date_habits", "form_of_dates", "is_year", "written", "years_stay"]

_FORMS: Mapping[str, Callable[[Day], str]] = {
    "iso": lambda d: f"{d[0]:04d}-{d[1]:02d}-{d[2]:02d}",
    "day month year": lambda d: f"{d[2]} {month_name(d[1])} {d[0]}",
    "0day month year": lambda d: f"{d[2]:02d} {month_name(d[1])} {d[0]}",
    "month day, year": lambda d: f"{month_name(d[1])} {d[2]}, {d[0]}",
    "year": lambda d: str(d[0]),
}


def date_habits(texts: Sequence[Text]) -> dict[str, str]:
    """Relation to the form in which its dates are mostly written, where texts have another one."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        for a in text.aligned:
            day = date_key(a.triple.object)
            if day is None or a.reason:
                continue
            seen = counts.setdefault(a.triple.relation, Counter())
            if text.view.span_text(*a.objects[0]) == a.triple.object:
                seen[""] += 1
            for name, form in _FORMS.items():
                seen[name] += form(day) == a.triple.object.strip('"')
    return {
        relation: best
        for relation, seen in counts.items()
        if (best := max(sorted(seen), key=lambda name: seen[name]))
    }


def form_of_dates(texts: Sequence[Text]) -> str:
    """The form in which most relations have their dates; "" where none has or as the texts do."""
    forms = Counter(date_habits(texts).values())
    return max(sorted(forms), key=lambda name: forms[name], default="")


def years_stay(texts: Sequence[Text]) -> bool:
    """True where years of texts are written as years, and not as their first day."""
    years = [
        a.triple.object
        for text in texts
        for a in text.aligned
        if not a.reason and is_year(text.view.span_text(*a.objects[0]))
    ]
    return 2 * sum(map(is_year, years)) > len(years)


def is_year(words: str) -> bool:
    """Whether the words are a year and nothing else."""
    return words.isdigit() and len(words) == 4


def written(words: str, relation: str, habits: Mapping[str, str]) -> str:
    """The words of an object as the annotators would write them."""
    day = date_key(words)
    return _FORMS[habits[relation]](day) if day is not None and relation in habits else words
