"""A build in steps over parts of the data, on the disk of one machine or on Apache Spark.

The steps call the functions of the build in memory, each on one block: an article, the entities of
one name, a component of names that may be one, the claims about one pair. What is global in
resolution is brought to the blocks by joins: docs/decisions/4101.
"""
