"""How the names of experiment files end."""

SUFFIX = ".guitrain"
