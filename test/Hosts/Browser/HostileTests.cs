using System.Buffers.Text;
using System.Collections;
using System.Net;
using System.Reflection;
using System.Xml.Linq;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// What strangers file or ask with is text on every page: no field makes an element, no address
/// leads elsewhere, no page can be framed, and no request does anything without a signature.
/// </summary>
public sealed class HostileTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    // Ends an attribute, a title, a script; is an element; asks for a handler.
    private const string Hostile =
        "\"'></title></script><img data-hostile src=x onerror=hostile=1>{{7*7}}";

    // Texts that roots write, that are words of a list, or reasons of acts that need a day's
    // outage or a stolen key; pages show all reasons by the same line.
    private static readonly HashSet<string> s_otherwise = new(StringComparer.Ordinal)
    {
        "AuthorityName.Name",
        "Institution.Title",
        "DelegateAct.Acts",
        "ResumeClock.Reason",
        "Outage.Reason",
        "Confirm.Reason",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_text_that_a_stranger_can_file_is_text_on_every_page()
    {
        await using var server = await SandboxServer.StartAsync();
        await Sandbox.FurnishAsync(server.Authority, new Progress<FurnishingStep>(), Cancel);
        var (acts, addresses) = await FileAsync(server);
        var filled = acts.SelectMany(FilledIn).ToHashSet(StringComparer.Ordinal);
        var free = ActTable
            .Rows.Where(row => row.Form != ActForm.Sealed)
            .SelectMany(row => FreeTexts(row.Record, []))
            .Where(one => !s_otherwise.Contains(one));
        Assert.Empty(free.Except(filled, StringComparer.Ordinal));

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(
            new() { BaseURL = server.Client.BaseAddress!.ToString() }
        );
        var errors = PageTests.Listen(page);
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            Assert.False(await IsHitAsync(page), address);
        }

        Assert.True(errors.Count == 0, string.Join('\n', errors));
        Assert.Contains("data-hostile", await page.ContentAsync(), Ordinal);
        foreach (var feed in (string[])["/feeds/acts", "/feeds/register"])
        {
            var read = XDocument.Parse(await server.Client.GetStringAsync(feed, Cancel));
            Assert.DoesNotContain(read.Descendants(), one => one.Name.LocalName is "img");
        }
    }

    [Fact]
    public async Task What_a_stranger_asks_with_is_text_on_the_page_that_answers()
    {
        await using var server = await SandboxServer.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(
            new() { BaseURL = server.Client.BaseAddress!.ToString() }
        );
        var word = Uri.EscapeDataString(Hostile);
        foreach (
            var address in (string[])
                [
                    $"/register?search={word}",
                    $"/register?law={word}&answer={word}&sort={word}&after={word}",
                    $"/find?q={word}",
                    $"/acts?type={word}&by={word}&before={word}",
                    $"/models/{word}",
                    $"/parties/{word}",
                    $"/laws/{word}",
                    $"/laws/compare?a={word}&b={word}",
                    $"/join?invitation={word}",
                    $"/file/register-model?party={word}&name={word}&check=yes",
                    $"/decide/standing?subject={word}&officer={word}",
                    $"/decide/sign?act={word}",
                    $"/decide/appeal?appeal={word}",
                    $"/inbox?institution={word}",
                    $"/problems/{word}",
                    $"/{word}",
                ]
        )
        {
            await page.GotoAsync(address);
            Assert.False(await IsHitAsync(page), address);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/register")]
    [InlineData("/join")]
    [InlineData("/file/register-model")]
    [InlineData("/officers/passkey")]
    [InlineData("/inbox")]
    [InlineData("/read")]
    [InlineData("/nothing-of-the-kind")]
    public async Task No_page_is_shown_in_a_frame_of_another_site(string address)
    {
        await using var server = await SandboxServer.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.SetContentAsync(
            $"<iframe src=\"{server.Client.BaseAddress!.ToString().TrimEnd('/')}{address}\"></iframe>"
        );
        await page.WaitForTimeoutAsync(500);

        Assert.DoesNotContain(page.Frames.Skip(1), one => one.Url.StartsWith("http:", Ordinal));
    }

    [Fact]
    public async Task No_answer_sets_a_cookie_and_no_address_leads_to_another_site()
    {
        await using var server = await SandboxServer.StartAsync();
        using var direct = new HttpClient(
            new HttpClientHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                CheckCertificateRevocationList = true,
            }
        )
        {
            BaseAddress = server.Client.BaseAddress,
        };
        foreach (
            var address in (string[])
                [
                    "/",
                    "//evil.example/",
                    "/%2F%2Fevil.example",
                    "/\\evil.example",
                    "/find?q=https://evil.example",
                    "/find?q=//evil.example",
                    "/join?invitation=//evil.example&return=https://evil.example",
                    "/register?returnUrl=https://evil.example",
                    "/acts/https:%2F%2Fevil.example",
                ]
        )
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri($"{server.Client.BaseAddress!.ToString().TrimEnd('/')}{address}")
            );
            request.Headers.Accept.ParseAdd("text/html");
            request.Headers.Add("Cookie", ".AspNetCore.Session=chosen; session=chosen");
            using var answer = await direct.SendAsync(request, Cancel);
            Assert.False(answer.Headers.Contains("Set-Cookie"), address);
            var location = answer.Headers.Location?.ToString();
            Assert.True(
                location is null
                    || (location.StartsWith('/') && !location.StartsWith("//", Ordinal)),
                $"{address} leads to {location}"
            );
        }
    }

    [Fact]
    public async Task A_form_of_another_site_files_nothing_and_an_oversized_one_is_refused()
    {
        await using var server = await SandboxServer.StartAsync();
        var acts = server.Acts;
        foreach (var address in (string[])["/", "/join", "/file/register-model", "/acts", "/inbox"])
        {
            using var form = new FormUrlEncodedContent([new("name", "Tern"), new("check", "yes")]);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
            request.Headers.Add("Origin", "https://evil.example");
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            using var answer = await server.Client.SendAsync(request, Cancel);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }

        var long_ = new string('a', 100_000);
        using var asked = await server.Client.GetAsync($"/register?search={long_}", Cancel);
        Assert.Contains(
            asked.StatusCode,
            (HttpStatusCode[])
                [HttpStatusCode.RequestUriTooLong, HttpStatusCode.RequestHeaderFieldsTooLarge]
        );
        Assert.Equal(acts, server.Acts);
    }

    private static Task<bool> IsHitAsync(IPage page) =>
        page.EvaluateAsync<bool>(
            "!!document.querySelector('[data-hostile]') || typeof hostile !== 'undefined'"
        );

    // What is filed with the hostile text in every free field, and the pages that show it.
    private static async Task<(List<object> Acts, List<string> Addresses)> FileAsync(
        SandboxServer server
    )
    {
        var acts = new List<object>();
        var addresses = new List<string>
        {
            "/",
            "/parties",
            "/inbox",
            "/authority",
            "/register",
            "/find?q=data-hostile",
        };
        var (party, key) = await server.AdmitAsync(
            Hostile,
            PartyRole.Datacentre,
            PartyRole.Developer,
            PartyRole.Host,
            PartyRole.Institute
        );
        acts.Add(server.Authority.Contents.Act(party.Index).Act);
        addresses.Add($"/parties/{party}");

        async Task<long> Party(Act act, SealedPart? part = null, ReadOnlyMemory<byte>? file = null)
        {
            acts.Add(act);
            var filed = await server.FileAsync(
                Drafting.Compose(
                    act,
                    $"{server.Origin}#{party}",
                    key,
                    part,
                    file is { } bytes ? [bytes] : null
                )
            );
            var index = filed.GetProperty("index").GetInt64();
            addresses.Add($"/acts/{new ActId(index)}");
            return index;
        }

        async Task<long> Officers(JointAct act)
        {
            acts.Add(act);
            var last = 0L;
            // Nobody decides on an appeal against what their institution signed.
            (string, int)[] signers = act switch
            {
                StandingAct => [("regulator", 1), ("regulator", 2)],
                _ => [("institute", 1), ("board", 1)],
            };
            foreach (var (institution, number) in signers)
            {
                using var officer = server.Authority.Keys.Read(
                    SandboxKeys.Officer(institution, number)
                );
                var speaker = new Speaker.Officer(institution, SandboxKeys.OfficerName(number));
                last = (await server.Authority.FileAsync(speaker, act, officer, Cancel)).Index;
                addresses.Add($"/acts/{new ActId(last)}");
            }

            return last;
        }

        await FileAllAsync(server, party, Party, Officers, addresses);
        var erase = new Erase
        {
            Target = new(
                server
                    .Authority.Index.Models.First(one =>
                        server.Authority.Index.TypeOf(one.Index).Record == typeof(RegisterModel)
                    )
                    .Index
            ),
            Attachment = ((RegisterModel)acts[1]).Attachments[0].Digest,
            Reason = Hostile,
        };
        acts.Add(erase);
        using var registrar = server.Authority.Keys.Read(KeyFolder.Registrar);
        await server.Authority.FileAsync(
            new Speaker.Authority(KeyPurpose.Registrar),
            erase,
            registrar,
            Cancel
        );
        return (acts, addresses);
    }

    private static async Task FileAllAsync(
        SandboxServer server,
        PartyId party,
        Func<Act, SealedPart?, ReadOnlyMemory<byte>?, Task<long>> file,
        Func<JointAct, Task<long>> decide,
        List<string> addresses
    )
    {
        var now = server.Authority.Intake.Current.World.At;
        var fact = new DeclaredFact
        {
            Fact = "market[EU]",
            Value = new FactValue.Text("placed"),
            Source = Hostile,
        };
        var (entry, bytes) = Given.File(Hostile, Visibility.Public);
        var model = new ModelId(
            await file(
                Given.Model(party, Hostile) with
                {
                    Version = Hostile,
                    Facts = [fact],
                    Attachments = [entry],
                    TrainingCompute =
                    [
                        new()
                        {
                            Profile = "eu.cumulative",
                            State = ComputeState.Planned,
                            Low = Flop.Parse("1e25"),
                            Method = Hostile,
                        },
                    ],
                },
                null,
                bytes
            )
        );
        addresses.Add($"/models/{model}");
        addresses.Add($"/decide/standing?subject={model}");
        var release = await file(
            Given.Release(model, now.Day) with
            {
                Name = Hostile,
                Licence = Hostile,
            },
            null,
            null
        );
        addresses.Add($"/releases/{new ReleaseId(release)}");
        var report = await file(Report(fact), null, null);
        addresses.Add($"/models/{new ModelId(report)}");
        await file(new Withdraw { Target = new(report), Reason = Hostile }, null, null);
        await KeysAsync(party, now, file, decide, addresses);
        await SealedAsync(party, file);
        await ChangeAsync(server, party, model, new(release), file, decide);
    }

    private static async Task SealedAsync(
        PartyId party,
        Func<Act, SealedPart?, ReadOnlyMemory<byte>?, Task<long>> file
    )
    {
        var address = new SiteAddress { Salt = Given.Salt, Address = Hostile };
        var site = await file(
            new Site
            {
                Operator = party,
                Name = Hostile,
                Country = "CH",
                SealedPart = default,
            },
            address,
            null
        );
        await file(
            new Reveal
            {
                Target = new(site),
                Document = Base64Url.EncodeToString(ActJson.Write(address)),
                Reason = Hostile,
            },
            null,
            null
        );
    }

    private static async Task KeysAsync(
        PartyId party,
        Instant now,
        Func<Act, SealedPart?, ReadOnlyMemory<byte>?, Task<long>> file,
        Func<JointAct, Task<long>> decide,
        List<string> addresses
    )
    {
        var invited = StatementSigner.Create();
        await file(
            new Invite
            {
                Party = party,
                Role = KeyRole.Filer,
                Holder = Hostile,
                Code = invited.PublicKey,
                Until = now + TimeSpan.FromDays(3),
            },
            null,
            null
        );
        using var added = StatementSigner.Create();
        await file(
            new AddKey
            {
                Party = party,
                Key = new()
                {
                    Key = added.PublicKey,
                    Holder = Hostile,
                    Role = KeyRole.Filer,
                },
            },
            null,
            null
        );
        addresses.Add($"/keys/{added.PublicKey.Id}");
        await file(new RevokeKey { Key = added.PublicKey.Id, Reason = Hostile }, null, null);
        using var recovered = StatementSigner.Create();
        await decide(
            new RecoverKeys
            {
                Joint = new()
                {
                    Kind = JointKind.Institutions,
                    K = 2,
                    Epoch = 1,
                },
                Party = party,
                Key = new()
                {
                    Key = recovered.PublicKey,
                    Holder = Hostile,
                    Role = KeyRole.Administrator,
                },
                Reason = Hostile,
            }
        );
    }

    private static async Task ChangeAsync(
        SandboxServer server,
        PartyId party,
        ModelId model,
        ReleaseId release,
        Func<Act, SealedPart?, ReadOnlyMemory<byte>?, Task<long>> file,
        Func<JointAct, Task<long>> decide
    )
    {
        var target = new ActId(model.Index);
        var changes = System.Text.Json.JsonSerializer.SerializeToElement(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["version"] = Hostile + "2" }
        );
        await file(
            new Amend
            {
                Target = target,
                Changes = changes,
                Reason = Hostile,
            },
            null,
            null
        );
        changes = System.Text.Json.JsonSerializer.SerializeToElement(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["version"] = Hostile + "3" }
        );
        await file(
            new Correct
            {
                Target = target,
                Changes = changes,
                Reason = Hostile,
            },
            null,
            null
        );
        var joint = new JointTerms
        {
            Kind = JointKind.Officers,
            K = 2,
            Epoch = 1,
        };
        var subject = SubjectId.Of(model);
        var until = server.Authority.Intake.Current.World.At + TimeSpan.FromDays(30);
        await decide(
            new Certify
            {
                Joint = joint,
                Target = subject,
                Reason = Hostile,
                Conditions = [Hostile],
                Until = until,
            }
        );
        await decide(
            new Expire
            {
                Joint = joint,
                Target = subject,
                Reason = Hostile,
            }
        );
        var suspended = await decide(
            new Suspend
            {
                Joint = joint,
                Target = subject,
                Reason = Hostile,
            }
        );
        var world = server.Authority.Intake.Current.World;
        var decision = world.Registry.Models[model].Standing.DecidedBy;
        Assert.True(decision <= suspended);
        var appeal = await file(
            new Appeal
            {
                By = party,
                Against = new(decision),
                Grounds = Hostile,
            },
            null,
            null
        );
        await decide(
            new Restore
            {
                Joint = joint,
                Target = subject,
                Reason = Hostile,
            }
        );
        var institutions = joint with { Kind = JointKind.Institutions };
        await decide(
            new VoidAct
            {
                Joint = institutions,
                Target = new(release.Index),
                Reason = Hostile,
            }
        );
        await decide(
            new DecideAppeal
            {
                Joint = institutions,
                Appeal = new(appeal),
                Outcome = AppealOutcome.Upheld,
                Reason = Hostile,
            }
        );
    }

    private static ReportModel Report(DeclaredFact fact)
    {
        var text = new ReportedText { Value = Hostile, Source = 0 };
        return new()
        {
            Name = Hostile + " reported",
            Developers = [Hostile],
            Countries = [Hostile],
            TrainingCompute = new()
            {
                Figure = Flop.Parse("1e24"),
                Confidence = Hostile[..60],
                Source = 0,
            },
            Parameters = text,
            Accessibility = text,
            Hardware = text,
            HardwareQuantity = text,
            Domain = text,
            BaseModels = [new() { Name = Hostile }],
            Facts = [fact],
            Sources = [new() { Title = Hostile, Licence = Hostile }],
        };
    }

    // Members of an act that are free text, as Record.Member, however deep.
    private static IEnumerable<string> FreeTexts(Type record, HashSet<Type> seen)
    {
        if (!seen.Add(record))
        {
            yield break;
        }

        foreach (var member in record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (member.CustomAttributes.Any(IsFreeText))
            {
                yield return $"{member.DeclaringType!.Name}.{member.Name}";
            }

            var inner =
                member.PropertyType.IsGenericType
                && member.PropertyType.IsAssignableTo(typeof(IEnumerable))
                    ? member.PropertyType.GetGenericArguments()[0]
                    : member.PropertyType;
            if (inner.Assembly == typeof(Act).Assembly)
            {
                foreach (var one in FreeTexts(inner, seen))
                {
                    yield return one;
                }
            }
        }
    }

    private static bool IsFreeText(CustomAttributeData one) =>
        one.AttributeType.Name is "TextAttribute"
        && one.NamedArguments.All(argument => argument.MemberName is not "Form");

    // Members of what was filed that have the hostile text.
    private static IEnumerable<string> FilledIn(object? filed)
    {
        if (filed is null or string || filed.GetType().Assembly != typeof(Act).Assembly)
        {
            yield break;
        }

        foreach (
            var member in filed.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        )
        {
            if (member.GetIndexParameters().Length > 0)
            {
                continue;
            }

            var value = member.GetValue(filed);
            var items =
                value is string ? [value] : (value as IEnumerable)?.Cast<object?>() ?? [value];
            foreach (var item in items)
            {
                if (item is string text && text.StartsWith(Hostile[..60], Ordinal))
                {
                    yield return $"{member.DeclaringType!.Name}.{member.Name}";
                }

                foreach (var one in FilledIn(item))
                {
                    yield return one;
                }
            }
        }
    }
}
