using System.Globalization;
using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// Whose passkey a page takes: every page on which something is signed against every role. All
/// pages are public; what differs is who can sign on them. The table is written by hand from
/// DESIGN §3 and decisions/0032, not from the code.
/// </summary>
public sealed class PageRoleTests
{
    private const string Table = """
        page                  administrator filer party-reader officer clerk auditor reader
        /file/register-model  signs         signs -            -       -     -       -
        /file/release         signs         signs -            -       -     -       -
        /file/derive          signs         signs -            -       -     -       -
        /file/deploy          signs         signs -            -       -     -       -
        /file/transfer        signs         signs -            -       -     -       -
        /file/answer          signs         signs -            -       -     -       -
        /file/amend           signs         signs -            -       -     -       -
        /file/correct         signs         signs -            -       -     -       -
        /file/withdraw        signs         signs -            -       -     -       -
        /file/dispute         signs         signs -            -       -     -       -
        /file/appeal          signs         signs -            -       -     -       -
        /decide/standing      -             -     -            signs   -     -       -
        /decide/ask           -             -     -            signs   signs -       -
        /decide/appoint       -             -     -            signs   -     -       -
        /read                 signs         signs signs        signs   signs signs   signs
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_takes_the_passkeys_of_the_roles_that_its_row_names()
    {
        await using var server = await SandboxServer.StartAsync();
        var who = await PeopleAsync(server);
        var (party, key) = await server.AdmitAsync("Gull Labs", PartyRole.Developer);
        var filed = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Gull 1")));
        var subject = new ModelId(filed.GetProperty("index").GetInt64());
        var lines = Table.Split('\n').Select(line => line.TrimEnd()).ToList();
        var roles = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        var table = new StringBuilder(lines[0]);
        foreach (var page in lines.Skip(1).Select(line => line.Split(' ')[0]))
        {
            table.Append(CultureInfo.InvariantCulture, $"\n{page, -21}");
            foreach (var role in roles)
            {
                var takes = await TakesAsync(server, page, who[role], subject);
                table.Append(' ').Append((takes ? "signs" : "-").PadRight(role.Length));
            }
        }

        Assert.Equal(lines, table.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    // Who decides is chosen out of those who may; who files or reads is named, then asked on.
    private static async Task<bool> TakesAsync(
        SandboxServer server,
        string page,
        (string Field, string Name) who,
        ModelId subject
    )
    {
        var address = $"{page}?{who.Field}={who.Name}&subject={subject}";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await server.Client.SendAsync(request, Cancel);
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, html);
        var sign =
            page is "/read" ? "name=\"what\""
            : page.StartsWith("/file/", StringComparison.Ordinal) ? "id=\"form\""
            : $"name=\"officer\" value=\"{who.Name}\"";
        return html.Contains(sign, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, (string Field, string Name)>> PeopleAsync(
        SandboxServer server
    )
    {
        var who = new Dictionary<string, (string Field, string Name)>(StringComparer.Ordinal);
        foreach (var role in Enum.GetValues<KeyRole>())
        {
            var name = role is KeyRole.Reader ? "party-reader" : role.ToString().ToLowerInvariant();
            who[name] = ("party", $"{await PartyAsync(server, name, role)}");
        }

        await Rotated.ReplaceAsync(
            server,
            set =>
                set with
                {
                    Institutions =
                    [
                        .. set.Institutions.Select(one =>
                            one.Name is "regulator"
                                ? one with
                                {
                                    Officers =
                                    [
                                        .. one.Officers,
                                        new() { Name = "desk", Key = Passkey(server) },
                                    ],
                                }
                                : one
                        ),
                    ],
                }
        );
        who["officer"] = ("officer", "regulator/desk");
        foreach (var role in Enum.GetValues<StaffRole>())
        {
            var name = role.ToString().ToLowerInvariant();
            await AppointAsync(server, role, name);
            who[name] = ("officer", $"regulator/{name}");
        }

        return who;
    }

    private static async Task<PartyId> PartyAsync(SandboxServer server, string name, KeyRole role)
    {
        var (party, key) = await server.AdmitAsync(name, PartyRole.Developer, PartyRole.Host);
        var add = new AddKey
        {
            Party = party,
            Key = new()
            {
                Key = Passkey(server),
                Holder = name,
                Role = role,
            },
        };
        await server.FileAsync(server.Sign(party, key, add));
        return party;
    }

    private static async Task AppointAsync(SandboxServer server, StaffRole role, string name)
    {
        using var officer = server.Authority.Keys.Read("officer-regulator-1");
        await server.Authority.FileAsync(
            new Speaker.Officer("regulator", "officer-1"),
            new Appoint
            {
                Institution = "regulator",
                Name = name,
                Role = role,
                Key = Passkey(server),
                Until = server.Authority.Intake.Current.World.At + TimeSpan.FromDays(30),
            },
            officer,
            Cancel
        );
    }

    // A page looks at the public half alone.
    private static PublicKey Passkey(SandboxServer server)
    {
        using var key = StatementSigner.Create();
        return PublicKey.Webauthn(
            key.PublicKey.X.Span,
            key.PublicKey.Y.Span,
            "localhost",
            [server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)]
        );
    }
}
