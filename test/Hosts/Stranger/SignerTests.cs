using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Concord.Acts.Network;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Hosts.Stranger;

/// <summary>
/// Statements that another program made from the specification alone are taken by a running
/// authority: a party's key, and a person's passkey.
/// </summary>
public sealed class SignerTests
{
    private const string Rp = "concord.example";
    private const string Web = "https://concord.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_vectors_are_what_the_other_implementation_writes() =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(PythonProgram.Root, "specs/signers.vectors.json")),
            Encoding.UTF8.GetString(PythonProgram.Run("signer.py", default, "vectors"))
        );

    [Fact]
    public async Task A_party_files_by_a_program_that_was_written_from_the_specification()
    {
        await using var server = await SandboxServer.StartAsync();
        var scalar = new string('7', 64);
        var party = await AdmitAsync(server, "Plover Works", KeyOf(scalar, passkey: false));
        var act = Act(party, "Plover 1");

        var statement = PythonProgram.Run(
            "signer.py",
            act,
            "sign",
            scalar,
            $"{server.Origin}#{party}",
            "registry/register-model"
        );

        await IsTaken(server, statement, "Plover 1");
        act[^3] ^= 1;
        using var refused = await server.PostAsync(
            PythonProgram.Run("signer.py", act, "sign", scalar, $"{server.Origin}#{party}", "else")
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task A_person_files_by_a_passkey_of_that_program()
    {
        await using var server = await SandboxServer.StartAsync();
        var scalar = new string('8', 64);
        var party = await AdmitAsync(server, "Dunlin Works", KeyOf(scalar, passkey: true));
        string[] Words(string origin) =>
            ["passkey", scalar, $"{server.Origin}#{party}", "registry/register-model", Rp, origin];

        using var elsewhere = await server.PostAsync(
            PythonProgram.Run("signer.py", Act(party, "Dunlin 1"), Words("https://else.example"))
        );
        Assert.Contains(
            "\"origin\"",
            await elsewhere.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
        await IsTaken(
            server,
            PythonProgram.Run("signer.py", Act(party, "Dunlin 1"), Words(Web)),
            "Dunlin 1"
        );
    }

    private static async Task IsTaken(SandboxServer server, byte[] statement, string name)
    {
        using var response = await server.PostAsync(statement);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        using var answer = JsonDocument.Parse(text);
        var model = await server.ReadAsync(
            $"/models/{answer.RootElement.GetProperty("subject").GetString()}"
        );
        Assert.Equal(name, model.GetProperty("name").GetString());
    }

    private static byte[] Act(string party, string name) =>
        Encoding.UTF8.GetBytes(
            $$"""
            {
              "act": "registry/register-model/1",
              "developer": "{{party}}",
              "name": "{{name}}",
              "training_compute": [],
              "modality_out": ["text"],
              "training": {"state": "planned"},
              "intended_release": {"weights": "closed"}
            }
            """
        );

    private static PublicKey KeyOf(string scalar, bool passkey)
    {
        using var jwk = JsonDocument.Parse(PythonProgram.Run("signer.py", default, "jwk", scalar));
        var x = Base64Url.DecodeFromChars(jwk.RootElement.GetProperty("x").GetString());
        var y = Base64Url.DecodeFromChars(jwk.RootElement.GetProperty("y").GetString());
        return passkey ? PublicKey.Webauthn(x, y, Rp, [Web]) : PublicKey.Cose(x, y);
    }

    private static async Task<string> AdmitAsync(SandboxServer server, string name, PublicKey key)
    {
        using var registrar = server.Authority.Keys.Read(
            Concord.Authority.Foundation.KeyFolder.Registrar
        );
        var filed = await server.Authority.FileAsync(
            new Speaker.Authority(KeyPurpose.Registrar),
            new AdmitParty
            {
                Name = name,
                Country = "CH",
                Roles = [PartyRole.Developer],
                Keys =
                [
                    new()
                    {
                        Key = key,
                        Holder = "administrator",
                        Role = KeyRole.Administrator,
                    },
                ],
            },
            registrar,
            Cancel
        );
        return new Concord.Acts.PartyId(filed.Index).ToString();
    }
}
