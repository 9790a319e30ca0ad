using System.Xml.Linq;
using Concord.Authority.Web;

namespace Concord.Tests.Web;

/// <summary>Reads markup as a browser would: well-formed, or the test fails.</summary>
internal static class Reading
{
    internal static XElement Tree(Markup markup) => XElement.Parse($"<r>{markup}</r>");

    internal static string Words(Markup markup) => Tree(markup).Value;

    internal static IEnumerable<XElement> All(Markup markup, string element) =>
        Tree(markup).Descendants(element);
}
