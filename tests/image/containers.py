"""Containers of the image: with docker, or, where there is no daemon, the image's files with namespaces of their own.

Both run a command as the image says, on a read-only root, without capabilities and with no way to new ones, in the
machine's network, where Discord's names lead to the loopback.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

HOSTS = ("discord.com", "gateway.discord.gg")
USER = "10001"


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder or file of this machine, and where the container sees it."""

    here: Path
    inside: str
    writable: bool = False


class Running(Protocol):
    """A container that was started."""

    def signal(self, number: int) -> None:
        """Send a signal to its first process."""

    def wait(self, seconds: float) -> int:
        """Return its exit status. Raises TimeoutExpired."""

    def end(self) -> None:
        """End it, if it runs."""


class Engine(Protocol):
    """What starts containers of the image."""

    def start(self, command: Sequence[str], mounts: Sequence[Mount], environment: Mapping[str, str]) -> Running:
        """Start a container; an empty command is the image's own."""

    def close(self) -> None:
        """Leave nothing behind."""


@dataclass(frozen=True, slots=True)
class DockerContainer:
    """A container of docker's."""

    name: str
    process: subprocess.Popen[bytes]

    def signal(self, number: int) -> None:
        """Send a signal to the container's first process."""
        subprocess.run(["docker", "kill", "--signal", str(number), self.name], check=True, capture_output=True)

    def wait(self, seconds: float) -> int:
        """Return the exit status."""
        return self.process.wait(seconds)

    def end(self) -> None:
        """Kill the container, if it runs."""
        if self.process.poll() is None:
            subprocess.run(["docker", "kill", self.name], check=False, capture_output=True)
            self.process.wait()


@dataclass(frozen=True, slots=True)
class Docker:
    """The docker engine."""

    image: str

    def start(self, command: Sequence[str], mounts: Sequence[Mount], environment: Mapping[str, str]) -> Running:
        """Start a container."""
        name = f"ontherecord-{uuid.uuid4().hex[:8]}"
        options = ["--rm", "--name", name, "--network", "host", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL"]
        options += ["--security-opt", "no-new-privileges", "--memory", "2g", "--pids-limit", "256"]
        options += [f"--add-host={host}:127.0.0.1" for host in HOSTS]
        options += [f"--volume={m.here}:{m.inside}{'' if m.writable else ':ro'}" for m in mounts]
        options += [f"--env={key}={value}" for key, value in environment.items()]
        entry = ["--entrypoint", command[0]] if command and command[0] == "python" else []
        rest = command[1:] if entry else command
        return DockerContainer(name, subprocess.Popen(["docker", "run", *options, *entry, self.image, *rest]))

    def close(self) -> None:
        """Docker removes each container when it ends."""


@dataclass(frozen=True, slots=True)
class NamespaceContainer:
    """A process in namespaces of its own; `outer` is the one that made them."""

    outer: subprocess.Popen[bytes]

    def signal(self, number: int) -> None:
        """Send a signal to the process that is number 1 inside."""
        for child in Path(f"/proc/{self.outer.pid}/task/{self.outer.pid}/children").read_text().split():
            os.kill(int(child), number)

    def wait(self, seconds: float) -> int:
        """Return the exit status."""
        return self.outer.wait(seconds)

    def end(self) -> None:
        """Kill the process, and with it what it started, if it runs."""
        if self.outer.poll() is None:
            self.signal(signal.SIGKILL)
            self.outer.wait()


@dataclass(frozen=True, slots=True)
class Namespaces:
    """The image's files as `buildah mount` shows them, and what its configuration says."""

    name: str
    root: Path
    environment: Mapping[str, str]
    entry: Sequence[str]
    default: Sequence[str]

    def start(self, command: Sequence[str], mounts: Sequence[Mount], environment: Mapping[str, str]) -> Running:
        """Start a process on the image's files."""
        inside = [*command] if command and command[0] == "python" else [*self.entry, *(command or self.default)]
        hosts = Path(tempfile.mkdtemp()) / "hosts"
        hosts.write_text("".join(f"127.0.0.1 {host}\n" for host in ("localhost", *HOSTS)))
        lines = [f"mount --bind {self.root} {self.root}", f"mount -o remount,bind,ro {self.root}"]
        for mount in (*mounts, Mount(hosts, "/etc/hosts")):
            lines.append(f"mount --bind {mount.here} {self.root}{mount.inside}")
            if not mount.writable:
                lines.append(f"mount -o remount,bind,ro {self.root}{mount.inside}")
        lines += [f"mount -t tmpfs none {self.root}/tmp", f"mount -t proc proc {self.root}/proc"]
        lines += [f"mount --rbind /dev {self.root}/dev"]
        drop = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--bounding-set=-all"]
        drop += ["--inh-caps=-all", "--no-new-privs"]
        lines.append(f'exec chroot {self.root} {" ".join(drop)} "$@"')
        values = [f"{key}={value}" for key, value in {**self.environment, **environment}.items()]
        starting = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec", "\n".join(lines), "sh"]
        return NamespaceContainer(subprocess.Popen([*starting, "env", "-i", *values, *inside]))

    def close(self) -> None:
        """Remove the copy of the image's files."""
        _buildah("rm", self.name)


def engine_of(image: str) -> Engine | None:
    """Return what starts containers of an image here, None where nothing does."""
    if subprocess.run(["docker", "info"], check=False, capture_output=True).returncode == 0:
        return Docker(image)
    if shutil.which("buildah") is None or os.geteuid() != 0:
        return None
    made = _buildah("from", image)
    settings = json.loads(_buildah("inspect", made))["Docker"]["config"]
    pairs = dict(each.split("=", 1) for each in settings["Env"])
    return Namespaces(made, Path(_buildah("mount", made)), pairs, settings["Entrypoint"], settings["Cmd"])


def _buildah(*arguments: str) -> str:
    return subprocess.run(["buildah", *arguments], check=True, capture_output=True, text=True).stdout.strip()
