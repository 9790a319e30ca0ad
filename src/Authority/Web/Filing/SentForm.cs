using System.Buffers.Text;
using Microsoft.Extensions.Primitives;

namespace Concord.Authority.Web.Filing;

/// <summary>What a form sent in the body of a request.</summary>
internal static class SentForm
{
    /// <summary>The most bytes of it.</summary>
    public const int BytesMax = 1 << 20;

    /// <summary>The answers by field; those that are files as acts have them.</summary>
    public static async Task<Dictionary<string, StringValues>> ReadAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var given = new Dictionary<string, StringValues>(form, StringComparer.Ordinal);
        foreach (var file in form.Files.Where(one => one.Length > 0))
        {
            given[file.Name] = await ReadAsync(file, context.RequestAborted);
        }

        return given;
    }

    // A file is bytes, and an answer is text: what acts have of files is base64url.
    private static async Task<string> ReadAsync(IFormFile file, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return Base64Url.EncodeToString(bytes.ToArray());
    }
}
