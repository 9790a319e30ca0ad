using Concord.Acts;
using Concord.Authority.Foundation;

namespace Concord.Cli;

/// <summary>
/// The terms of joint acts as the key set in force has them, and whose keys sign.
/// </summary>
internal static class Joint
{
    /// <summary>Seller, then buyer.</summary>
    public static async Task<JointTerms> OfPartiesAsync(
        Session session,
        AuthorityClient client,
        PartyId seller,
        PartyId buyer
    ) =>
        new()
        {
            Kind = JointKind.Parties,
            K = 2,
            Epoch = (await KeySetAsync(session, client)).Epoch,
            Parties = [seller, buyer],
        };

    /// <summary>Two officers, persons of the authority.</summary>
    public static async Task<JointTerms> OfOfficersAsync(Session session, AuthorityClient client) =>
        new()
        {
            Kind = JointKind.Officers,
            K = 2,
            Epoch = (await KeySetAsync(session, client)).Epoch,
        };

    /// <summary>Officers of k distinct institutions.</summary>
    public static async Task<JointTerms> OfInstitutionsAsync(
        Session session,
        AuthorityClient client
    )
    {
        var (epoch, k) = await KeySetAsync(session, client);
        return new()
        {
            Kind = JointKind.Institutions,
            K = k,
            Epoch = epoch,
        };
    }

    /// <summary>
    /// The keys that were named; in a sandbox, whose officers' keys lie in its folder, theirs.
    /// </summary>
    public static IReadOnlyList<string> Keys(Session session, JointTerms terms)
    {
        var named = session.Words.GetValue(Shared.Key) ?? [];
        if (named.Length > 0 || !session.HasFolder || !session.File.Sandbox)
        {
            return named.Length > 0 ? named : Signatory.Files(session);
        }

        var folder = new KeyFolder(session.Folder.Keys);
        session.Terminal.Note(
            $"This is a sandbox: {terms.K} of its {Signers(terms)}, whose keys lie here, sign at "
                + $"once. Real {Signers(terms)} sign each on their own machine: concord sign."
        );
        if (terms.Kind == JointKind.Roots)
        {
            return [.. Enumerable.Range(1, terms.K).Select(n => folder.File(SandboxKeys.Root(n)))];
        }

        return [.. SandboxKeys.Deciding.Take(terms.K).Select(one => folder.File(one.KeyName))];
    }

    private static string Signers(JointTerms terms) =>
        terms.Kind == JointKind.Roots ? "roots" : "officers";

    private static async Task<(int Epoch, int K)> KeySetAsync(
        Session session,
        AuthorityClient client
    )
    {
        var authority = await client.GetAsync("authority", session.Cancel);
        var set = authority.GetProperty("key_set");
        return (set.GetProperty("epoch").GetInt32(), set.GetProperty("k").GetInt32());
    }
}
