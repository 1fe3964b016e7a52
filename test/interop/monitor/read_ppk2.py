"""Reads a PPK2 with the public package ppk2_api, as its own example does, and writes down what it read and what it made of it.

Arguments: the port, a folder for raw.bin and samples.json, seconds.
"""

import json
import sys
import time

from ppk2_api.ppk2_api import PPK2_API


def drain():
    """Reads what still comes: until then a full terminal may hold back what was written."""
    quiet = time.monotonic() + 0.5
    while time.monotonic() < quiet:
        if ppk2.get_data() != b"":
            quiet = time.monotonic() + 0.5
        time.sleep(0.005)


port, folder, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
ppk2 = PPK2_API(port, timeout=1, write_timeout=1)
understood = ppk2.get_modifiers()
ppk2.set_source_voltage(3000)
ppk2.use_source_meter()
ppk2.toggle_DUT_power("ON")
time.sleep(0.1)
ppk2.start_measuring()
raw = b""
microamperes = []
levels = []
end = time.monotonic() + seconds
while time.monotonic() < end:
    data = ppk2.get_data()
    if data != b"":
        raw += data
        samples, digital = ppk2.get_samples(data)
        microamperes += samples
        levels += digital
    time.sleep(0.01)
ppk2.stop_measuring()
drain()
ppk2.toggle_DUT_power("OFF")
drain()
with open(folder + "/raw.bin", "wb") as file:
    file.write(raw)
with open(folder + "/samples.json", "w", encoding="utf-8") as file:
    json.dump({"understood": understood, "modifiers": ppk2.modifiers, "microamperes": microamperes, "levels": levels}, file)
