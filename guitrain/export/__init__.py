"""One file per format. History and experiment need no Qt."""
