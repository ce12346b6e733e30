"""How the names of files end."""

SUFFIX = ".guitrain"  # of an experiment
MODEL_SUFFIXES = (".safetensors", ".pt", ".pt2", ".onnx")
