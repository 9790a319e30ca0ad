using System.Globalization;
using System.Text;
using System.Xml;
using Concord.Acts;
using Concord.Authority.Web.Deadlines;
using Concord.Measures;
using Concord.Rooms;

namespace Concord.Authority.Web.Feeds;

/// <summary>
/// A feed as Atom (RFC 4287), a page at a time (RFC 5005 §3). The id of an entry is that of the act
/// under the origin of the log: it stays when the site moves. Nothing but what the page of an act
/// shows to everybody is in it.
/// </summary>
/// <param name="site">What pages read.</param>
/// <param name="world">The world that is read.</param>
/// <param name="address">Where the site is.</param>
public sealed class AtomFeed(PublicSite site, World world, string address)
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/atom+xml; charset=utf-8";

    /// <summary>Entries on a page.</summary>
    public const int PageSize = 50;

    private const string Namespace = "http://www.w3.org/2005/Atom";

    private static readonly TimeSpan s_near = TimeSpan.FromDays(7);

    private readonly Names _names = new(world, isLinked: false);

    /// <summary>Writes the acts before one.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="before">The log index before which the page begins; null: the newest.</param>
    public byte[] Write(Feed feed, long? before)
    {
        ArgumentNullException.ThrowIfNull(feed);
        var found = feed
            .Acts.Where(index => before is not { } last || index < last)
            .Take(PageSize + 1)
            .ToList();
        var shown = found.Take(PageSize).ToList();
        return Written(xml =>
        {
            Head(xml, feed, Time(shown.Count > 0 ? shown[0] : 0));
            Link(xml, "self", Part(feed, before), ContentType.Split(';')[0]);
            Link(xml, "first", feed.Path, ContentType.Split(';')[0]);
            if (found.Count > PageSize)
            {
                Link(xml, "next", Part(feed, shown[^1]), ContentType.Split(';')[0]);
            }

            foreach (var index in shown)
            {
                Entry(xml, index);
            }
        });
    }

    /// <summary>Writes what is due within a week, or overdue: each since a week before its time.
    /// </summary>
    /// <param name="lines">What is due.</param>
    public byte[] Write(IEnumerable<DueLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var near = lines
            .Where(line => line.At - s_near <= world.At)
            .OrderByDescending(line => line.At)
            .ThenBy(line => line.Href, StringComparer.Ordinal)
            .Take(PageSize)
            .ToList();
        var feed = new Feed(FeedList.DuePath, $"Due at {site.Authority}", "/due", []);
        return Written(xml =>
        {
            Head(xml, feed, near.Count > 0 ? Say(near[0].At - s_near) : Time(0));
            Link(xml, "self", feed.Path, ContentType.Split(';')[0]);
            foreach (var line in near)
            {
                xml.WriteStartElement("entry");
                xml.WriteElementString("id", Id($"{line.Href}#due-{line.Kind}-{line.At}"));
                xml.WriteElementString(
                    "title",
                    Clean($"{Times.Long(line.At)}: {line.What.Plain()}")
                );
                xml.WriteElementString("updated", Say(line.At - s_near));
                Link(xml, "alternate", line.Href, "text/html");
                xml.WriteElementString("summary", Clean($"{line.What.Plain()}."));
                xml.WriteEndElement();
            }
        });
    }

    private static byte[] Written(Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("feed", Namespace);
            write(xml);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private void Head(XmlWriter xml, Feed feed, string updated)
    {
        xml.WriteElementString("id", Id(feed.Path));
        xml.WriteElementString("title", Clean(feed.Title));
        xml.WriteElementString("updated", updated);
        xml.WriteStartElement("author");
        xml.WriteElementString("name", Clean(site.Authority));
        xml.WriteEndElement();
        Link(xml, "alternate", feed.Page, "text/html");
    }

    private void Entry(XmlWriter xml, long index)
    {
        var (what, detail) = ActLines.Words(site, _names, index);
        var path = $"/acts/{new ActId(index)}";
        xml.WriteStartElement("entry");
        xml.WriteElementString("id", Id(path));
        xml.WriteElementString("title", Clean(what.Plain()));
        xml.WriteElementString("updated", Time(index));
        xml.WriteElementString("published", Time(index));
        xml.WriteStartElement("author");
        xml.WriteElementString(
            "name",
            Clean(_names.Speaker(site.Contents.Statement(index).Issuer).Plain())
        );
        xml.WriteEndElement();
        Link(xml, "alternate", path, "text/html");
        foreach (var model in site.ModelsOf(world, index))
        {
            Link(xml, "related", ModelWords.Href(model), "text/html");
        }

        xml.WriteElementString(
            "summary",
            Clean(detail is { IsEmpty: false } ? detail.Plain() : what.Plain())
        );
        xml.WriteEndElement();
    }

    private void Link(XmlWriter xml, string relation, string path, string type)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address + path);
        xml.WriteEndElement();
    }

    private string Id(string path) => $"https://{site.Origin}{path}";

    private static string Part(Feed feed, long? before) =>
        before is { } index ? $"{feed.Path}?before={new ActId(index)}" : feed.Path;

    // What was said before the clock first spoke was said no later than that.
    private string Time(long index)
    {
        for (var i = index; i < world.Size; i++)
        {
            if (site.Index.TickOf(i) is { } tick)
            {
                return Say(tick);
            }
        }

        return Say(world.At);
    }

    private static string Say(Instant at) =>
        at.ToDateTimeOffset()
            .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // A name may hold what XML cannot.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isText = rune.Value is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFE or 0xFFFF);
            clean.Append(isText ? rune.ToString() : "\uFFFD");
        }

        return clean.ToString();
    }
}
