"""The one thing pyproject.toml cannot say: found packages plus the resources folder."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["guitrain*"]), "guitrain._resources"],
    package_dir={"guitrain._resources": "resources"},
)
