"""What repo2docker makes of the repository; that it accepts it is tried by `course.py legs binder`."""

import os
import subprocess

import pytest
from browser import ROOT


@pytest.mark.skipif(os.name == "nt", reason="Binder's images are Linux")
def test_the_news_pop_up_is_off_in_what_binder_builds(tmp_path):
    script = ROOT / "postBuild"
    assert os.access(script, os.X_OK)  # repo2docker runs no other
    surroundings = dict(os.environ, NB_PYTHON_PREFIX=str(tmp_path))
    subprocess.run([script], cwd=ROOT, env=surroundings, check=True, timeout=60)
    settings = tmp_path / "share/jupyter/lab/settings/overrides.json"
    assert '"fetchNews": "false"' in settings.read_text()


def test_the_recipe_names_the_home_that_is_there():
    recipe = (ROOT / "docs/binder.md").read_text()
    assert "lab/tree/notebooks/00_start_here.ipynb" in recipe
    assert (ROOT / "notebooks/00_start_here.ipynb").is_file()
