namespace Concord.Authority.Notices;

/// <summary>A notice in a message.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="At">When it came to be.</param>
/// <param name="Says">What, as a sentence.</param>
/// <param name="Href">The page that it is about.</param>
internal sealed record MessageNotice(long Number, string Kind, string At, string Says, string Href);
