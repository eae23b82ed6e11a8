"""Press articles to a knowledge graph one can trust."""
