using System.Buffers.Text;
using System.Text.Json;
using Concord.Acts;

namespace Concord.Cli.Scanning;

/// <summary>
/// Has an authority hold a fingerprint against the rest of a large register, a piece for each
/// answer, until nothing is left (specs/identify.md).
/// </summary>
internal sealed class RegisterSweep(Session session, AuthorityClient client)
{
    /// <summary>Goes on from a first answer.</summary>
    /// <param name="first">The first answer, which came for this fingerprint.</param>
    /// <param name="fingerprint">The bytes of the fingerprint.</param>
    /// <returns>How much was swept, null where nothing says it, and the answers after the
    /// first.</returns>
    /// <exception cref="CommandFault">The answers lead nowhere.</exception>
    public async Task<(SweptRegister? Swept, List<JsonElement> Further)> RunAsync(
        JsonElement first,
        byte[] fingerprint
    )
    {
        var further = new List<JsonElement>();
        if (Piece.Of(first) is not { } piece)
        {
            return (null, further);
        }

        var swept = piece.After(new(0, 0, 0));
        if (piece.IsComplete)
        {
            return (swept, further);
        }

        return (
            await session.Terminal.WatchAsync(
                "Sweeping the register",
                progress => GoOnAsync(swept, piece, fingerprint, further, progress)
            ),
            further
        );
    }

    private async Task<SweptRegister> GoOnAsync(
        SweptRegister swept,
        Piece piece,
        byte[] fingerprint,
        List<JsonElement> further,
        IProgress<(long Done, long Of)> progress
    )
    {
        while (!piece.IsComplete)
        {
            progress.Report((swept.Swept, swept.Fingerprints));
            JsonElement answer;
            try
            {
                answer = await client.IdentifyAsync(
                    json => Write(json, fingerprint, piece.Through),
                    session.Cancel
                );
            }
            catch (CommandFault fault) when (fault.Code == ExitCode.Unavailable)
            {
                // What is known is not thrown away for what is not known yet.
                return swept with { Ended = fault };
            }

            var next = Piece.Of(answer);
            if (next is null || next.Place <= piece.Place)
            {
                throw new CommandFault(
                    ExitCode.NotSo,
                    $"{client.Url} sweeps its register and comes no further than "
                        + $"{piece.Through}.",
                    "Tell its operator."
                );
            }

            further.Add(answer);
            (swept, piece) = (next.After(swept), next);
        }

        return swept;
    }

    private static void Write(Utf8JsonWriter json, byte[] fingerprint, string after)
    {
        json.WriteStartObject();
        json.WriteString("fingerprint", Base64Url.EncodeToString(fingerprint));
        json.WriteString("after", after);
        json.WriteEndObject();
    }

    /// <summary>What one answer says of the sweep.</summary>
    private sealed record Piece(
        string Through,
        long Place,
        bool IsComplete,
        long Swept,
        long Compared,
        long Fingerprints
    )
    {
        /// <summary>Null where the server does not say: it is of an earlier version.</summary>
        public static Piece? Of(JsonElement answer) =>
            answer.TryGetProperty("through", out var through)
            && answer.TryGetProperty("complete", out var complete)
            && answer.TryGetProperty("swept", out var swept)
            && through.GetString() is { } act
            && ShortId.TryParse(act, ActId.Letter, out var place)
                ? new(
                    act,
                    place,
                    complete.GetBoolean(),
                    swept.GetInt64(),
                    answer.GetProperty("compared").GetInt64(),
                    answer.GetProperty("fingerprints").GetInt64()
                )
                : null;

        public SweptRegister After(SweptRegister before) =>
            new(Fingerprints, before.Swept + Swept, before.Compared + Compared);
    }
}
