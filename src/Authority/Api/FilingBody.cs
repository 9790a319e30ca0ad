using System.Buffers;
using System.Globalization;
using Concord.Acts;
using Concord.Ledger;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Concord.Authority.Api;

/// <summary>
/// Reads what is filed out of a request, by limits and before any signature is looked at.
/// </summary>
public static class FilingBody
{
    /// <summary>The largest statement: the entry limit of C2SP tlog-tiles.</summary>
    public const int StatementBytesMax = 65_535;

    /// <summary>The largest sealed act or sealed part.</summary>
    public const int DocumentBytesMax = 1 << 20;

    /// <summary>The largest attachment, its salt included.</summary>
    public const int AttachmentBytesMax = 8 << 20;

    /// <summary>The most attachments.</summary>
    public const int AttachmentsMax = 16;

    /// <summary>The largest request in all.</summary>
    public const int BodyBytesMax = 16 << 20;

    /// <summary>Whether the body is a statement alone.</summary>
    internal static bool IsStatement(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/cose", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A statement that came in one piece with its headers, as most do; null: the body must be
    /// waited for.
    /// </summary>
    internal static Received? ReadAtOnce(HttpRequest request)
    {
        if (
            request.ContentLength is not (> 0 and <= StatementBytesMax)
            || !IsStatement(request)
            || !request.BodyReader.TryRead(out var read)
        )
        {
            return null;
        }

        if (read.Buffer.Length != request.ContentLength)
        {
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            return null;
        }

        var bytes = read.Buffer.ToArray();
        request.BodyReader.AdvanceTo(read.Buffer.End);
        return new(bytes, null, null, []);
    }

    /// <summary>Whether the parts may be large, or nobody says how large.</summary>
    internal static bool MayBeLarge(HttpRequest request) =>
        !IsStatement(request) && request.ContentLength is not <= DocumentBytesMax;

    /// <summary>Reads the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="named">
    /// By a statement and the act beside it, the digests of the attachments that may come, or the
    /// problem with it: asked before the first is read.
    /// </param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>What was received, or the problem with it.</returns>
    public static async Task<(Received? Received, Problem? Problem)> ReadAsync(
        HttpRequest request,
        Func<
            ReadOnlyMemory<byte>,
            ReadOnlyMemory<byte>?,
            (IReadOnlySet<Digest>? Named, Problem? Problem)
        > named,
        CancellationToken cancel
    )
    {
        if (request.ContentLength > BodyBytesMax)
        {
            return (null, TooLarge("the request", BodyBytesMax));
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return (null, NotThatType(request.ContentType));
        }

        if (type.MediaType.Equals("application/cose", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = await ReadAsync(request.Body, StatementBytesMax, cancel);
            return bytes is null
                ? (null, TooLarge("the statement", StatementBytesMax))
                : (new Received(bytes, null, null, []), null);
        }

        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
            return string.IsNullOrEmpty(boundary) || boundary.Length > 70
                ? (null, BadParts("boundary", "the boundary is missing or over 70 characters"))
                : await ReadPartsAsync(new MultipartReader(boundary, request.Body), named, cancel);
        }

        return (null, NotThatType(request.ContentType));
    }

    private static async Task<(Received?, Problem?)> ReadPartsAsync(
        MultipartReader reader,
        Func<
            ReadOnlyMemory<byte>,
            ReadOnlyMemory<byte>?,
            (IReadOnlySet<Digest>? Named, Problem? Problem)
        > named,
        CancellationToken cancel
    )
    {
        reader.HeadersCountLimit = 8;
        reader.HeadersLengthLimit = 4096;
        byte[]? statement = null;
        byte[]? act = null;
        byte[]? sealedPart = null;
        var attachments = new List<ReadOnlyMemory<byte>>();
        IReadOnlySet<Digest>? allowed = null;
        long total = 0;
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            var name = NameOf(section);
            var limit = name switch
            {
                "statement" when statement is null => StatementBytesMax,
                "act" when act is null => DocumentBytesMax,
                "sealed_part" when sealedPart is null => DocumentBytesMax,
                "attachment" when attachments.Count < AttachmentsMax => AttachmentBytesMax,
                _ => 0,
            };
            if (limit == 0)
            {
                return (
                    null,
                    BadParts(NameOf(section) ?? "part", "the part is unknown or one too many")
                );
            }

            if (
                name is "attachment"
                && Unasked(statement, act, attachments.Count, named, ref allowed) is { } unasked
            )
            {
                return (null, unasked);
            }

            var bytes = await ReadAsync(section.Body, limit, cancel);
            total += bytes?.Length ?? 0;
            if (bytes is null || total > BodyBytesMax)
            {
                return (null, TooLarge($"part {name}", limit));
            }

            switch (name)
            {
                case "statement":
                    statement = bytes;
                    break;
                case "act":
                    act = bytes;
                    break;
                case "sealed_part":
                    sealedPart = bytes;
                    break;
                default:
                    if (!allowed!.Contains(Digest.Of(bytes)))
                    {
                        return (null, Unnamed(attachments.Count));
                    }

                    attachments.Add(bytes);
                    break;
            }
        }

        return statement is null
            ? (null, BadParts("statement", "the part is missing"))
            : (new Received(statement, Memory(act), Memory(sealedPart), attachments), null);
    }

    // Why an attachment is not read; the statement is asked before the first.
    private static Problem? Unasked(
        byte[]? statement,
        byte[]? act,
        int before,
        Func<
            ReadOnlyMemory<byte>,
            ReadOnlyMemory<byte>?,
            (IReadOnlySet<Digest>? Named, Problem? Problem)
        > named,
        ref IReadOnlySet<Digest>? allowed
    )
    {
        if (statement is null)
        {
            return BadParts("attachment", "attachments come after the statement");
        }

        Problem? problem = null;
        if (allowed is null)
        {
            (allowed, problem) = named(statement, Memory(act));
        }

        return problem ?? (before < allowed!.Count ? null : Unnamed(before));
    }

    private static ReadOnlyMemory<byte>? Memory(byte[]? bytes) =>
        bytes is null ? null : (ReadOnlyMemory<byte>?)bytes;

    private static string? NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
        && disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
            : null;

    private static async Task<byte[]?> ReadAsync(Stream body, int limit, CancellationToken cancel)
    {
        var buffer = new byte[Math.Min(limit + 1, 4096)];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > limit)
                {
                    return null;
                }

                Array.Resize(ref buffer, Math.Min(limit + 1, buffer.Length * 4));
            }

            var read = await body.ReadAsync(buffer.AsMemory(length), cancel);
            if (read == 0)
            {
                return length > limit ? null : buffer[..length];
            }

            length += read;
        }
    }

    private static Problem TooLarge(string what, int limit) =>
        new(
            Problems.BodyTooLarge,
            string.Create(CultureInfo.InvariantCulture, $"{what} has more than {limit} bytes")
        )
        {
            Where = what,
        };

    internal static Problem NotThatType(string? type) =>
        new(Problems.UnsupportedMediaType, $"the content type is {type ?? "absent"}")
        {
            Where = "Content-Type",
        };

    private static Problem Unnamed(int attachment) =>
        new(
            Problems.BadDocuments,
            "the act names no such attachment. An attachment is 16 random bytes and a file, named "
                + "by the digest of both"
        )
        {
            Fault = "surplus-document",
            Where = string.Create(CultureInfo.InvariantCulture, $"attachment[{attachment}]"),
        };

    private static Problem BadParts(string where, string detail) =>
        new(Problems.BadMultipart, detail) { Where = where };
}
