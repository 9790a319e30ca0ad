using System.CommandLine;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary><c>concord party</c>: asks for and grants the admission of an organisation.</summary>
internal static class PartyVerb
{
    private static readonly Argument<string> s_name = new("NAME")
    {
        Description = "The organisation's legal name",
    };

    private static readonly Option<string?> s_country = Values.Text(
        "--country",
        "CC",
        "The country of its seat (ISO 3166-1 alpha-2)"
    );

    private static readonly Option<PartyRole[]> s_roles = Values.Words<PartyRole>(
        "--role",
        "What it is to be admitted as; several by commas"
    );

    private static readonly Option<string?> s_lei = Values.Text("--lei", "LEI", "ISO 17442");

    private static readonly Option<string?> s_ror = Values.Text(
        "--ror",
        "ROR",
        "Research Organization Registry"
    );

    private static readonly Option<string?> s_holder = Values.Text(
        "--holder",
        "FUNCTION",
        "Who holds the key: a function, not a person [default: registration desk]"
    );

    private static readonly Argument<FileInfo?> s_request = new("REQUEST.json")
    {
        Description = "What `concord party new` wrote",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<long?> s_application = new("--application")
    {
        HelpName = "N",
        Description = "Or the number of an application that was made by a form",
    };

    public static Command Create()
    {
        return new Command("party", "Admit organisations, and invite holders of further keys").With(
            new Command("new", "Have an organisation admitted; its key becomes its administrator's")
                .With(s_name, s_country, s_roles, s_lei, s_ror, s_holder, Shared.Key)
                .With(Shared.Receipts, Shared.Dry)
                .Does(NewAsync),
            new Command("admit", "Admit an organisation by its request, with the registrar's key")
                .With(s_request, s_application, Shared.Key, Shared.Receipts, Shared.Dry)
                .Does(AdmitAsync),
            ApplicationVerbs.Applications(),
            ApplicationVerbs.Close(),
            InvitationVerbs.Invite(),
            InvitationVerbs.Invitations(),
            DelegateVerb.Create()
        );
    }

    private static async Task<ExitCode> AdmitAsync(Session session)
    {
        var file = session.Words.GetValue(s_request);
        var number = session.Words.GetValue(s_application);
        if (file is null == number is null)
        {
            throw new CommandFault(
                ExitCode.Usage,
                "What is to be admitted is a request or an application.",
                "Name the file REQUEST.json, or the number: --application N"
            );
        }

        using var client = session.Connect();
        using var registrar = await Signatory.OneAsync(session, client);
        var composition = file is not null
            ? Composition.Read(file.FullName, sealedPartFile: null)
            : Composition.Of(
                await ApplicationAsync(session, client, registrar, number!.Value),
                $"application {number}"
            );
        return await Filing.FileAsync(session, client, registrar, composition);
    }

    // The very bytes that were sent: their digest is what the applicant tells.
    private static async Task<byte[]> ApplicationAsync(
        Session session,
        AuthorityClient client,
        Signatory registrar,
        long number
    )
    {
        var act = await client.ReadAsync(
            $"applications/{number}",
            registrar,
            Clock.Now,
            why: null,
            session.Cancel
        );
        var bytes = System.Text.Encoding.UTF8.GetBytes(act.GetRawText());
        session.Terminal.Fact("digest", Ledger.Digest.Of(bytes).ToString());
        return bytes;
    }

    private static async Task<ExitCode> NewAsync(Session session)
    {
        var files = Signatory.Files(session);
        if (files.Count != 1)
        {
            throw new CommandFault(ExitCode.Usage, "An organisation begins with one key.");
        }

        using var key = session.ReadKey(files[0]);
        var composition = Composition.Of(ActOf(session, key.PublicKey));
        var registrar = new KeyFolder(session.Folder.Keys);
        if (
            session.HasFolder
            && session.File.Sandbox
            && registrar.NamesOf(KeyFolder.Registrar) is [var name, ..]
        )
        {
            session.Terminal.Note(
                "This is a sandbox: its registrar's key lies here and admits at once. "
                    + "A real authority looks at the request first."
            );
            using var client = session.Connect();
            using var signatory = await Signatory.FindAsync(session, client, registrar.File(name));
            return await Filing.FileAsync(session, client, signatory, composition);
        }

        return await RequestAsync(session, composition);
    }

    private static async Task<ExitCode> RequestAsync(Session session, Composition composition)
    {
        var path = $"party-{composition.Digest.ToHex()[..8]}.request.json";
        await File.WriteAllBytesAsync(path, composition.Bytes, session.Cancel);
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("request", path);
            json.WriteString("digest", composition.Digest.ToString());
            json.WriteEndObject();
        });
        session.Terminal.Say($"[green]✓[/] {Markup.Escape(path)}");
        session.Terminal.Fact("digest", composition.Digest.ToString());
        session.Terminal.Note(
            "  Give it to the authority, and tell it the digest by another way. Its registrar "
                + "admits with: concord party admit REQUEST.json --key registrar.pem"
        );
        return ExitCode.Done;
    }

    private static AdmitParty ActOf(Session session, Ledger.PublicKey key)
    {
        var roles = session.Words.GetValue(s_roles) ?? [];
        return roles.Length == 0
            ? throw new CommandFault(
                ExitCode.Usage,
                "--role is missing.",
                "Say what the organisation does: --role developer, seller, host, …"
            )
            : new()
            {
                Name = session.Words.GetRequiredValue(s_name),
                Country = session.Need(s_country),
                Lei = session.Words.GetValue(s_lei),
                Ror = session.Words.GetValue(s_ror),
                Roles = roles,
                Keys =
                [
                    new()
                    {
                        Key = key,
                        Holder = session.Words.GetValue(s_holder) ?? "registration desk",
                        Role = KeyRole.Administrator,
                    },
                ],
            };
    }
}
