using Concord.Authority.Web;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Concord.Tests.Web;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://register.example.org", "register.example.org")]
    [InlineData("https://register.example.org:8443", "register.example.org")]
    [InlineData("http://localhost:8700", "localhost")]
    public void A_passkey_is_for_the_domain_of_its_origin(string origin, string domain)
    {
        Assert.True(WebAddress.TryParse(origin, out var address));
        Assert.Equal(new WebAddress(origin, domain), address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("register.example.org")]
    [InlineData("http://register.example.org")]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://[::1]")]
    [InlineData("https://Register.example.org")]
    [InlineData("https://register.example.org/")]
    [InlineData("https://register.example.org/log")]
    [InlineData("https://register.example.org:443")]
    [InlineData("https://name@register.example.org")]
    public void What_no_browser_would_sign_at_is_no_address(string? text) =>
        Assert.False(WebAddress.TryParse(text, out _));

    [Theory]
    [InlineData(null, true, "localhost:8700", "http://localhost:8700")]
    [InlineData(null, true, "register.example.org", null)]
    [InlineData(null, false, "localhost:8700", null)]
    [InlineData("https://register.example.org", false, "a.example", "https://register.example.org")]
    public void An_authority_has_the_address_it_names_and_a_sandbox_else_this_machine(
        string? named,
        bool isSandbox,
        string host,
        string? expected
    )
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new(host);
        Assert.Equal(expected, WebAddress.Of(named, isSandbox, request)?.Origin);
    }
}
