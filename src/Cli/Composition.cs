using System.Security.Cryptography;
using Concord.Acts;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>An act with what goes with it, before anybody has signed it.</summary>
/// <param name="Type">The row of its type.</param>
/// <param name="Bytes">The act as it will be filed.</param>
internal sealed record Composition(ActType Type, ReadOnlyMemory<byte> Bytes)
{
    private const int SaltBytes = 16;

    /// <summary>The act.</summary>
    public required Act Act { get; init; }

    /// <summary>The sealed part, as it will rest in the content store.</summary>
    public ReadOnlyMemory<byte>? SealedPart { get; init; }

    /// <summary>16 random bytes and the file, each.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Attachments { get; init; } = [];

    /// <summary>The SHA-256 of the act: what all who sign it sign.</summary>
    public Digest Digest => Digest.Of(Bytes.Span);

    /// <summary>16 random bytes in the text form of acts.</summary>
    public static string NewSalt() =>
        Convert
            .ToBase64String(RandomNumberGenerator.GetBytes(SaltBytes))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');

    /// <summary>An act as the program wrote it.</summary>
    public static Composition Of(Act act) =>
        new(ActTable.Of(act), ActBytes.Write(act)) { Act = act };

    /// <summary>A split act as the program wrote it: the act carries the part's digest.</summary>
    public static Composition Of(SealedPart part, Func<Digest, Act> actWith)
    {
        var bytes = ActJson.Write(part);
        return Of(actWith(Digest.Of(bytes))) with { SealedPart = bytes };
    }

    /// <summary>An act as somebody wrote it into a file.</summary>
    /// <exception cref="CommandFault">It is none.</exception>
    public static Composition Read(string file, string? sealedPartFile)
    {
        var composition = Of(File.ReadAllBytes(file), file);
        return sealedPartFile is null
            ? composition
            : composition.With(File.ReadAllBytes(sealedPartFile), sealedPartFile);
    }

    /// <summary>An act as somebody wrote it.</summary>
    /// <param name="bytes">The act.</param>
    /// <param name="where">Where it stands, for people.</param>
    /// <exception cref="CommandFault">It is none.</exception>
    public static Composition Of(ReadOnlyMemory<byte> bytes, string where)
    {
        if (!ActJson.TryParse(bytes, out var act, out var fault))
        {
            throw FaultIn(where, fault);
        }

        var type = ActTable.Of(act);
        return new(type, type.IsCbor ? ActBytes.Write(act) : bytes) { Act = act };
    }

    /// <summary>The same with the sealed part that belongs to it.</summary>
    /// <param name="part">The sealed part.</param>
    /// <param name="where">Where it stands, for people.</param>
    /// <exception cref="CommandFault">It is none.</exception>
    public Composition With(ReadOnlyMemory<byte> part, string where) =>
        Type.SealedPart is null
            ? throw new CommandFault(ExitCode.NotSo, $"{Type.Name} has no sealed part.")
        : ActJson.TryParsePart(Type, part, out _, out var fault) ? this with { SealedPart = part }
        : throw FaultIn(where, fault);

    /// <summary>The act of an open or split statement: its bytes as they were signed.</summary>
    /// <exception cref="CommandFault">The statement is sealed or holds no act.</exception>
    public static Composition Of(Statement statement)
    {
        if (statement.IsEnvelope)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                "The act is sealed: the log holds its digest alone.",
                "Sign the file that the proposer gave you."
            );
        }

        return ActBytes.TryParse(
            statement.ContentType,
            statement.Payload,
            out var type,
            out var act,
            out var fault
        )
            ? new(type, statement.Payload) { Act = act }
            : throw FaultIn("The statement", fault);
    }

    /// <summary>The statement of a signer, with the documents that go with it.</summary>
    public Received Sign(Signatory signatory)
    {
        var isEnvelope = Type.Form == ActForm.Sealed;
        var header = new StatementHeader(
            signatory.Issuer,
            Subjects.Of(Act),
            ActBytes.ContentTypeOf(Type)
        );
        var payload = isEnvelope ? Digest.ToArray() : Bytes;
        return new(
            signatory.Key.Sign(header, payload, isEnvelope),
            isEnvelope ? Bytes : null,
            SealedPart,
            Attachments
        );
    }

    /// <summary>The row of a file.</summary>
    public static Composition Of(ActRow row) =>
        new(row.Type, row.Bytes) { Act = row.Act, SealedPart = row.SealedPart };

    /// <summary>It as the row of a file.</summary>
    public ActRow ToRow() => new(Type, Act, Bytes, SealedPart);

    /// <summary>What is wrong with an act in a file.</summary>
    internal static CommandFault FaultIn(string file, ActFault fault) =>
        new(
            ExitCode.NotSo,
            $"{file} is not an act that can be filed.",
            "`concord schema ACT` prints what is asked."
        )
        {
            Details = [("where", fault.Path), ("rule", fault.Rule), ("found", fault.Detail)],
        };
}
