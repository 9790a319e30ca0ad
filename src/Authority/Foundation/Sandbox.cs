using System.Security.Cryptography;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Admission;
using Concord.Rooms.Network;

namespace Concord.Authority.Foundation;

/// <summary>
/// An authority to try things with: one machine holds all its keys, and its origin says so, so that
/// its receipts can never be taken for a real authority's.
/// </summary>
public static class Sandbox
{
    /// <summary>The institute that reports models from public sources.</summary>
    public const string DeskName = "Public sources desk";

    /// <summary>Founds a sandbox in an empty folder.</summary>
    public static Task<AuthorityFile> CreateAsync(
        DataFolder folder,
        TimeProvider time,
        CancellationToken cancel
    ) =>
        Founding.InitAsync(
            folder,
            new()
            {
                Origin =
                    $"sandbox-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}"
                    + ".concord.invalid/log",
                // Antarctica: a code that every table has, and no state's.
                Authority = new() { Name = "Sandbox Authority", Country = "AQ" },
                Sandbox = true,
                Roots = SandboxKeys.Roots,
                RootsNeeded = SandboxKeys.RootsNeeded,
                Institutions = SandboxKeys.Institutions,
                OfficersEach = SandboxKeys.OfficersEach,
                InstitutionsNeeded = SandboxKeys.InstitutionsNeeded,
                RootKeys = folder.Keys,
                OfficerKeys = folder.Keys,
            },
            time,
            cancel
        );

    /// <summary>
    /// Brings a running sandbox to where a person can try it: the clock goes, the rulebooks are
    /// adopted, the desk is admitted, and the public facts on real models are reported. What is
    /// there already is left as it is.
    /// </summary>
    /// <param name="running">The running sandbox.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancel">Ends it between two acts.</param>
    public static async Task FurnishAsync(
        RunningAuthority running,
        IProgress<FurnishingStep> progress,
        CancellationToken cancel
    )
    {
        await ResumeClockAsync(running, progress, cancel);
        await AdoptAsync(running, progress, cancel);
        var desk = await AdmitDeskAsync(running, cancel);
        await Seeding.ReportAsync(running, desk, progress, cancel);
    }

    private static async Task ResumeClockAsync(
        RunningAuthority running,
        IProgress<FurnishingStep> progress,
        CancellationToken cancel
    )
    {
        if (ClockResume.Draft(running, "The sandbox was not running.") is not { } act)
        {
            return;
        }

        progress.Report(
            new(
                $"The clock stood since {act.From}: officers of the sandbox sign its step to "
                    + $"{act.To}",
                0,
                1
            )
        );
        await DecideAsync(running, act, cancel);
        progress.Report(new("The clock goes on", 1, 1));
    }

    private static async Task AdoptAsync(
        RunningAuthority running,
        IProgress<FurnishingStep> progress,
        CancellationToken cancel
    )
    {
        var books = Resources.Rulebooks();
        for (var i = 0; i < books.Count; i++)
        {
            var network = running.Intake.Current.World.Network;
            var adopted = network.Rulebooks.Any(one =>
                string.Equals(one.Book.Id, books[i].Id, StringComparison.Ordinal)
            );
            if (!adopted)
            {
                using var json = JsonDocument.Parse(books[i].Json);
                await DecideAsync(
                    running,
                    new AdoptRulebook
                    {
                        Joint = ClockResume.Terms(network),
                        AppliesFrom = network.Genesis!.FoundedAt.Day,
                        Rulebook = json.RootElement.Clone(),
                    },
                    cancel
                );
            }

            progress.Report(new("Rulebooks adopted", i + 1, books.Count));
        }
    }

    private static async Task<PartyId> AdmitDeskAsync(
        RunningAuthority running,
        CancellationToken cancel
    )
    {
        using var desk = running.Keys.Has(KeyFolder.Desk)
            ? running.Keys.Read(KeyFolder.Desk)
            : running.Keys.Create(KeyFolder.Desk);
        var network = running.Intake.Current.World.Network;
        if (network.Keys.Find(desk.PublicKey.Id)?.Speaker is Speaker.Party known)
        {
            return known.Id;
        }

        using var registrar = running.Keys.Read(KeyFolder.Registrar);
        var filed = await running.FileAsync(
            new Speaker.Authority(KeyPurpose.Registrar),
            new AdmitParty
            {
                Name = DeskName,
                Country = network.Genesis!.Authority.Country,
                Roles = [PartyRole.Institute],
                Keys =
                [
                    new()
                    {
                        Key = desk.PublicKey,
                        Holder = "desk",
                        Role = KeyRole.Administrator,
                    },
                ],
            },
            registrar,
            cancel
        );
        return new(filed.Index);
    }

    private static async Task DecideAsync(
        RunningAuthority running,
        JointAct act,
        CancellationToken cancel
    )
    {
        foreach (var (institution, number, keyName) in SandboxKeys.Deciding)
        {
            using var key = running.Keys.Read(keyName);
            var officer = new Speaker.Officer(institution, SandboxKeys.OfficerName(number));
            await running.FileAsync(officer, act, key, cancel);
        }
    }
}
