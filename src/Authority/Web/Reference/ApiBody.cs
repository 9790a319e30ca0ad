namespace Concord.Authority.Web.Reference;

/// <summary>The content of a request or an answer.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Type">Its type; null: bytes.</param>
public sealed record ApiBody(string ContentType, ApiType? Type);
