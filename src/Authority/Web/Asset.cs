namespace Concord.Authority.Web;

/// <summary>A file that every page may use.</summary>
/// <param name="Name">Its name in the source, for example <c>concord.css</c>.</param>
/// <param name="File">Its name on the web, with the digest of its content in it.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Bytes">The content.</param>
public sealed record Asset(
    string Name,
    string File,
    string ContentType,
    ReadOnlyMemory<byte> Bytes
);
