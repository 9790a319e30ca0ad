using Concord.Ledger;

namespace Concord.Cli;

/// <summary>
/// Judges who has cosigned the checkpoint of a proof, by the policy of whoever checks (C2SP
/// tlog-policy, <c>specs/log.md</c>).
/// </summary>
internal static class CosignatureCheck
{
    /// <summary>What is found, as the checks name it.</summary>
    public const string What = "witnesses";

    /// <summary>Said where nobody named witnesses.</summary>
    public const string NotJudged = "not judged: --policy FILE names the witnesses that you trust";

    /// <summary>Reads the policy that was named; null: none was.</summary>
    /// <exception cref="CommandFault">It is not there, or is no policy.</exception>
    public static TlogPolicy? Read(FileInfo? file)
    {
        if (file is null)
        {
            return null;
        }

        if (!file.Exists)
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"There is no policy file {file.FullName}.",
                "Name the file that says whom you trust (specs/log.md, Policy file)."
            );
        }

        return TlogPolicy.TryParse(File.ReadAllBytes(file.FullName), out var policy, out var fault)
            ? policy
            : throw new CommandFault(
                ExitCode.Usage,
                $"{file.FullName} is no policy: {fault}",
                "Its lines are those of specs/log.md, Policy file."
            );
    }

    /// <summary>Judges the checkpoint of a proof.</summary>
    /// <param name="policy">The policy; null: none was named.</param>
    /// <param name="note">The checkpoint with its signature lines; null: there is no proof, or none
    /// that holds.</param>
    public static Finding Of(TlogPolicy? policy, string? note) =>
        policy is null ? new(What, null, NotJudged)
        : note is null
            ? new(What, false, "no proof that holds is here, and a receipt carries no cosignatures")
        : !policy.AsksForWitnesses
            ? new(What, null, "not judged: the policy asks for none (`quorum none`)")
        : policy.Accepts(note, out _, out var fault)
            ? new(What, true, $"{Cosigners(policy, note)}; that reaches the quorum")
        : new(What, false, $"{Cosigners(policy, note)}; {fault}");

    private static string Cosigners(TlogPolicy policy, string note) =>
        SignedNote.TryParse(note, out var signed, out _)
        && signed.TryVerify(policy.Witnesses, out var verified, out _)
            ? "cosigned by " + string.Join(", ", verified.Select(key => key.Name))
            : "cosigned by no witness of the policy";
}
