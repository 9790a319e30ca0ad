using System.Globalization;

namespace Concord.Cli.Scanning;

/// <summary>How much of a register a fingerprint was held against.</summary>
/// <param name="Fingerprints">How many fingerprints the register has.</param>
/// <param name="Swept">How many were swept.</param>
/// <param name="Compared">How many of them were compared whole.</param>
internal sealed record SweptRegister(long Fingerprints, long Swept, long Compared)
{
    /// <summary>Why the sweep ended before its end; null: it did not.</summary>
    public CommandFault? Ended { get; init; }

    /// <summary>What of it people are told.</summary>
    public string Says =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Fingerprints of the register: {Fingerprints:N0}, "
        )
        + (
            Ended is { } why
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Swept:N0} of them swept. Then: {why.Message} What was rotated may be among "
                ) + "the others: ask again later."
            : Swept == Compared ? "all compared whole."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"all swept, {Compared:N0} compared whole."
            )
        );
}
