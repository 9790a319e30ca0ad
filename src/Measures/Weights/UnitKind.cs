namespace Concord.Measures.Weights;

/// <summary>What kind of hidden unit is sketched, and so which views of it there are.</summary>
public enum UnitKind
{
    /// <summary>A unit of a gated feed-forward layer (SwiGLU): gate, up, down.</summary>
    Gated = 0,

    /// <summary>A unit of a feed-forward layer without a gate: up, down.</summary>
    Plain = 1,

    /// <summary>A unit of an LSTM: its four gates' rows over the layer's input.</summary>
    Recurrent = 2,

    /// <summary>
    /// A channel of a convolution or a unit of a plain chain: what it reads, what reads it.
    /// </summary>
    Channel = 3,
}
