"""A domain folder: classes, relations, names, frames and words."""
