using System.Diagnostics.CodeAnalysis;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Network;

namespace Concord.Authority.Admission;

/// <summary>
/// From bytes to an act whose signer is known; and from an act to the bytes that are filed.
/// </summary>
internal static class Gate
{
    private const string StrictActs =
        "An act has exactly the members of its type, each once, of its kind and within its bounds.";

    /// <summary>Opens a filing, by cheap checks first and then the signature.</summary>
    /// <param name="received">What came in.</param>
    /// <param name="world">The world whose keys are known.</param>
    /// <param name="signers">The bound on filings of one signer, whatever its keys; a token is
    /// taken for a right signature.</param>
    /// <param name="signed">The act.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryOpen(
        Received received,
        World world,
        RateLimit signers,
        [NotNullWhen(true)] out Signed? signed,
        [NotNullWhen(false)] out Problem? problem
    )
    {
        signed = null;
        if (!Statement.TryParse(received.Statement, out var statement, out var fault))
        {
            problem = new(Problems.BadStatement, fault.Detail)
            {
                Fault = fault.Code,
                Where = fault.Where,
            };
            return false;
        }

        var key = statement.Key.ToString();
        var known = world.Network.Keys.Find(statement.Key);
        if (known is null && !MayJoin(statement))
        {
            problem = Unknown(key);
            return false;
        }

        // Only right signatures take tokens, so nobody spends those of another's keys.
        var signer = known?.Speaker.ToString() ?? key;
        if (!signers.Has(signer, out var after))
        {
            problem = new(Problems.TooManyRequests, $"{signer} files too often")
            {
                RetryAfter = after,
            };
            return false;
        }

        if (!Opening.TryOpen(received, statement, world.Network.KeyOf, out signed, out var closed))
        {
            problem = closed.Step == OpeningStep.Key ? Unknown(key) : ProblemOf(closed);
            return false;
        }

        // Whoever guesses a code is told what a stranger is told, and costs no refusal on record.
        if (!IsHeard(world, statement, signed.Act))
        {
            (signed, problem) = (null, Unknown(key));
            return false;
        }

        signers.TryTake(signer, out _);
        problem = null;
        return true;
    }

    /// <summary>
    /// Which attachments an act names, found before any is read: they are large, and whose
    /// signature is wrong brings none.
    /// </summary>
    /// <param name="statement">The statement.</param>
    /// <param name="act">The act of a sealed statement.</param>
    /// <param name="world">The world whose keys are known.</param>
    /// <param name="named">Their digests.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryName(
        ReadOnlyMemory<byte> statement,
        ReadOnlyMemory<byte>? act,
        World world,
        [NotNullWhen(true)] out IReadOnlySet<Digest>? named,
        [NotNullWhen(false)] out Problem? problem
    )
    {
        named = null;
        if (!Statement.TryParse(statement, out var parsed, out var fault))
        {
            problem = ProblemOf(OpeningFault.From(OpeningStep.Statement, fault));
            return false;
        }

        if (world.Network.KeyOf(parsed.Key) is null && !MayJoin(parsed))
        {
            problem = Unknown(parsed.Key.ToString());
            return false;
        }

        // In the order of the opening: a key that joins by an invitation stands in its act.
        var document = parsed.IsEnvelope ? act ?? default : parsed.Payload;
        if (!ActBytes.TryParse(parsed.ContentType, document, out _, out var said, out var bad))
        {
            problem = ProblemOf(OpeningFault.From(OpeningStep.Act, bad));
            return false;
        }

        if (Opening.KeyOf(parsed, said, world.Network.KeyOf) is not { } key)
        {
            problem = Unknown(parsed.Key.ToString());
            return false;
        }

        if (!parsed.Verify(key, out fault))
        {
            problem = ProblemOf(OpeningFault.From(OpeningStep.Signature, fault));
            return false;
        }

        if (!IsHeard(world, parsed, said))
        {
            problem = Unknown(parsed.Key.ToString());
            return false;
        }

        named = said.Attachments.Select(one => one.Digest).ToHashSet();
        problem = null;
        return true;
    }

    /// <summary>Opens a signature on genesis by the keys in its own body.</summary>
    public static Signed OpenGenesis(Received received) =>
        Opening.TryOpen(received, _ => null, out var signed, out var fault)
            ? signed
            : throw new InvariantException($"genesis does not open: {fault}");

    /// <summary>Composes, signs and opens an act of the authority itself.</summary>
    public static Signed Sign(World world, Act act, StatementSigner key)
    {
        // What the authority signs it parses back and judges like anybody else's.
        var issuer = world.Network.IssuerOf(new Speaker.Authority(KeyPurpose.Tick));
        var received = Drafting.Compose(act, issuer, key);
        return Opening.TryOpen(received, _ => key.PublicKey, out var signed, out var fault)
            ? signed
            : throw new InvariantException($"{ActTable.Of(act).Name} does not open: {fault}");
    }

    // A key that nobody knows is heard where it may add itself to a party by an invitation.
    private static bool MayJoin(Statement statement) =>
        !statement.IsEnvelope && statement.Subject.StartsWith("P-", StringComparison.Ordinal);

    private static bool IsHeard(World world, Statement statement, Act act) =>
        world.Network.KeyOf(statement.Key) is not null
        || (act is AddKey joining && world.Network.Invites(joining));

    private static Problem Unknown(string key) =>
        new(Problems.UnknownKey, $"no party, officer or root has the key {key}")
        {
            Where = "header 4 (kid)",
        };

    // What is asked of an act's members is the rule that was broken, and where it stands.
    private static Problem ProblemOf(OpeningFault fault) =>
        new(
            fault.Step switch
            {
                OpeningStep.Act => Problems.BadAct,
                OpeningStep.Documents => Problems.BadDocuments,
                OpeningStep.Key => Problems.UnknownKey,
                _ => Problems.BadStatement,
            },
            fault.Detail
        )
        {
            Fault = fault.Code,
            Where = fault.Where,
            Rule = fault.Step == OpeningStep.Act ? StrictActs : null,
            Source = fault.Step == OpeningStep.Act ? "DESIGN §3, strict acts" : null,
        };
}
