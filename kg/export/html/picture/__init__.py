"""The opening of the page as a picture for a report: SVG, and PNG made from it."""
