namespace Concord.Authority.Web.Reference;

/// <summary>Requests about one thing.</summary>
/// <param name="Name">What they are about.</param>
/// <param name="Operations">The requests, by path.</param>
public sealed record ApiGroup(string Name, IReadOnlyList<ApiOperation> Operations);
