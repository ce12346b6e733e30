"""What pyproject.toml cannot say: found packages plus the resources folder, but for what builds the
app from a checkout.
"""

from setuptools import find_packages, setup

setup(
    packages=[
        *find_packages(include=["guitrain*"], exclude=["guitrain.packaging*"]),
        "guitrain._resources",
    ],
    package_dir={"guitrain._resources": "resources"},
)
