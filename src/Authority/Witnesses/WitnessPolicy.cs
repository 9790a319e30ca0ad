using Concord.Authority.Foundation;
using Concord.Ledger;

namespace Concord.Authority.Witnesses;

/// <summary>The file that says which witnesses are asked (C2SP tlog-policy).</summary>
public static class WitnessPolicy
{
    /// <summary>Reads the policy of a data folder; null where there is none.</summary>
    /// <exception cref="IOException">The file is no policy.</exception>
    public static TlogPolicy? Read(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!File.Exists(folder.WitnessPolicy))
        {
            return null;
        }

        return TlogPolicy.TryParse(
            File.ReadAllBytes(folder.WitnessPolicy),
            out var policy,
            out var fault
        )
            ? policy
            : throw new IOException(
                $"{folder.WitnessPolicy} is no policy (specs/log.md, Policy file): {fault}"
            );
    }

    /// <summary>Writes the policy of a data folder.</summary>
    public static void Write(DataFolder folder, string text)
    {
        ArgumentNullException.ThrowIfNull(folder);
        File.WriteAllText(folder.WitnessPolicy, text);
    }
}
