namespace Concord.Stores;

/// <summary>Where a party is told of what concerns it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Party">The party, P-….</param>
/// <param name="Kind"><c>email</c> or <c>webhook</c>.</param>
/// <param name="Target">The address.</param>
/// <param name="Secret">The key that signs for a webhook, base64; empty: none.</param>
/// <param name="Token">What ends it without a key of the party.</param>
/// <param name="IsOn">Whether its address was confirmed.</param>
/// <param name="Added">When it was added.</param>
/// <param name="Told">The number of the last notice that a message to it has.</param>
/// <param name="FailingSince">Since when nothing arrives; null: all arrived.</param>
/// <param name="Problem">Why the last message did not arrive.</param>
/// <param name="Language">The language in which it is told, a tag (BCP 47).</param>
public sealed record KeptChannel(
    string Id,
    string Party,
    string Kind,
    string Target,
    string Secret,
    string Token,
    bool IsOn,
    string Added,
    long Told,
    string? FailingSince,
    string? Problem,
    string Language
);
