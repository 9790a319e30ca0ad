namespace Concord.Authority.Web.Reference;

/// <summary>A parameter, or a member of a document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsRequired">Whether it is always there.</param>
/// <param name="Says">What it is; empty: its name says it.</param>
public sealed record ApiMember(string Name, ApiType Type, bool IsRequired, string Says);
