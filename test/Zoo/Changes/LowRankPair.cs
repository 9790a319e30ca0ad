namespace Concord.Zoo.Changes;

/// <summary>A difference of low rank, B·A.</summary>
/// <param name="Name">The tensor that it is added to.</param>
/// <param name="B">Rows × rank.</param>
/// <param name="A">Rank × columns.</param>
public sealed record LowRankPair(string Name, ZooTensor B, ZooTensor A);
