using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Concord.Authority.Web.Languages;

namespace Concord.Authority.Web;

/// <summary>
/// Style sheet, scripts, typefaces and pictures, out of the assembly itself. Every address carries
/// the digest of its content: a browser may keep it for ever, and a new build is never mixed with
/// an old.
/// </summary>
public static partial class Assets
{
    private static readonly FrozenDictionary<string, Asset> s_byFile = Load();

    private static readonly FrozenDictionary<string, string> s_hrefs = s_byFile
        .Values.ToDictionary(asset => asset.Name, asset => $"/assets/{asset.File}", s_ordinal)
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static StringComparer s_ordinal => StringComparer.Ordinal;

    /// <summary>The names of all assets.</summary>
    public static IEnumerable<string> Names => s_hrefs.Keys;

    /// <summary>The address of an asset, for example of <c>concord.css</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no asset of that name.</exception>
    public static string Href(string name) => s_hrefs[name];

    /// <summary>The asset behind the last segment of an address; null when there is none.</summary>
    public static Asset? Find(string file) => s_byFile.GetValueOrDefault(file);

    private static FrozenDictionary<string, Asset> Load()
    {
        List<Asset> assets =
        [
            Stored("next.woff2", "font/woff2"),
            Stored("next-ext.woff2", "font/woff2"),
            Stored("mono.woff2", "font/woff2"),
            Stored("mark.svg", "image/svg+xml"),
            Named("card.png", "image/png", Charts.SocialCard.Draw()),
            .. Language.All.Where(one => one != Language.English).Select(Phrases),
        ];
        var files = assets.ToDictionary(asset => asset.Name, asset => asset.File, s_ordinal);
        // In an order in which each names only what stands before it.
        foreach (
            var (name, type) in (ReadOnlySpan<(string, string)>)
                [
                    ("concord.css", "text/css"),
                    ("concord-rtl.css", "text/css"),
                    ("statement.js", "text/javascript"),
                    ("phrases.js", "text/javascript"),
                    ("passkey.js", "text/javascript"),
                    ("page.js", "text/javascript"),
                    ("request.js", "text/javascript"),
                    ("sign.js", "text/javascript"),
                    ("batch.js", "text/javascript"),
                    ("rows.js", "text/javascript"),
                    ("bulk.js", "text/javascript"),
                    ("join.js", "text/javascript"),
                    ("officer.js", "text/javascript"),
                    ("apply.js", "text/javascript"),
                    ("read.js", "text/javascript"),
                    ("home.js", "text/javascript"),
                    ("sha256.js", "text/javascript"),
                    ("hash-file.js", "text/javascript"),
                    ("standing.js", "text/javascript"),
                    ("weights.js", "text/javascript"),
                    ("attach.js", "text/javascript"),
                ]
        )
        {
            var text = AssetName()
                .Replace(
                    Encoding.UTF8.GetString(Read(name)),
                    match => files[match.Groups[1].Value]
                );
            var asset = Named(name, $"{type}; charset=utf-8", Encoding.UTF8.GetBytes(text));
            assets.Add(asset);
            files[name] = asset.File;
        }

        return assets.ToFrozenDictionary(asset => asset.File, s_ordinal);
    }

    private static Asset Stored(string name, string type) => Named(name, type, Read(name));

    private static Asset Phrases(Language language) =>
        Named(
            ScriptPhrases.NameOf(language),
            "text/javascript; charset=utf-8",
            ScriptPhrases.Of(language)
        );

    private static Asset Named(string name, string type, byte[] bytes)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes))[..8];
        var dot = name.LastIndexOf('.');
        return new(name, $"{name[..dot]}.{digest}{name[dot..]}", type, bytes);
    }

    private static byte[] Read(string name)
    {
        using var stream =
            typeof(Assets).Assembly.GetManifestResourceStream($"web/{name}")
            ?? throw new InvalidOperationException($"The assembly lacks the resource web/{name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    [GeneratedRegex("asset:([a-z0-9.-]+)")]
    private static partial Regex AssetName();
}
