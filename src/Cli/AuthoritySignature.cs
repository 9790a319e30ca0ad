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
    /// <param name="size">The size of the tree that the answer says it is given at; null: it does
    /// not say.</param>
    public static Finding Check(
        Session session,
        Statement answer,
        Func<AuthorityFile, IReadOnlyList<PublishedKey>> keys,
        string name,
        long? size
    )
    {
        var published = session.HasFolder
            ? keys(session.File).FirstOrDefault(one => one.Read().Id == answer.Key)
            : null;
        if (published?.Read() is not { } key)
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
            : size is { } at && !published.IsNamedAt(at)
                ? new(
                    "signature",
                    false,
                    $"the {name} {answer.Key} signs nothing at the tree size {at}: the key set in "
                        + "force there does not name it, or it was revoked"
                )
            : !answer.Verify(key, out var fault) ? new("signature", false, fault.Detail)
            : size >= published.ContestedFrom
                ? new(
                    "signature",
                    null,
                    $"contested: the {name} {answer.Key} was revoked as in other hands from the "
                        + $"tree size {published.ContestedFrom} on, and this is at {size}"
                )
            : new("signature", true, $"by the authority's {name} {answer.Key}");
    }
}
