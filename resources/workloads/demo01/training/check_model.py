"""Reads the converted file and refuses anything a small int8 runtime would not take."""

from tensorflow.lite.python import schema_py_generated as schema

EXPECTED_OPERATORS = (
    ["CONV_2D"] + ["DEPTHWISE_CONV_2D", "CONV_2D"] * 4
    + ["AVERAGE_POOL_2D", "RESHAPE", "FULLY_CONNECTED", "SOFTMAX"]
)
OPERATOR_NAMES = {v: k for k, v in vars(schema.BuiltinOperator).items() if isinstance(v, int)}


def require(condition: bool, message: str) -> None:
    if not condition:
        raise SystemExit(f"model.tflite: {message}")


def check_model(flat: bytes) -> dict:
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(flat, 0))
    require(model.version == 3 and len(model.subgraphs) == 1, "not one subgraph of schema 3")
    graph = model.subgraphs[0]
    tensors = graph.tensors

    def constant(index: int) -> bool:
        return model.buffers[tensors[index].buffer].data is not None

    names = []
    for op in graph.operators:
        code = model.operatorCodes[op.opcodeIndex]
        name = OPERATOR_NAMES[max(code.builtinCode, code.deprecatedBuiltinCode)]
        names.append(name)
        output = tensors[op.outputs[0]]
        require(output.type == schema.TensorType.INT8, f"{name}: output is not int8")
        require(len(output.quantization.scale) == 1, f"{name}: output has more than one scale")
        require(output.shape[0] == 1, f"{name}: batch is not one")
        if name == "RESHAPE":
            require(len(op.inputs) == 2 and constant(op.inputs[1]), "RESHAPE: the shape is no constant")
        if name in ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"):
            weights, bias = tensors[op.inputs[1]], tensors[op.inputs[2]]
            require(constant(op.inputs[1]) and weights.type == schema.TensorType.INT8, f"{name}: weights")
            require(constant(op.inputs[2]) and bias.type == schema.TensorType.INT32, f"{name}: bias")
            scales = 1 if name == "FULLY_CONNECTED" else output.shape[3]
            require(len(weights.quantization.scale) == scales, f"{name}: {len(weights.quantization.scale)} scales")
            require(not any(weights.quantization.zeroPoint), f"{name}: weight zero point")
    require(names == EXPECTED_OPERATORS, f"operators {names}")

    source, result = tensors[graph.inputs[0]], tensors[graph.outputs[0]]
    require(list(source.shape) == [1, 49, 10, 1] and list(result.shape) == [1, 12], "input or output shape")
    require(source.type == result.type == schema.TensorType.INT8, "input or output is not int8")
    require(result.quantization.scale[0] == 1 / 256 and result.quantization.zeroPoint[0] == -128, "softmax scale")
    return {
        "operators": len(names),
        "inputScale": float(source.quantization.scale[0]),
        "inputZeroPoint": int(source.quantization.zeroPoint[0]),
    }
