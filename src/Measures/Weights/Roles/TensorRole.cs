namespace Concord.Measures.Weights.Roles;

/// <summary>What a tensor does in its network, as far as its name or shape tells.</summary>
public enum TensorRole
{
    /// <summary>Unknown, or of no use here.</summary>
    Other,

    /// <summary>The table of input tokens.</summary>
    Embedding,

    /// <summary>The table of output tokens.</summary>
    Unembedding,

    /// <summary>The gain of the norm before the output table.</summary>
    FinalGain,

    /// <summary>The gain of the norm before a feed-forward layer.</summary>
    FeedForwardGain,

    /// <summary>The gate of a gated feed-forward layer.</summary>
    Gate,

    /// <summary>What a feed-forward layer reads.</summary>
    Up,

    /// <summary>Gate and up in one tensor, the gate first.</summary>
    GateUp,

    /// <summary>What a feed-forward layer writes.</summary>
    Down,
}
