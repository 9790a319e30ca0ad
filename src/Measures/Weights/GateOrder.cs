namespace Concord.Measures.Weights;

/// <summary>In which order the four gates of an LSTM lie in its rows.</summary>
public enum GateOrder
{
    /// <summary>Input, forget, candidate, output: PyTorch and Keras.</summary>
    Torch,

    /// <summary>Input, output, forget, candidate: the operator LSTM of ONNX.</summary>
    Onnx,
}
