"""What a wheel holds; `pyproject.toml` says the rest. Templates lie in `webapp` there, and beside it in a clone."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["graph*", "importers*", "webapp*"]), "webapp.templates"],
    package_dir={"webapp.templates": "templates"},
    package_data={"webapp": ["static/*"], "webapp.templates": ["**/*.html", "**/*.svg"]},
    options={"build": {"build_base": "build/wheel"}},
)
