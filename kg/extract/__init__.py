"""Annotated article to statements."""
