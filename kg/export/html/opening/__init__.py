"""What a page or a picture opens with: the main entities, in regions, and where they stand."""
