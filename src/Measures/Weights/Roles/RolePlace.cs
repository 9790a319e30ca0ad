namespace Concord.Measures.Weights.Roles;

/// <summary>The role of a tensor, and where in the network it plays it.</summary>
/// <param name="Role">The role.</param>
/// <param name="Layer">The number of the layer in the name; −1: none.</param>
/// <param name="Expert">The number of the expert; −1: none, or all in one tensor.</param>
public readonly record struct RolePlace(TensorRole Role, int Layer, int Expert);
