"""The data that passes between the stages; standard library only."""
