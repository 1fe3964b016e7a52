"""Adds noise, shifts and gain to the dry clips and turns every second into 49 frames of 10 MFCC."""

import argparse
from pathlib import Path

import numpy as np

import voices
from synthesise import CLIP_SAMPLES, SAMPLE_RATE_HZ, SEED, SPLIT_SEED

WINDOW_SAMPLES = 480  # 30 ms
STRIDE_SAMPLES = 320  # 20 ms
FRAMES = 1 + (CLIP_SAMPLES - WINDOW_SAMPLES) // STRIDE_SAMPLES  # 49
FFT_LENGTH = 512
MEL_BANDS = 40
MEL_LOW_HZ, MEL_HIGH_HZ = 20.0, 4000.0
COEFFICIENTS = 10
LOG_FLOOR = 1e-6
# Signal-to-noise ratio over the spoken part, drawn evenly between these.
SNR_LOW_DB, SNR_HIGH_DB = 5.0, 30.0
# Every training clip is mixed this often with other noise, shift and gain.
MIXES = {"train": 3, "validation": 1, "test": 1}
# Training clips alone are also stretched by up to this factor either way: other vocal tract lengths, tempi, pitches.
WARP = 1.15
NOISE_COLOURS = {"white": 0.0, "pink": -0.5, "brown": -1.0, "blue": 0.5}


def hz_to_mel(hz):
    return 1127.0 * np.log1p(np.asarray(hz) / 700.0)


def mel_matrix() -> np.ndarray:
    """Triangles that are straight lines on the mel scale, as in the reference benchmark; the DC bin takes no part."""
    edges = np.linspace(hz_to_mel(MEL_LOW_HZ), hz_to_mel(MEL_HIGH_HZ), MEL_BANDS + 2)
    bins = hz_to_mel(np.linspace(0.0, SAMPLE_RATE_HZ / 2, FFT_LENGTH // 2 + 1))[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    matrix = np.maximum(0.0, np.minimum(rising, falling))
    matrix[0] = 0.0
    return matrix


def dct_matrix() -> np.ndarray:
    """DCT-II scaled by 1/sqrt(2 bands), first coefficients only."""
    band = np.arange(MEL_BANDS)[:, None]
    order = np.arange(COEFFICIENTS)[None, :]
    return 2.0 * np.cos(np.pi * order * (2 * band + 1) / (2 * MEL_BANDS)) / np.sqrt(2.0 * MEL_BANDS)


# Periodic Hann window.
WINDOW = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(WINDOW_SAMPLES) / WINDOW_SAMPLES)
MEL = mel_matrix()
DCT = dct_matrix()


def mfcc(audio: np.ndarray) -> np.ndarray:
    """One second at full scale 1.0 -> (49, 10)."""
    starts = STRIDE_SAMPLES * np.arange(FRAMES)[:, None]
    frames = audio[starts + np.arange(WINDOW_SAMPLES)] * WINDOW
    magnitude = np.abs(np.fft.rfft(frames, FFT_LENGTH))
    return np.log(magnitude @ MEL + LOG_FLOOR) @ DCT


def noise(rng: np.random.Generator) -> np.ndarray:
    """One second of noise with RMS 1: a colour, in one of four cases beating slowly, in one of four with mains hum."""
    exponent = NOISE_COLOURS[str(rng.choice(list(NOISE_COLOURS)))]
    spectrum = np.fft.rfft(rng.standard_normal(CLIP_SAMPLES))
    hz = np.maximum(np.fft.rfftfreq(CLIP_SAMPLES, 1.0 / SAMPLE_RATE_HZ), 20.0)
    audio = np.fft.irfft(spectrum * (hz / 1000.0) ** exponent, CLIP_SAMPLES)
    audio /= np.sqrt(np.mean(audio**2))
    time_s = np.arange(CLIP_SAMPLES) / SAMPLE_RATE_HZ
    if rng.random() < 0.25:
        audio = audio * (1.0 + 0.8 * np.sin(2 * np.pi * (rng.uniform(1, 6) * time_s + rng.random())))
    if rng.random() < 0.25:
        hum_hz = rng.choice([50.0, 60.0])
        for harmonic in (1, 2, 3, 5):
            audio = audio + rng.uniform(0, 0.6) * np.sin(2 * np.pi * (hum_hz * harmonic * time_s + rng.random()))
    return audio / np.sqrt(np.mean(audio**2))


def mix(speech: np.ndarray | None, rng: np.random.Generator) -> np.ndarray:
    """A spoken word somewhere in a second of noise, or (without speech) the noise alone."""
    if speech is None:
        # From near the floor of a quiet room up to loud; evenly in decibels.
        return np.clip(noise(rng) * 10 ** (rng.uniform(-70, -14) / 20), -1.0, 1.0)
    level_db = rng.uniform(-34, -14)
    snr_db = rng.uniform(SNR_LOW_DB, SNR_HIGH_DB)
    speech = speech * (10 ** (level_db / 20) / np.sqrt(np.mean(speech**2)))
    audio = noise(rng) * 10 ** ((level_db - snr_db) / 20)
    # The word stays inside the second where it fits, and is cut by at most 50 ms at one end.
    free = CLIP_SAMPLES - len(speech)
    margin = SAMPLE_RATE_HZ // 20
    start = int(rng.integers(-margin, max(free + margin, 0) + 1))
    first, last = max(start, 0), min(start + len(speech), CLIP_SAMPLES)
    audio[first:last] += speech[first - start : last - start]
    return np.clip(audio, -1.0, 1.0)


def warp(speech: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Plays the clip faster or slower, by reading it at other points in time."""
    factor = WARP ** rng.uniform(-1, 1)
    length = min(int(len(speech) / factor), CLIP_SAMPLES)
    return np.interp(np.arange(length) * factor, np.arange(len(speech)), speech)


def features_of(split: str, cache: Path) -> tuple[np.ndarray, np.ndarray]:
    data = np.load(cache / f"clips-{split}.npz")
    clips, lengths, labels = data["clips"], data["lengths"], data["labels"]
    silences = voices.CLIPS_PER_CLASS[split]
    out, out_labels = [], []
    for repeat in range(MIXES[split]):
        for i in range(len(clips) + silences):
            rng = np.random.default_rng([SEED, SPLIT_SEED[split], 1000 + repeat, i])
            spoken = i < len(clips)
            speech = clips[i, : lengths[i]].astype(np.float64) / 32768.0 if spoken else None
            if spoken and split == "train":
                speech = warp(speech, rng)
            out.append(mfcc(mix(speech, rng)).astype(np.float32))
            out_labels.append(labels[i] if spoken else voices.SILENCE)
    return np.stack(out), np.array(out_labels, dtype=np.int32)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    cache = parser.parse_args().cache
    for split in voices.VOICES:
        features, labels = features_of(split, cache)
        np.savez(cache / f"features-{split}.npz", features=features, labels=labels)
        print(f"{split}: {features.shape}, from {features.min():.1f} to {features.max():.1f}", flush=True)


if __name__ == "__main__":
    main()
