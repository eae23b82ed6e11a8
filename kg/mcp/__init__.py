"""A Model Context Protocol server over a built graph, for assistants to ask; it changes nothing."""
