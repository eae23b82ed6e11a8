"""Learning the relations of a domain from annotated sentences."""
