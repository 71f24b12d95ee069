"""A hub for a class: what it refuses, what it starts before class, and what a load test says."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from browser import ROOT

WORKSHOP = ROOT / "workshop"
sys.path.insert(0, str(WORKSHOP))
import link  # noqa: E402
import prespawn  # noqa: E402

CONFIG = WORKSHOP / "jupyterhub_config.py"
VALUES = yaml.safe_load((WORKSHOP / "values.yaml").read_text(encoding="utf-8"))
needs_hub = pytest.mark.skipif(
    not find_spec("jupyterhub"),
    reason='JupyterHub is not installed, so no class was held (pip install -e ".[workshop]")',
)
needs_proxy = pytest.mark.skipif(
    not shutil.which("configurable-http-proxy"),
    reason="configurable-http-proxy is not installed, so no class was held (npm install -g it)",
)


# ------------------------------------------------------------------------------------- the hub


@pytest.mark.slow
@needs_hub
def test_a_hub_that_lets_everybody_in_does_not_start_unless_it_is_said_to_be_a_test(tmp_path):
    command = [sys.executable, "-m", "jupyterhub", "-f", CONFIG]
    command += ["--JupyterHub.authenticator_class=jupyterhub.auth.DummyAuthenticator"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=240)
    assert result.returncode == 1 and not list(tmp_path.iterdir())
    assert "let anybody in" in result.stderr and "LEARNKIT_HUB_IS_ONLY_A_TEST" in result.stderr


SHOWS_SETTINGS = """
import json, sys
from jupyterhub.app import JupyterHub
hub = JupyterHub.instance()
hub.load_config_file(sys.argv[1])
print(json.dumps(hub.config, default=str))
"""


@pytest.mark.slow
@needs_hub
def test_two_groups_of_this_machines_accounts_may_sign_in_and_a_token_may_start_servers(tmp_path):
    command = [sys.executable, "-c", SHOWS_SETTINGS, CONFIG]
    environment = dict(os.environ, LEARNKIT_HUB_TOKEN="a" * 64)
    pipes = {"capture_output": True, "text": True, "timeout": 240, "check": True}
    said = subprocess.run(command, cwd=tmp_path, env=environment, **pipes).stdout
    c = json.loads(said)
    assert c["JupyterHub"]["authenticator_class"] == "pam"
    assert "learners" in c["PAMAuthenticator"]["allowed_groups"]
    assert not c.get("Authenticator", {}).get("allow_all")
    assert c["JupyterHub"]["bind_url"].startswith("http://127.0.0.1:")
    assert "--allow-root" not in c["Spawner"]["args"]
    [role] = c["JupyterHub"]["load_roles"]
    assert role["services"] == ["prespawn"] and role["scopes"] == ["admin:users", "servers"]


def test_a_learners_server_brings_the_chapters_that_are_missing_and_touches_no_work(tmp_path):
    import serve

    (tmp_path / "learnkit").mkdir()
    work = tmp_path / "learnkit" / "04_gradient_descent.ipynb"
    work.write_text("a learner's work")
    serve.bring_chapters(tmp_path / "learnkit")
    assert work.read_text() == "a learner's work"
    chapters = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert chapters <= {path.name for path in work.parent.iterdir()}


TAKES_MUCH = """
import serve
serve.limit_memory(300_000_000)
try:
    bytearray(400_000_000)
except MemoryError:
    print("refused")
"""


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS keeps no such limit")
def test_a_cell_that_wants_more_memory_than_there_is_for_one_learner_is_refused():
    command = [sys.executable, "-c", TAKES_MUCH]
    result = subprocess.run(command, cwd=WORKSHOP, capture_output=True, text=True, timeout=60)
    assert result.stdout == "refused\n", result.stderr


# ------------------------------------------------------------------------------- before class


class StandIn(BaseHTTPRequestHandler):
    """A hub's interface: each server needs two looks until it is up, that of "mallory" breaks."""

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        users, path = self.server.users, self.path.partition("?")[0].split("/")[3:]
        if self.headers["Authorization"] != "token right":
            return self.say(403, {"message": "Missing or invalid credentials."})
        if path == ["users"]:
            return self.say(200, [{"name": name} for name in users])
        name = path[1]
        if self.command == "POST" and path[2:] == ["server"]:
            self.server.started.append(name)
            users[name] = 0 if name != "mallory" else None
            return self.say(202)
        if self.command == "POST":
            users[name] = None
        if name not in users:
            return self.say(404, {"message": "No such user"})
        if users[name] is not None:
            users[name] += 1
        there = users[name] is not None
        self.say(200, {"servers": {"": {"ready": users[name] > 2}} if there else {}})

    def say(self, code, body=None):
        self.send_response(code)
        self.end_headers()
        if body is not None:
            self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def hub(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    server.users, server.started = {}, []
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    monkeypatch.setenv("LEARNKIT_HUB_TOKEN", "right")
    monkeypatch.setattr(prespawn, "LOOK_AGAIN", 0.01)
    yield server
    server.shutdown()
    server.server_close()


def test_before_class_everybodys_server_is_started_once_and_waited_for(hub, tmp_path, capsys):
    (tmp_path / "names.txt").write_text("ada\ngrace\nada\n")
    hub.users["grace"] = 9  # up already
    assert prespawn.main([hub.address, str(tmp_path / "names.txt")]) == 0
    assert hub.started == ["ada"] and hub.users["ada"] > 2
    assert capsys.readouterr().out.endswith("2 of 2 servers are up\n")


def test_without_names_it_is_all_the_hub_knows(hub):
    hub.users.update(ada=None, alan=None)
    assert prespawn.main([hub.address]) == 0
    assert sorted(hub.started) == ["ada", "alan"]


def test_a_server_that_does_not_come_is_named_and_the_others_do(hub, tmp_path, capsys):
    (tmp_path / "names.txt").write_text("mallory\nada\n")
    assert prespawn.main([hub.address, str(tmp_path / "names.txt")]) == 1
    said = capsys.readouterr()
    assert "1 of 2 servers are up" in said.out and "mallory: the server ended" in said.err


def test_what_is_not_up_in_time_is_named_and_left(hub, tmp_path, capsys):
    (tmp_path / "names.txt").write_text("ada")
    assert prespawn.main([hub.address, str(tmp_path / "names.txt"), "--within", "0"]) == 1
    assert "ada: not up in the time there was" in capsys.readouterr().err


def test_a_wrong_token_and_an_absent_hub_are_told_in_one_sentence(hub, monkeypatch, capsys):
    monkeypatch.setenv("LEARNKIT_HUB_TOKEN", "wrong")
    assert prespawn.main([hub.address]) == 1 and prespawn.main(["http://127.0.0.1:9"]) == 1
    wrong, absent = capsys.readouterr().err.splitlines()
    assert "Missing or invalid credentials" in wrong and "refused" in absent


# ---------------------------------------------------------------------- a cluster, and the link


def merged(base, over):
    """Return a chart's values as Helm merges them: key by key, a list or number in one piece."""
    both = {
        key: merged(base[key], value)
        for key, value in over.items()
        if isinstance(value, dict) and isinstance(base.get(key), dict)
    }
    return {**base, **over, **both}


def test_the_values_for_a_cluster_fit_the_charts_schema():
    folder = os.environ.get("LEARNKIT_Z2JH_SCHEMA")
    if not folder:
        pytest.skip("LEARNKIT_Z2JH_SCHEMA names no folder with the schema of Zero to JupyterHub")
    from jsonschema import Draft7Validator

    schema, defaults = (
        yaml.safe_load(Path(folder, f"z2jh-{name}.yaml").read_text(encoding="utf-8"))
        for name in ("values.schema", "chart-defaults")
    )
    faults = Draft7Validator(schema).iter_errors(merged(defaults, VALUES))
    assert [f"{list(fault.path)}: {fault.message}" for fault in faults] == []


def test_a_cluster_lets_in_whom_a_teacher_knows_and_only_over_https():
    config = VALUES["hub"]["config"]
    assert config["JupyterHub"]["authenticator_class"] == "native"
    assert config["NativeAuthenticator"]["open_signup"] is False
    assert VALUES["proxy"]["https"]["enabled"] is True
    assert VALUES["singleuser"]["extraEnv"]["OPENBLAS_NUM_THREADS"] == "1"


def test_the_link_opens_chapter_0_of_the_repository_whatever_it_is_called(capsys):
    asked = ["https://hub.example.org/", "https://github.com/you/copy.git", "--branch", "may"]
    assert link.main(asked) == 0
    assert capsys.readouterr().out == (
        "https://hub.example.org/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fyou"
        "%2Fcopy.git&branch=may&urlpath=lab%2Ftree%2Fcopy%2Fnotebooks%2F00_start_here.ipynb\n"
    )
    assert (ROOT / link.FIRST).is_file()


def test_without_a_repository_the_link_says_where_to_name_one(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(link, "PROJECT", tmp_path / "pyproject.toml")
    link.PROJECT.write_text('[tool.learnkit]\nrepository = ""\n')
    with pytest.raises(SystemExit):
        link.main(["https://hub.example.org"])
    assert "names no repository" in capsys.readouterr().err
    link.PROJECT.write_text('[tool.learnkit]\nrepository = "https://a.org/x"\nbranch = "b"\n')
    assert link.main(["https://hub.example.org"]) == 0
    assert "repo=https%3A%2F%2Fa.org%2Fx&branch=b" in capsys.readouterr().out


# --------------------------------------------------------------------------------- the load test


@needs_hub
def test_the_table_of_classes_keeps_one_row_for_each_number_of_learners(tmp_path):
    import load

    one, two = load.Learner("", "a", 0), load.Learner("", "b", 0, lost="the kernel died")
    one.spawned, one.first, one.done, one.cells = 2.0, 3.0, 9.0, [0.1, 0.3]
    row = load.row([one, two], "04", 176e6, 1.25)
    assert row == (
        "| 2 | 04 | 1 | 2.0 s | 2.0 s | 3.0 s | 3.0 s | 9.0 s | 9.0 s | 0.2 s | 0.3 s | 176 MB "
        "| 1.2 |"
    )
    file = tmp_path / "results.md"
    file.write_text(
        f"before\n{load.BEGIN}\n{load.HEAD}\n| 40 | old |\n| 2 | old |\n{load.END}\nafter\n"
    )
    load.write(row, file)
    table = f"{load.HEAD}\n{row}\n| 40 | old |"
    assert file.read_text() == f"before\n{load.BEGIN}\n{table}\n{load.END}\nafter\n"


@needs_hub
@pytest.mark.parametrize("asked", [["0"], ["500"], ["3", "--hub", "https://hub.example.org"]])
def test_no_hub_but_one_of_this_machine_is_tried_by_no_more_than_200(asked, capsys):
    import load

    with pytest.raises(SystemExit):
        load.read(asked)
    assert "127.0.0.1" in capsys.readouterr().err or "--hub" not in asked


def class_of(count, *options, **pipes):
    command = [sys.executable, WORKSHOP / "load.py", str(count), "--chapter", "00", *options]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, **pipes)


def left_running(folder):
    import psutil

    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("TMPDIR") == str(folder):
                found.append(process.cmdline())
        except psutil.Error:
            continue
    return found


@needs_hub
@needs_proxy
@pytest.mark.slow
def test_three_learners_sign_in_at_once_and_run_a_chapter_in_lab(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    held = class_of(3, "--within", "5")
    said, _ = held.communicate(timeout=420)
    assert held.returncode == 0 and "| 3 | 00 | 0 |" in said, said
    assert not left_running(tmp_path) and not list(tmp_path.glob("learnkit-load-*"))


@needs_hub
@needs_proxy
@pytest.mark.slow
def test_ctrl_c_stops_all_that_a_class_in_lab_has_started(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    held = class_of(2, "--within", "5", stderr=subprocess.PIPE)
    held.stdout.readline()  # the hub is up
    time.sleep(2)  # servers are on their way
    held.send_signal(signal.SIGINT)
    _, said = held.communicate(timeout=200)
    assert held.returncode == 130 and said == "Stopped, with all that was started.\n"
    assert not left_running(tmp_path) and not list(tmp_path.glob("learnkit-load-*"))
