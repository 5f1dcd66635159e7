"""A real Neo4j Community for the tests, as a child process on loopback.

`python -m tests.neo4j.server [PORT]` runs one in the foreground until Ctrl-C and prints what to copy.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.neo4j.provision import NotProvisioned, jars, program

__all__ = ["NotProvisioned", "RunningNeo4j", "start"]

HOST = "127.0.0.1"
_PATIENCE = 180.0
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_CONF = """\
server.default_listen_address={host}
server.bolt.listen_address={host}:{port}
server.bolt.advertised_address={host}:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
dbms.usage_report.enabled=false
dbms.security.auth_minimum_password_length=8
dbms.cypher.min_replan_interval=1h
"""


@dataclass(frozen=True, slots=True)
class RunningNeo4j:
    """A server that answers; the four words are those of NEO4J_URI, _USERNAME, _PASSWORD and _DATABASE."""

    uri: str
    username: str
    password: str
    database: str
    process: subprocess.Popen[bytes]

    def abandon(self) -> None:
        """End the server at once, for data that nobody wants again: its own end in good order takes ten seconds."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End the server and wait for its end; at most a minute."""
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(home: Path, port: int | None = None) -> RunningNeo4j:
    """Provision and start a server whose data lives in `home` (new or of an earlier run), and wait until it answers.

    Raises NotProvisioned where Maven, Java or the artifacts are missing. In CI that is a failure for the caller.
    """
    folder, java = jars(), program("java")
    port = port or _free_port()
    conf = home / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    (conf / "neo4j.conf").write_text(_CONF.format(host=HOST, port=port), "utf-8")
    (conf / "neo4j.conf").chmod(0o600)
    password = _password(home, java, folder)
    log = home / "console.log"
    running = RunningNeo4j(f"bolt://{HOST}:{port}", "neo4j", password, "neo4j", _spawn(home, java, folder, log))
    try:
        _wait(running, log)
    except (RuntimeError, KeyboardInterrupt):
        running.stop()
        raise
    return running


def _password(home: Path, java: str, folder: Path) -> str:
    """The password of this home, set before the first start."""
    file = home / "password"
    if not file.exists():
        password = secrets.token_hex(18)  # one that began with a dash would be an option to neo4j-admin
        command = [*_java(java, folder), "org.neo4j.cli.AdminTool"]
        command += ["dbms", "set-initial-password", password]
        places = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
        done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NotProvisioned(f"Neo4j refused its first password: {(done.stderr or done.stdout).strip()[-300:]}")
        file.touch(mode=0o600)
        file.write_text(password, "ascii")
    return file.read_text("ascii")


def _java(java: str, folder: Path) -> list[str]:
    opened = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED]
    # Plain compilation only: a server of a few minutes never earns back what the optimising compiler costs.
    return [java, "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *opened, "-cp", str(folder / "*")]


def _spawn(home: Path, java: str, folder: Path, log: Path) -> subprocess.Popen[bytes]:
    places = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    command = [*_java(java, folder), "org.neo4j.server.CommunityEntryPoint", *places, "--console-mode"]
    with log.open("wb") as output:
        # A session of its own: Ctrl-C reaches the starter alone, which then ends the server in good order.
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )


def _wait(running: RunningNeo4j, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while "Started." not in log.read_text("utf-8", errors="replace"):
        if running.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"Neo4j did not start: {log.read_text('utf-8', errors='replace').strip()[-500:]}")
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def main(port: int) -> None:
    """Run in the foreground until Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    running = start(Path(__file__).resolve().parents[2] / "build" / "neo4j" / "home", port)
    lines = {"URI": running.uri, "USERNAME": running.username, "PASSWORD": running.password}
    for name, value in {**lines, "DATABASE": running.database}.items():
        sys.stdout.write(f"export NEO4J_{name}={value}\n")
    sys.stdout.write("Neo4j Community runs; Ctrl-C ends it.\n")
    sys.stdout.flush()
    try:
        running.process.wait()
    except KeyboardInterrupt:
        running.stop()
        sys.stdout.write("\nNeo4j Community has ended.\n")


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 7687)
    except NotProvisioned as failure:
        sys.exit(f"Neo4j cannot be had here: {failure}.")
