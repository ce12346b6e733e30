"""The app as a folder that starts by a double click: ``python -m guitrain.packaging --help``."""
