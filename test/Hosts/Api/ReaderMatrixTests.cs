using System.Globalization;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// Who reads what is not public: every kind of document against every kind of reader. The table is
/// written by hand from ACTS.md (columns <em>form, visible</em>) and DESIGN §3, not from the code.
/// </summary>
public sealed class ReaderMatrixTests
{
    // 401: it is not known who asks, or an officer gives no reason. 404: it is not for who asks.
    private const string Table = """
        document                    nobody stranger filer buyer other officer no-why registrar root
        registry/deploy document    401    401      200   404   404   200     401    404       404
        registry/deploy readings    401    401      200   404   404   200     200    404       404
        register-model part         401    401      200   404   404   200     401    404       404
        register-model for-parties  401    401      200   404   404   200     401    404       404
        register-model for-officers 401    401      200   404   404   200     401    404       404
        register-model public       200    200      200   200   200   200     200    200       200
        network/site part           401    401      200   404   404   200     401    404       404
        registry/transfer part      401    401      200   200   404   200     401    404       404
        applications                401    401      404   404   404   200     200    200       404
        registry/ask document       401    401      200   404   404   200     401    404       404
        registry/ask readings       401    401      200   404   404   200     200    404       404
        registry/answer document    401    401      200   404   404   200     401    404       404
        case of the question        404    401      200   404   404   200     401    404       404
        network/appeal part         401    401      200   404   404   200     401    404       404
        network/decide-appeal part  401    401      200   404   404   200     401    404       404
        revealed part               200    200      200   200   200   200     200    200       200
        revealed document           200    200      200   200   200   200     200    200       200
        revealed attachment         200    200      200   200   200   200     200    200       200
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_document_is_for_those_whom_its_row_names_and_is_not_there_for_others()
    {
        await using var server = await SandboxServer.StartAsync();
        var scene = await Scene.SetAsync(server);
        var readers = Table.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        var table = new StringBuilder(Table.Split('\n')[0]);
        foreach (var (document, address) in scene.Documents)
        {
            table.Append(CultureInfo.InvariantCulture, $"\n{document, -27}");
            foreach (var reader in readers)
            {
                using var answer = await scene.AskAsync(reader, address);
                table.Append(CultureInfo.InvariantCulture, $" {(int)answer.StatusCode}");
                table.Append(' ', reader.Length - 3);
                if ((int)answer.StatusCode == 404)
                {
                    var body = await answer.Content.ReadAsStringAsync(Cancel);
                    Assert.Equal("the document is not here", Detail(body));
                }
            }
        }

        Assert.Equal(Trimmed(Table), Trimmed(table.ToString()));
    }

    [Fact]
    public async Task Staff_reads_what_officers_read_and_a_reader_no_application()
    {
        await using var server = await SandboxServer.StartAsync();
        var scene = await Scene.SetAsync(server);
        foreach (var (document, address) in scene.Documents)
        {
            using var officer = await scene.AskAsync("officer", address);
            foreach (var role in (string[])["clerk", "auditor", "reader"])
            {
                using var answer = await scene.AskAsync(role, address);
                var isClosed = document is "applications" && role is "reader";
                Assert.Equal(isClosed ? 404 : (int)officer.StatusCode, (int)answer.StatusCode);
            }
        }
    }

    private static string? Detail(string body) =>
        SandboxServer.Json(body).GetProperty("detail").GetString();

    private static IEnumerable<string> Trimmed(string table) =>
        table.Split('\n').Select(line => line.TrimEnd());

    private sealed class Scene(SandboxServer server)
    {
        private readonly Dictionary<
            string,
            (string Speaker, StatementSigner Key, string? Why)
        > _who = new(StringComparer.Ordinal);

        public Dictionary<string, string> Documents { get; } = new(StringComparer.Ordinal);

        public static async Task<Scene> SetAsync(SandboxServer server)
        {
            var scene = new Scene(server);
            var (filer, key) = await server.AdmitAsync(
                "Tern Labs",
                PartyRole.Datacentre,
                PartyRole.Developer,
                PartyRole.Host,
                PartyRole.Seller
            );
            var (buyer, buyerKey) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
            var (other, otherKey) = await server.AdmitAsync("Ibis Hosting", PartyRole.Host);
            scene._who["stranger"] = (other.ToString(), StatementSigner.Create(), null);
            scene._who["filer"] = (filer.ToString(), key, null);
            scene._who["buyer"] = (buyer.ToString(), buyerKey, "a reason");
            scene._who["other"] = (other.ToString(), otherKey, "a reason");
            var officer = server.Authority.Keys.Read("officer-regulator-1");
            scene._who["officer"] = ("officer/regulator/officer-1", officer, "Case 7");
            scene._who["no-why"] = ("officer/regulator/officer-1", officer, null);
            foreach (var role in (string[])["clerk", "auditor", "reader"])
            {
                scene._who[role] = await scene.AppointAsync(role);
            }

            scene._who["registrar"] = ("authority", server.Authority.Keys.Read("registrar"), "Why");
            scene._who["root"] = ("root/root-1", server.Authority.Keys.Read("root-1"), "Why");
            await scene.FileAsync(filer, key, buyer, buyerKey);
            return scene;
        }

        private async Task<(string, StatementSigner, string?)> AppointAsync(string role)
        {
            var key = StatementSigner.Create();
            var act = new Appoint
            {
                Institution = "regulator",
                Name = "desk-of-" + role,
                Role = Enum.Parse<StaffRole>(role, ignoreCase: true),
                Key = key.PublicKey,
                Until = server.Authority.Intake.Current.World.At + TimeSpan.FromDays(30),
            };
            await OfficerAsync("regulator", 1, act);
            return ($"{role}/regulator/{act.Name}", key, "Case 7");
        }

        public Task<HttpResponseMessage> AskAsync(string reader, string address) =>
            _who.TryGetValue(reader, out var one)
                ? server.ReadAsAsync(one.Speaker, one.Key, address, one.Why)
                : server.Client.GetAsync(address, Cancel);

        private async Task FileAsync(
            PartyId filer,
            StatementSigner key,
            PartyId buyer,
            StatementSigner buyerKey
        )
        {
            var files = (
                (Visibility[])[Visibility.Public, Visibility.Parties, Visibility.Authorities]
            )
                .Select(visibility => Given.File("file.pdf", visibility))
                .ToList();
            var model = await server.FileAsync(
                Drafting.Compose(
                    Given.Model(filer, "Tern 1") with
                    {
                        Attachments = [.. files.Select(file => file.Entry)],
                    },
                    $"{server.Origin}#{filer}",
                    key,
                    new RegistrationDetails { Salt = Given.Salt, WeightsCustody = "Two vaults." },
                    [.. files.Select(file => file.Bytes)]
                )
            );
            var id = Id(model);
            var day = server.Authority.Intake.Current.World.At.Day;
            var release = await server.FileAsync(
                server.Sign(filer, key, Given.Release(new(Index(model)), day))
            );
            var deploy = await server.FileAsync(
                server.Sign(filer, key, Given.Deployment(new(Index(release)), filer))
            );
            var address = new SiteAddress { Salt = Given.Salt, Address = "1 Quay Street" };
            var site = await server.FileAsync(
                server.Sign(
                    filer,
                    key,
                    new Site
                    {
                        Operator = filer,
                        Name = "North hall",
                        Country = "CH",
                        SealedPart = Digest.Of(ActJson.Write(address)),
                    },
                    address
                )
            );
            var transfer = await TransferAsync(filer, key, buyer, buyerKey, new(Index(release)));
            Documents["registry/deploy document"] = $"/acts/{Id(deploy)}/document";
            Documents["registry/deploy readings"] = $"/acts/{Id(deploy)}/readings";
            Documents["register-model part"] = $"/acts/{id}/sealed-part";
            Documents["register-model for-parties"] = $"/acts/{id}/attachments/1";
            Documents["register-model for-officers"] = $"/acts/{id}/attachments/2";
            Documents["register-model public"] = $"/acts/{id}/attachments/0";
            Documents["network/site part"] = $"/acts/{Id(site)}/sealed-part";
            Documents["registry/transfer part"] = $"/acts/{transfer}/sealed-part";
            Documents["applications"] = "/applications";
            await AskAsync(filer, key, new(Index(model)));
            await AppealAsync(filer, key, new(Index(model)));
            await RevealAsync(filer, key, new(Index(release)));
        }

        /// <summary>A question to the filer, and its answer.</summary>
        private async Task AskAsync(PartyId filer, StatementSigner key, ModelId model)
        {
            var asked = await FileAsync(
                "registrar",
                "authority",
                new AskQuestion
                {
                    Salt = Given.Salt,
                    Case = SubjectId.Of(model),
                    To = filer,
                    Question = "Who holds the weights?",
                    Due = server.Authority.Intake.Current.World.At + TimeSpan.FromDays(2),
                }
            );
            var answer = new AnswerQuestion
            {
                Salt = Given.Salt,
                Question = new(Index(asked)),
                Answer = "Four persons.",
            };
            var answered = await server.FileAsync(server.Sign(filer, key, answer));
            Documents["registry/ask document"] = $"/acts/{Id(asked)}/document";
            Documents["registry/ask readings"] = $"/acts/{Id(asked)}/readings";
            Documents["registry/answer document"] = $"/acts/{Id(answered)}/document";
            Documents["case of the question"] = $"/cases/{model}";
        }

        /// <summary>An appeal of the filer, decided with sealed reasons.</summary>
        private async Task AppealAsync(PartyId filer, StatementSigner key, ModelId model)
        {
            var suspend = new Suspend
            {
                Joint = Terms(JointKind.Officers),
                Target = SubjectId.Of(model),
                Reason = "An evaluation was not filed.",
            };
            var suspended = await OfficerAsync("regulator", 1, suspend);
            await OfficerAsync("regulator", 2, suspend);
            var appealed = await server.FileAsync(
                server.Sign(
                    filer,
                    key,
                    new Appeal
                    {
                        By = filer,
                        Against = new(Index(suspended)),
                        Grounds = "It was filed.",
                    },
                    new AppealGrounds { Salt = Given.Salt, Grounds = "With the customer." }
                )
            );
            var decision = new DecideAppeal
            {
                Joint = Terms(JointKind.Institutions),
                Appeal = new(Index(appealed)),
                Outcome = AppealOutcome.SetAside,
                Reason = "It was.",
            };
            var reasons = new AppealReasons
            {
                Salt = Given.Salt,
                Reasons = "The customer says so.",
            };
            var decided = await OfficerAsync("institute", 1, decision, reasons);
            await OfficerAsync("board", 1, decision, reasons);
            Documents["network/appeal part"] = $"/acts/{Id(appealed)}/sealed-part";
            Documents["network/decide-appeal part"] = $"/acts/{Id(decided)}/sealed-part";
        }

        /// <summary>What the filer stated in confidence and makes public.</summary>
        private async Task RevealAsync(PartyId filer, StatementSigner key, ReleaseId release)
        {
            var letter = Given.File("letter.pdf", Visibility.Authorities);
            var details = new RegistrationDetails
            {
                Salt = Given.Salt,
                WeightsCustody = "A vault.",
            };
            var model = await server.FileAsync(
                Drafting.Compose(
                    Given.Model(filer, "Tern 2") with
                    {
                        Attachments = [letter.Entry],
                    },
                    $"{server.Origin}#{filer}",
                    key,
                    details,
                    [letter.Bytes]
                )
            );
            var deployment = Given.Deployment(release, filer) with { Purpose = "Research" };
            var deployed = await server.FileAsync(server.Sign(filer, key, deployment));
            await ShowAsync(new(Index(model)), ActJson.Write(details), null);
            await ShowAsync(new(Index(model)), null, letter.Entry.Digest);
            await ShowAsync(new(Index(deployed)), ActJson.Write(deployment), null);
            Documents["revealed part"] = $"/acts/{Id(model)}/sealed-part";
            Documents["revealed document"] = $"/acts/{Id(deployed)}/document";
            Documents["revealed attachment"] = $"/acts/{Id(model)}/attachments/0";

            Task<JsonElement> ShowAsync(ActId target, byte[]? document, Digest? attachment) =>
                server.FileAsync(
                    server.Sign(
                        filer,
                        key,
                        new Reveal
                        {
                            Target = target,
                            Document = document is null
                                ? null
                                : System.Buffers.Text.Base64Url.EncodeToString(document),
                            Attachment = attachment,
                            Reason = "The model is out.",
                        }
                    )
                );
        }

        private static JointTerms Terms(JointKind kind) =>
            new()
            {
                Kind = kind,
                K = 2,
                Epoch = 1,
            };

        private Task<JsonElement> OfficerAsync(
            string institution,
            int number,
            Act act,
            SealedPart? part = null
        ) =>
            FileAsync(
                $"officer-{institution}-{number}",
                $"officer/{institution}/officer-{number}",
                act,
                part
            );

        private async Task<JsonElement> FileAsync(
            string keyName,
            string speaker,
            Act act,
            SealedPart? part = null
        )
        {
            using var key = server.Authority.Keys.Read(keyName);
            return await server.FileAsync(
                Drafting.Compose(act, $"{server.Origin}#{speaker}", key, part)
            );
        }

        private async Task<string> TransferAsync(
            PartyId seller,
            StatementSigner key,
            PartyId buyer,
            StatementSigner buyerKey,
            ReleaseId release
        )
        {
            var terms = new TransferTerms
            {
                Salt = Given.Salt,
                Kind = TransferKind.Sale,
                Effective = server.Authority.Intake.Current.World.At.Day,
            };
            var transfer = new Transfer
            {
                Joint = new()
                {
                    Kind = JointKind.Parties,
                    K = 2,
                    Epoch = 1,
                    Parties = [seller, buyer],
                },
                Release = release,
                SealedPart = Digest.Of(ActJson.Write(terms)),
            };
            var first = await server.FileAsync(server.Sign(seller, key, transfer, terms));
            await server.FileAsync(server.Sign(buyer, buyerKey, transfer, terms));
            return Id(first);
        }

        private static string Id(JsonElement answer) => answer.GetProperty("id").GetString()!;

        private static long Index(JsonElement answer) => answer.GetProperty("index").GetInt64();
    }
}
