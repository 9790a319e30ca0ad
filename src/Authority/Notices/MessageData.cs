namespace Concord.Authority.Notices;

/// <summary>What a message says.</summary>
/// <param name="Authority">The origin of the log.</param>
/// <param name="Party">The party that is told.</param>
internal sealed record MessageData(string Authority, string Party)
{
    /// <summary>The language of its sentences, a tag (BCP 47).</summary>
    public string? Lang { get; init; }

    /// <summary>The channel that a code confirms.</summary>
    public string? Channel { get; init; }

    /// <summary>The code.</summary>
    public string? Code { get; init; }

    /// <summary>The notices, oldest first.</summary>
    public IReadOnlyList<MessageNotice>? Notices { get; init; }
}
