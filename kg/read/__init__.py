"""Page to article to annotated article."""
