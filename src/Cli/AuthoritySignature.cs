using Concord.Authority.Foundation;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>
/// Checks that the trusted authority signed an answer, by a key for that purpose.
/// </summary>
internal static class AuthoritySignature
{
    /// <summary>Checks it.</summary>
    /// <param name="session">Where the trusted authority is described.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="keys">Those of its keys that sign such answers.</param>
    /// <param name="name">What such a key is called.</param>
    public static Finding Check(
        Session session,
        Statement answer,
        Func<AuthorityFile, IReadOnlyList<PublishedKey>> keys,
        string name
    )
    {
        var key = session.HasFolder
            ? keys(session.File)
                .Select(one => one.Read())
                .FirstOrDefault(one => one.Id == answer.Key)
            : null;
        if (key is null)
        {
            return new(
                "signature",
                null,
                $"not checked: the {name} {answer.Key} is not known here"
            );
        }

        var issuer = $"{session.File.Origin}#authority";
        return !string.Equals(answer.Issuer, issuer, StringComparison.Ordinal)
                ? new("signature", false, $"it is of {answer.Issuer}, not of {issuer} (iss)")
            : answer.Verify(key, out var fault)
                ? new("signature", true, $"by the authority's {name} {answer.Key}")
            : new("signature", false, fault.Detail);
    }
}
