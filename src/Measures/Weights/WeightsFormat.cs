namespace Concord.Measures.Weights;

/// <summary>The format of a file of weights.</summary>
public enum WeightsFormat
{
    /// <summary>safetensors.</summary>
    Safetensors,

    /// <summary>GGUF, version 2 or 3.</summary>
    Gguf,

    /// <summary>ONNX.</summary>
    Onnx,

    /// <summary>PyTorch's archive.</summary>
    PyTorch,

    /// <summary>PyTorch before its archive.</summary>
    LegacyPyTorch,

    /// <summary>GGML before GGUF.</summary>
    LegacyGgml,
}
