using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Concord.Acts;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Rooms.Lineage;
using Microsoft.AspNetCore.Http.Features;

namespace Concord.Authority.Api;

/// <summary>A question as it was read.</summary>
/// <param name="Digests">The digests, that of the fingerprint among them, each once.</param>
/// <param name="Print">The fingerprint; null: none was sent.</param>
/// <param name="After">The entry behind which the register is swept for it; −1: the first.</param>
internal sealed record IdentifyBody(IReadOnlyList<Digest> Digests, Fingerprint? Print, long After)
{
    /// <summary>The longest body: a large form in base64url, and digests.</summary>
    private const int BodyBytesMax = 384 << 10;

    private const int FilesMost = 256;

    private static readonly JsonSerializerOptions s_strict = new(ApiJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        MaxDepth = 4,
    };

    /// <summary>Reads a question, or says what is wrong with it.</summary>
    public static async Task<(IdentifyBody? Question, Problem? Problem)> ReadAsync(
        HttpContext context,
        HostOptions options
    )
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, new(Problems.UnsupportedMediaType, "a question comes as JSON"));
        }

        if (context.Request.ContentLength > BodyBytesMax)
        {
            return (null, TooLarge);
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = BodyBytesMax;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(options.BodyTimeout);
        try
        {
            var said = await JsonSerializer.DeserializeAsync<IdentifyApi.IdentifyQuestion>(
                context.Request.Body,
                s_strict,
                late.Token
            );
            return said is null ? (null, Empty) : Parse(said);
        }
        catch (JsonException malformed)
        {
            return (
                null,
                new(
                    Problems.BadRequest,
                    "this is no question in JSON; members are files, weights, fingerprint and after"
                )
                {
                    Where = malformed.Path,
                }
            );
        }
        catch (BadHttpRequestException tooMuch) when (tooMuch.StatusCode == 413)
        {
            return (null, TooLarge);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return (null, new(Problems.BadRequest, "the body did not come in time"));
        }
    }

    private static (IdentifyBody? Question, Problem? Problem) Parse(
        IdentifyApi.IdentifyQuestion said
    )
    {
        var digests = new List<Digest>();
        if (said.Files?.Count > FilesMost)
        {
            return (null, Bad("$.files", $"at most {FilesMost} files are asked for at once"));
        }

        for (var i = 0; i < said.Files?.Count; i++)
        {
            if (!Digest.TryParse(said.Files[i] ?? "", out var file))
            {
                return (null, Bad($"$.files[{i}]", "a digest is sha256: and 64 digits"));
            }

            digests.Add(file);
        }

        if (said.Weights is { } text)
        {
            if (!Digest.TryParse(text, out var weights))
            {
                return (null, Bad("$.weights", "a digest is sha256: and 64 digits"));
            }

            digests.Add(weights);
        }

        Fingerprint? print = null;
        if (said.Fingerprint is { } form)
        {
            if (!Base64Url.IsValid(form))
            {
                return (null, Bad("$.fingerprint", "a fingerprint comes in base64url"));
            }

            if (!Fingerprint.TryRead(Base64Url.DecodeFromChars(form), out print, out var fault))
            {
                return (null, Bad("$.fingerprint", fault));
            }

            digests.Add(Recognition.DigestOf(print));
        }

        if (!TryParseAfter(said, out var after))
        {
            return (
                null,
                Bad(
                    "$.after",
                    "it is an act's id, as an answer says it, and needs a "
                        + "fingerprint beside it"
                )
            );
        }

        return digests.Count == 0
            ? (null, Empty)
            : (new([.. digests.Distinct()], print, after), null);
    }

    private static bool TryParseAfter(IdentifyApi.IdentifyQuestion said, out long after)
    {
        after = -1;
        return said.After is not { } text
            || said.Fingerprint is not null && ShortId.TryParse(text, ActId.Letter, out after);
    }

    private static Problem Empty { get; } =
        new(Problems.BadRequest, "ask by files, weights or fingerprint; one of them must be there");

    private static Problem TooLarge { get; } =
        new(Problems.BodyTooLarge, $"a question has at most {BodyBytesMax} bytes");

    private static Problem Bad(string where, string what) =>
        new(Problems.BadRequest, what) { Where = where };
}
