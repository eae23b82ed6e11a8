"""Hostile inputs by the million for whatever reads what others wrote.

`python -m tools.fuzz --inputs 1000000` shares so many inputs out among the readers of articles, the
cleaner, the loader of domains, the review file, the gold facts, the query entry, the examples of
`kg learn`, the sources of `kg ontology new` and what a build finds in its own folder. Each input
must end in a result or in a KgError. With atheris (`pip install atheris`, Python 3.11 to 3.13 on
Linux) the inputs are guided by the code that they reach; without it they are changed at random.
Seeds are fixed.
"""
