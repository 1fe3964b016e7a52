"""Trains the DS-CNN, converts it to int8 and writes model, test inputs and list into the output folder."""

import argparse
import hashlib
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf

import voices
from check_model import check_model
from synthesise import SEED

BATCH = 100
EPOCHS = 20
PEAK_RATE = 2e-3
FILTERS = 64
INPUTS_PER_CLASS = 20
CALIBRATION_INPUTS = 400


class Flatten(tf.keras.layers.Layer):
    """Flattens with a constant target shape, so a RESHAPE without shape arithmetic comes out.

    The stock layer computes its target from the batch (SHAPE, STRIDED_SLICE, PACK), or, with a fixed batch,
    is merged into the fully connected layer; the reference model has a plain RESHAPE there.
    """

    def call(self, x):
        return tf.reshape(x, [-1, FILTERS])


def build_model() -> tf.keras.Model:
    """The reference keyword-spotting architecture: one full convolution, four depthwise-separable blocks."""
    layers = tf.keras.layers
    decay = tf.keras.regularizers.l2(1e-4)
    inputs = layers.Input(shape=(49, 10, 1))

    def normalise(x):
        return layers.ReLU()(layers.BatchNormalization()(x))

    x = layers.Conv2D(FILTERS, (10, 4), strides=(2, 2), padding="same", kernel_regularizer=decay)(inputs)
    x = layers.Dropout(0.2)(normalise(x))
    for _ in range(4):
        x = layers.DepthwiseConv2D((3, 3), padding="same", depthwise_regularizer=decay)(x)
        x = normalise(x)
        x = layers.Conv2D(FILTERS, (1, 1), padding="same", kernel_regularizer=decay)(x)
        x = normalise(x)
    x = layers.Dropout(0.4)(x)
    # The full window makes an AVERAGE_POOL_2D; a global pooling layer would become a MEAN.
    x = layers.AveragePooling2D(pool_size=(25, 5))(x)
    x = Flatten()(x)
    outputs = layers.Dense(len(voices.CLASSES), activation="softmax")(x)
    return tf.keras.Model(inputs, outputs)


def load(cache: Path, split: str) -> tuple[np.ndarray, np.ndarray]:
    data = np.load(cache / f"features-{split}.npz")
    return data["features"][..., None], data["labels"]


def accuracy(model: tf.keras.Model, x: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(np.argmax(model.predict(x, batch_size=256, verbose=0), axis=1) == labels))


def convert(model: tf.keras.Model, calibration: np.ndarray) -> bytes:
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([x[None]] for x in calibration)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    # One scale for the whole fully connected layer, as in the reference model and its arithmetic.
    converter._experimental_disable_per_channel_quantization_for_dense_layers = True
    return converter.convert()


def quantise(x: np.ndarray, scale: float, zero_point: int) -> np.ndarray:
    return np.clip(np.rint(x / scale) + zero_point, -128, 127).astype(np.int8)


def choose_inputs(labels: np.ndarray) -> list[int]:
    """The same number of each class; every block of twelve lines holds each class once, in a drawn order."""
    rng = np.random.default_rng([SEED, 99])
    count = len(voices.CLASSES)
    picked = [rng.choice(np.nonzero(labels == c)[0], INPUTS_PER_CLASS, replace=False) for c in range(count)]
    return [int(picked[c][block]) for block in range(INPUTS_PER_CLASS) for c in rng.permutation(count)]


def write_dataset(folder: Path, x: np.ndarray, labels: np.ndarray, chosen: list[int], quantisation) -> dict:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.bin"):
        old.unlink()
    lines, content = [], hashlib.sha256()
    for i in chosen:
        label = int(labels[i])
        name = f"demo_{i:06d}_{voices.CLASSES[label]}_{label}.bin"
        data = quantise(x[i], *quantisation).tobytes()
        (folder / name).write_bytes(data)
        content.update(data)
        lines.append(f"{name},{len(voices.CLASSES)},{label}\n")
    text = "".join(lines).encode("ascii")
    (folder / "y_labels.csv").write_bytes(text)
    return {"listSha256": hashlib.sha256(text).hexdigest(), "contentSha256": content.hexdigest()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    args = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(args.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.keras.utils.set_random_seed(SEED % 2**31)
    tf.config.experimental.enable_op_determinism()

    train_x, train_y = load(args.cache, "train")
    validation = load(args.cache, "validation")
    test_x, test_y = load(args.cache, "test")

    model = build_model()
    steps = -(-len(train_x) // BATCH) * args.epochs
    schedule = tf.keras.optimizers.schedules.CosineDecay(
        1e-4, steps, warmup_target=PEAK_RATE, warmup_steps=steps // 20, alpha=0.01)
    model.compile(tf.keras.optimizers.Adam(schedule), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(train_x, train_y, batch_size=BATCH, epochs=args.epochs, validation_data=validation, verbose=2)

    rng = np.random.default_rng([SEED, 98])
    calibration = train_x[rng.choice(len(train_x), CALIBRATION_INPUTS, replace=False)]
    flat = convert(model, calibration)
    facts = check_model(flat)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "model.tflite").write_bytes(flat)

    chosen = choose_inputs(test_y)
    hashes = write_dataset(args.out / "dataset", test_x, test_y, chosen, (facts["inputScale"], facts["inputZeroPoint"]))
    workload = {
        "id": "demo01",
        "title": "Keyword demo",
        "modelFile": "model.tflite",
        "modelSha256": hashlib.sha256(flat).hexdigest(),
        "datasetFolder": "dataset",
        **hashes,
        "inputBytes": 490,
        "classes": voices.CLASSES,
        "inputs": len(chosen),
        "floatTop1": round(accuracy(model, test_x[chosen], test_y[chosen]), 4),
    }
    (args.out / "workload.json").write_text(json.dumps(workload, indent=2) + "\n")
    print(json.dumps({
        "modelBytes": len(flat),
        **facts,
        "floatValidation": accuracy(model, *validation),
        "floatTestAll": accuracy(model, test_x, test_y),
        "floatTestShipped": workload["floatTop1"],
    }, indent=2))


if __name__ == "__main__":
    main()
