"""A PostgreSQL of a test's own, from Debian's package: made in a folder, reached over
loopback, gone when the test is done."""
import glob
import os
import shutil
import socket
import subprocess
import tempfile


def binaries():
    """The folder of initdb and pg_ctl of the newest version, or None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4]))
    return os.path.dirname(found[-1]) if found else None


def available():
    return binaries() is not None and (os.getuid() != 0 or shutil.which("setpriv") is not None)


class Server:
    """with Server() as address: ... "postgres://..." of an empty database."""

    def run(self, program, *args):
        # the server refuses to be root's
        user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.getuid() == 0 else []
        subprocess.run([*user, os.path.join(binaries(), program), *args], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="chancery-postgresql-")
        data = os.path.join(self.folder, "data")
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        self.run("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", "desk", "--no-sync")
        self.run("pg_ctl", "-D", data, "-w", "-l", os.path.join(self.folder, "log"), "-o",
                 f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off", "start")
        return f"postgres://desk@127.0.0.1:{port}/postgres"

    def __exit__(self, *_):
        self.run("pg_ctl", "-D", os.path.join(self.folder, "data"), "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
