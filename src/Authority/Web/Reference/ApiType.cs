namespace Concord.Authority.Web.Reference;

/// <summary>A type of JSON.</summary>
/// <param name="Says">It in words.</param>
/// <param name="Document">The document that it is or is made of; null: none.</param>
public sealed record ApiType(string Says, string? Document);
