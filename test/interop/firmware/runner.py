#!/usr/bin/env python3
"""A runner in the manner of the published one: opens a serial device, throws away what is pending, sends a command, reads lines
until m-ready. Standard library only, so it needs no packages; the device is a terminal, as pyserial would see it.

usage: runner.py DEVICE INPUT...    each INPUT is a file; prints one JSON object
"""
import json
import os
import select
import sys
import termios
import time
import tty

LINE_TIMEOUT_S = 60.0
CHUNK = 31


class Device:
    def __init__(self, path):
        deadline = time.monotonic() + 30
        while not os.path.exists(path):
            if time.monotonic() > deadline:
                raise SystemExit(f"{path} did not appear")
            time.sleep(0.02)
        self.fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.fd)
        termios.tcflush(self.fd, termios.TCIFLUSH)
        self.pending = b""

    def line(self):
        while b"\n" not in self.pending:
            ready, _, _ = select.select([self.fd], [], [], LINE_TIMEOUT_S)
            if not ready:
                raise SystemExit(f"no line; pending {self.pending!r}")
            chunk = os.read(self.fd, 4096)
            if not chunk:
                raise SystemExit("the device is gone")
            self.pending += chunk
        line, _, self.pending = self.pending.partition(b"\n")
        return line.replace(b"\r", b"").replace(b"\0", b"").decode("ascii", "replace")

    def answer(self):
        lines = []
        while True:
            line = self.line()
            if line.endswith("m-ready"):
                return lines
            lines.append(line)

    def command(self, text):
        os.write(self.fd, f"{text}%".encode("ascii"))
        return self.answer()

    def handshake(self):
        # The boot block was thrown away, or still comes: then its m-ready is not the answer to `name`.
        lines = self.command("name")
        if "m-init-done" in lines:
            lines = self.answer()
        # A board that is just starting loses what comes before its UART is on; what is left of the command is unknown to it.
        if not any(line.startswith("m-name-dut-") for line in lines):
            lines = self.command("name")
        return lines


def main():
    device = Device(sys.argv[1])
    name = device.handshake()
    profile = device.command("profile")
    results = []
    stamps = []
    for path in sys.argv[2:]:
        with open(path, "rb") as file:
            payload = file.read()
        if device.command(f"db load {len(payload)}") != [f"m-[Expecting {len(payload)} bytes]"]:
            raise SystemExit("db load")
        for at in range(0, len(payload), CHUNK):
            lines = device.command("db " + payload[at : at + CHUNK].hex())
        if lines != ["m-load-done"]:
            raise SystemExit(f"not loaded: {lines}")
        lines = device.command("infer 1 0")
        stamps.append([int(line[9:]) for line in lines if line.startswith("m-lap-us-")])
        values = next(line for line in lines if line.startswith("m-results-["))[11:-1]
        results.append([float(value) for value in values.split(",")])
    print(json.dumps({"name": name, "profile": profile, "results": results, "stamps": stamps}))


main()
