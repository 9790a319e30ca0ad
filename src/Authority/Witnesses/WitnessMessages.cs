namespace Concord.Authority.Witnesses;

/// <summary>What witnesses, and those who ask them, say of themselves.</summary>
internal static partial class WitnessMessages
{
    [LoggerMessage(20, LogLevel.Warning, "Answered {Status} and did not cosign: {Reason}")]
    public static partial void NotCosigned(this ILogger logger, int status, string reason);

    [LoggerMessage(21, LogLevel.Warning, "The witness {Witness} did not cosign: {Reason}")]
    public static partial void WitnessFailed(this ILogger logger, string witness, string reason);

    [LoggerMessage(22, LogLevel.Information, "The witness {Witness} cosigns again")]
    public static partial void WitnessBack(this ILogger logger, string witness);

    [LoggerMessage(23, LogLevel.Error, "Asking the witnesses failed; it is tried again")]
    public static partial void RoundFailed(this ILogger logger, Exception exception);

    [LoggerMessage(24, LogLevel.Warning, "What was kept as witnessed is not read: {Reason}")]
    public static partial void WitnessedNotRead(this ILogger logger, string reason);

    [LoggerMessage(25, LogLevel.Warning, "The witness {Witness} does not say what it saw: {Why}")]
    public static partial void WitnessSilent(this ILogger logger, string witness, string why);
}
