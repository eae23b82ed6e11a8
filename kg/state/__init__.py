"""What a build keeps in its folder, so that the next one redoes only what it must.

Below the folder of the outputs, in `state/`: `build.json` (settings, articles, files written) and
`readings/` (what reading and extraction gave for each article).
"""
