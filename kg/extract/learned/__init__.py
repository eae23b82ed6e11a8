"""Statements by relations that were learned from annotated sentences (`kg learn`)."""
