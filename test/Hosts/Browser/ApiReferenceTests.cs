using System.Net;
using System.Text.Json;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>What the API can be asked is on one page, and it is what programs are told.</summary>
[Collection(typeof(SiteCollection))]
public sealed class ApiReferenceTests(BrowsedSite site)
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_parameter_and_document_of_the_OpenAPI_document_is_on_the_page()
    {
        var document = await site.Server.ReadAsync("/openapi/v1.json");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api");
        request.Headers.Add("Accept", "text/html");
        using var response = await site.Server.Client.SendAsync(request, Cancel);
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancel));

        var count = 0;
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                count++;
                Assert.Contains($"{operation.Name.ToUpperInvariant()} {path.Name}<", page, Ordinal);
                Assert.Contains(Of(operation.Value, "summary"), page, Ordinal);
                if (operation.Value.TryGetProperty("parameters", out var parameters))
                {
                    Assert.All(
                        parameters.EnumerateArray(),
                        one => Assert.Contains($">{Of(one, "name")}<", page, Ordinal)
                    );
                }
            }
        }

        Assert.True(count > 30);
        foreach (
            var schema in document
                .GetProperty("components")
                .GetProperty("schemas")
                .EnumerateObject()
        )
        {
            Assert.Contains($"id=\"document-{schema.Name}\"", page, Ordinal);
        }
    }

    private static string Of(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
