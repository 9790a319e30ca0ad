namespace Concord.Measures.Weights.Adapters;

/// <summary>A matrix that an adapter changes.</summary>
/// <param name="Tensor">The matrix.</param>
/// <param name="HasInputRows">Whether its rows are inputs.</param>
internal sealed record AdapterPlace(WeightsTensor Tensor, bool HasInputRows);
