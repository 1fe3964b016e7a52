"""Speaks the words with espeak-ng and keeps the dry clips (16 kHz, int16, at most one second) in the cache folder."""

import argparse
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

import voices

SAMPLE_RATE_HZ = 16000
CLIP_SAMPLES = SAMPLE_RATE_HZ
ESPEAK_RATE_HZ = 22050
WAV_HEADER_BYTES = 44
SEED = 20260101
SPLIT_SEED = {"train": 1, "validation": 2, "test": 3}


def resample_to_16k(audio: np.ndarray) -> np.ndarray:
    """22,050 to 16,000 Hz by cutting the spectrum; blocks of 20 ms (441 samples in, 320 out) keep the ratio exact."""
    padded_length = -(-len(audio) // 441) * 441
    spectrum = np.fft.rfft(audio, padded_length)
    out_length = padded_length // 441 * 320
    return np.fft.irfft(spectrum[: out_length // 2 + 1], out_length) * (out_length / padded_length)


def trim(audio: np.ndarray) -> np.ndarray:
    """Drops what is quieter than 1 % of the peak at both ends, then keeps at most one second around the middle."""
    loud = np.nonzero(np.abs(audio) > 0.01 * np.abs(audio).max())[0]
    audio = audio[loud[0] : loud[-1] + 1]
    surplus = len(audio) - CLIP_SAMPLES
    return audio[surplus // 2 : surplus // 2 + CLIP_SAMPLES] if surplus > 0 else audio


def speak(job: dict) -> np.ndarray:
    command = [
        "espeak-ng", "-z", "-v", f"{job['accent']}+{job['voice']}", "-s", str(job["speed_wpm"]),
        "-p", str(job["pitch"]), "-a", "100", "--stdout", job["word"],
    ]
    wav = subprocess.run(command, check=True, capture_output=True).stdout
    # The length fields of a piped WAV are placeholders, so only the rate is read from the header.
    if int.from_bytes(wav[24:28], "little") != ESPEAK_RATE_HZ:
        raise SystemExit(f"unexpected sample rate from {' '.join(command)}")
    samples = np.frombuffer(wav[WAV_HEADER_BYTES : len(wav) // 2 * 2], dtype="<i2").astype(np.float64)
    if len(samples) == 0 or not samples.any():
        raise SystemExit(f"no sound from {' '.join(command)}")
    return trim(resample_to_16k(samples))


def plan(split: str) -> list[dict]:
    """One job per spoken clip. Each draws from a generator of its own, so the order of the work does not matter."""
    jobs = []
    for label, name in enumerate(voices.CLASSES):
        if label == voices.SILENCE:
            continue
        for number in range(voices.CLIPS_PER_CLASS[split]):
            rng = np.random.default_rng([SEED, SPLIT_SEED[split], label, number])
            word = rng.choice(voices.UNKNOWN_WORDS[split]) if label == voices.UNKNOWN else name.lower()
            jobs.append({
                "label": label,
                "word": str(word),
                "accent": str(rng.choice(voices.ACCENTS[split])),
                "voice": str(rng.choice(voices.VOICES[split])),
                "speed_wpm": int(rng.integers(110, 211)),
                "pitch": int(rng.integers(10, 91)),
            })
    return jobs


def variant_folder() -> Path:
    version = subprocess.run(["espeak-ng", "--version"], check=True, capture_output=True, text=True).stdout
    return Path(version.split("Data at:")[1].strip()) / "voices" / "!v"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    voices.check()
    folder = variant_folder()
    # espeak-ng falls back to its default voice without a word when a variant is missing.
    for name in [name for split in voices.VOICES.values() for name in split]:
        if not (folder / name).is_file():
            raise SystemExit(f"espeak-ng has no variant {name}")
    args.cache.mkdir(parents=True, exist_ok=True)
    for split in voices.VOICES:
        jobs = plan(split)
        clips = np.zeros((len(jobs), CLIP_SAMPLES), dtype=np.int16)
        lengths = np.zeros(len(jobs), dtype=np.int32)
        with ThreadPoolExecutor(args.workers) as pool:
            for i, audio in enumerate(pool.map(speak, jobs)):
                lengths[i] = len(audio)
                clips[i, : len(audio)] = np.clip(np.rint(audio / np.abs(audio).max() * 32000), -32768, 32767)
        labels = np.array([job["label"] for job in jobs], dtype=np.int32)
        np.savez(args.cache / f"clips-{split}.npz", clips=clips, lengths=lengths, labels=labels)
        print(f"{split}: {len(jobs)} clips, mean length {lengths.mean() / SAMPLE_RATE_HZ:.2f} s", flush=True)


if __name__ == "__main__":
    main()
