using System.Text.Json;
using System.Text.Json.Serialization;

namespace Concord.Authority.Notices;

/// <summary>What a message says, as a webhook gets it and mail is written from.</summary>
/// <param name="Type">What kind of message.</param>
/// <param name="Timestamp">When it was written.</param>
/// <param name="Data">What it says.</param>
internal sealed record MessageBody(string Type, string Timestamp, MessageData Data)
{
    /// <summary>A message with a code, which confirms the address.</summary>
    public const string Confirm = "concord.confirm";

    /// <summary>A message with notices.</summary>
    public const string Notices = "concord.notices";

    /// <summary>How it is written.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
