using System.Buffers.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>Acts with a hostile text in every field that a stranger writes freely.</summary>
internal static class HostileFilings
{
    // Ends an attribute, a title, a script; is an element; asks for a handler.
    public const string Text =
        "\"'></title></script><img data-hostile src=x onerror=hostile=1>{{7*7}}";

    private const string Hostile = Text;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Files them.</summary>
    /// <returns>What was filed, and the pages that show it.</returns>
    public static async Task<(List<object> Acts, List<string> Addresses)> FileAsync(
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
        await HostileWeights.FileAsync(server, (party, key), acts, addresses);
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
}
