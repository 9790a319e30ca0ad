namespace Concord.Measures.Weights;

/// <summary>In which order the four gates of an LSTM lie in its rows.</summary>
public enum GateOrder
{
    /// <summary>Input, forget, candidate, output: PyTorch.</summary>
    Torch,

    /// <summary>Input, output, forget, candidate: the operator LSTM of ONNX.</summary>
    Onnx,

    /// <summary>
    /// Input, forget, candidate, output, side by side in a row for each of what is read: Keras.
    /// </summary>
    Keras,
}
