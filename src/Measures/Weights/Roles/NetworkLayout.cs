namespace Concord.Measures.Weights.Roles;

/// <summary>
/// What is known of a network from its tensors: its layers of units and its vocabulary.
/// </summary>
/// <param name="Layers">Layers of units around a stream, in the order of the network.</param>
/// <param name="Chain">The links of a chain, where there is no stream.</param>
/// <param name="Input">The table of input tokens.</param>
/// <param name="Output">The table of output tokens; of tied tables the same.</param>
/// <param name="OutputGain">The gain before the output table.</param>
public sealed record NetworkLayout(
    IReadOnlyList<UnitLayer> Layers,
    IReadOnlyList<ChainLink> Chain,
    WeightsTensor? Input,
    WeightsTensor? Output,
    WeightsTensor? OutputGain
);
