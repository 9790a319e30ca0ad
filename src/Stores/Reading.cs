namespace Concord.Stores;

/// <summary>That somebody read what is not public.</summary>
/// <param name="Document">What: <c>document</c>, <c>sealed-part</c> or the number of an
/// attachment.</param>
/// <param name="Reader">Who: the part of an issuer after <c>#</c>.</param>
/// <param name="Why">The reason given.</param>
/// <param name="At">When, RFC 3339.</param>
public sealed record Reading(string Document, string Reader, string? Why, string At);
