using System.Globalization;
using System.Text;
using System.Xml;
using Concord.Authority.Api;
using Concord.Authority.Web.Tables;
using Concord.Rooms;

namespace Concord.Authority.Web;

/// <summary>
/// What tells a search engine which pages there are: <c>robots.txt</c>, and a sitemap in parts of
/// at most 50,000 addresses (sitemaps.org 0.9). Acts are not among them: whoever wants all of them
/// reads the log.
/// </summary>
internal static class Sitemap
{
    /// <summary>Addresses in a part.</summary>
    public const int PartMax = 50_000;

    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string ContentType = "application/xml; charset=utf-8";

    private static readonly string[] s_pages =
    [
        "/",
        "/register",
        "/standing",
        "/laws",
        "/log",
        "/acts",
        "/due",
        "/parties",
        "/authority",
        "/api",
        "/problems",
        "/about",
        "/accessibility",
    ];

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/robots.txt", Robots).ExcludeFromDescription();
        routes
            .MapGet("/sitemap.xml", Index)
            .WithName("sitemap")
            .WithMetadata(FromWorld.Mark)
            .ExcludeFromDescription();
        routes
            .MapGet("/sitemaps/{part}.xml", Part)
            .WithName("sitemap-part")
            .WithMetadata(FromWorld.Mark)
            .ExcludeFromDescription();
    }

    // What has no end (questions, files) is for who asks, not for who collects.
    private static IResult Robots(HttpContext context) =>
        Results.Text(
            $"""
            User-agent: *
            Disallow: /export/
            Disallow: /find
            Disallow: /register?
            Disallow: /*assume=
            Disallow: /*format=json

            Sitemap: {SiteAddress.Of(context.Request, "/sitemap.xml")}

            """.ReplaceLineEndings("\n"),
            "text/plain",
            Encoding.UTF8
        );

    private static IResult Index(HttpContext context, PublicSite site)
    {
        var models = site.RegisterOf(context).Count;
        var parts = Parts("models", models)
            .Concat(Parts("parties", site.WorldOf(context).Network.Parties.Count))
            .Prepend("pages-0");
        return Write(
            "sitemapindex",
            "sitemap",
            parts.Select(part => (SiteAddress.Of(context.Request, $"/sitemaps/{part}.xml"), ""))
        );
    }

    private static IResult Part(HttpContext context, PublicSite site, string part)
    {
        var address = SiteAddress.Of(context.Request);
        var paths =
            part.Split('-') is [var kind, var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                ? Paths(site, context, kind)
                    ?.Skip((int)Math.Min((long)place * PartMax, int.MaxValue))
                    .Take(PartMax)
                    .ToList()
                : null;
        return paths is { Count: > 0 }
            ? Write("urlset", "url", paths.Select(one => (address + one.Path, one.Changed)))
            : context.Fail(
                new(Problems.NotFound, $"the sitemap has no part {part}; /sitemap.xml lists them")
            );
    }

    private static IEnumerable<(string Path, string Changed)>? Paths(
        PublicSite site,
        HttpContext context,
        string kind
    )
    {
        var world = site.WorldOf(context);
        return kind switch
        {
            "pages" => s_pages
                .Concat(
                    world
                        .Network.Rulebooks.Select(one => $"/laws/{one.Book.Id}")
                        .Distinct(StringComparer.Ordinal)
                )
                .Select(path => (path, "")),
            "parties" => world
                .Network.Parties.Keys.OrderBy(id => id.Index)
                .Select(id => ($"/parties/{id}", "")),
            // By filing, oldest first: a model stays in its part.
            "models" => site.RegisterOf(context)
                .Lines(RegisterOrder.Filed)
                .Reverse()
                .Select(line => (ModelWords.Href(line.Id), Changed(site, world, line))),
            _ => null,
        };
    }

    private static string Changed(PublicSite site, World world, RegisterLine line) =>
        site.Index.TickOf(world.Registry.Models[line.Id].History.Index) is { } at
            ? at.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : "";

    private static IEnumerable<string> Parts(string kind, int count) =>
        Enumerable
            .Range(0, (count + PartMax - 1) / PartMax)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{kind}-{part}"));

    private static IResult Write(
        string root,
        string element,
        IEnumerable<(string Address, string Changed)> places
    )
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement(root, Namespace);
            foreach (var (address, changed) in places)
            {
                xml.WriteStartElement(element);
                xml.WriteElementString("loc", address);
                if (changed.Length > 0)
                {
                    xml.WriteElementString("lastmod", changed);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return Results.Bytes(stream.ToArray(), ContentType);
    }
}
