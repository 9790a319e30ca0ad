using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;

namespace Concord.Authority.Api;

/// <summary>Models and releases as the API shows them; nothing sealed is among it.</summary>
public static class RegistryDocuments
{
    /// <summary>A page of the register.</summary>
    /// <param name="Size">The size of the log that was read.</param>
    /// <param name="Tick">The last tick in it.</param>
    /// <param name="Total">Models that fit, on all pages.</param>
    /// <param name="Near">
    /// Whether no model is called what was searched for, and these are only near it.
    /// </param>
    /// <param name="Models">The models.</param>
    /// <param name="Next">The address of the next page; absent on the last.</param>
    public sealed record RegisterPage(
        long Size,
        string Tick,
        long Total,
        bool Near,
        IReadOnlyList<ModelLine> Models,
        string? Next
    );

    /// <summary>A model in a list.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">Its name, with the version.</param>
    /// <param name="Registered">Whether its developer registered it.</param>
    /// <param name="Standing">Its standing now.</param>
    /// <param name="Developers">The developers, in words.</param>
    /// <param name="PublishedOn">The day of publication, as a report has it.</param>
    public sealed record ModelLine(
        string Id,
        string Name,
        bool Registered,
        StandingState Standing,
        IReadOnlyList<string> Developers,
        string? PublishedOn
    );

    /// <summary>What a name finds.</summary>
    /// <param name="Found">The models of that name.</param>
    /// <param name="Nearest">The five nearest names, where there is none.</param>
    public sealed record NamedModels(
        IReadOnlyList<ModelLine> Found,
        IReadOnlyList<ModelLine> Nearest
    );

    /// <summary>A model.</summary>
    public sealed record ModelDocument
    {
        /// <summary>Its id.</summary>
        public required string Id { get; init; }

        /// <summary>Its name, with the version.</summary>
        public required string Name { get; init; }

        /// <summary>
        /// Whether its developer registered it; else it is known from public sources.
        /// </summary>
        public required bool Registered { get; init; }

        /// <summary>The party that registered it.</summary>
        public string? Developer { get; init; }

        /// <summary>The developers, in words.</summary>
        public required IReadOnlyList<string> Developers { get; init; }

        /// <summary>Its standing.</summary>
        public required StandingDocument Standing { get; init; }

        /// <summary>The reports that the registration answers.</summary>
        public required IReadOnlyList<string> Answers { get; init; }

        /// <summary>The registration that answers this report.</summary>
        public string? AnsweredBy { get; init; }

        /// <summary>The registration as amended, without what is sealed.</summary>
        public JsonElement? Registration { get; init; }

        /// <summary>The reports as corrected, each under its id.</summary>
        public required IReadOnlyDictionary<string, JsonElement> Reports { get; init; }

        /// <summary>Its releases, newest first.</summary>
        public required IReadOnlyList<ReleaseDocument> Releases { get; init; }

        /// <summary>Deployments by country: the authority's figure, out of sealed acts.</summary>
        public required IReadOnlyDictionary<string, int> DeploymentsByCountry { get; init; }

        /// <summary>The acts that made it so, newest first.</summary>
        public required IReadOnlyList<string> History { get; init; }
    }

    /// <summary>A standing.</summary>
    /// <param name="State">The state now.</param>
    /// <param name="Until">Until when it holds.</param>
    /// <param name="Conditions">The conditions of a certificate.</param>
    /// <param name="DecidedBy">The act that decided it.</param>
    /// <param name="MarkedBy">Suspended or withdrawn subjects that it was made from.</param>
    /// <param name="Stayed">A suspension that has no effect until an appeal is decided.</param>
    /// <param name="Contested">The entries of the act that decided it which keys in other hands
    /// have signed.</param>
    public sealed record StandingDocument(
        StandingState State,
        string? Until,
        IReadOnlyList<string> Conditions,
        string DecidedBy,
        IReadOnlyList<string> MarkedBy,
        string? Stayed,
        IReadOnlyList<ContestedLine> Contested
    );

    /// <summary>An entry that a key in other hands has signed.</summary>
    /// <param name="Act">The entry.</param>
    /// <param name="Since">Since when the key is said to have been in other hands.</param>
    /// <param name="ConfirmedBy">The act by which who said it stands by it; absent: none.</param>
    /// <param name="VoidedBy">The act by which officers voided it; absent: none.</param>
    public sealed record ContestedLine(
        string Act,
        string Since,
        string? ConfirmedBy,
        string? VoidedBy
    );

    /// <summary>Finds the contested entries of an act.</summary>
    public delegate IReadOnlyList<ContestedEntry> Contesting(long act);

    /// <summary>A release.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Model">Its model.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Developer">Who declared it.</param>
    /// <param name="Licence">Its licence.</param>
    /// <param name="Access">Who may have the weights.</param>
    /// <param name="ReleasedOn">The day.</param>
    /// <param name="Weights">Its files of weights.</param>
    /// <param name="Standing">Its standing.</param>
    /// <param name="History">The acts that made it so, newest first.</param>
    public sealed record ReleaseDocument(
        string Id,
        string Model,
        string Name,
        string Developer,
        string Licence,
        WeightsAccess Access,
        string ReleasedOn,
        IReadOnlyList<WeightsLine> Weights,
        StandingDocument Standing,
        IReadOnlyList<string> History
    );

    /// <summary>A file of weights.</summary>
    public sealed record WeightsLine(string Digest, string Format, long SizeBytes);

    /// <summary>A model in a list.</summary>
    public static ModelLine Line(World world, Model model) =>
        new(
            model.Id.ToString(),
            model.FullName,
            model.IsRegistered,
            model.Standing.AsOf(world.At).State,
            DevelopersOf(world, model),
            model.Report?.PublishedOn?.ToString("yyyy-MM-dd")
        );

    /// <summary>A model.</summary>
    public static ModelDocument Document(World world, Model model, Contesting contesting)
    {
        var reports = model.Answers.Select(id => world.Registry.Models[id]).ToList();
        if (model.Report is not null)
        {
            reports.Add(model);
        }

        return new()
        {
            Id = model.Id.ToString(),
            Name = model.FullName,
            Registered = model.IsRegistered,
            Developer = model.Developer?.ToString(),
            Developers = DevelopersOf(world, model),
            Standing = StandingOf(world, SubjectId.Of(model.Id), contesting),
            Answers = [.. model.Answers.Select(id => id.ToString())],
            AnsweredBy = model.AnsweredBy?.ToString(),
            Registration = model.Registration is { } act ? Json(act) : null,
            Reports = reports.ToDictionary(
                one => one.Id.ToString(),
                one => Json(one.Report!),
                StringComparer.Ordinal
            ),
            Releases =
            [
                .. (model.Releases ?? Enumerable.Empty<ReleaseId>()).Select(id =>
                    Document(world, world.Registry.Releases[id], contesting)
                ),
            ],
            DeploymentsByCountry = DeploymentsOf(world, model),
            History =
            [
                .. reports
                    .Where(one => one.Id != model.Id)
                    .SelectMany(one => one.History)
                    .Concat(model.History)
                    .OrderByDescending(one => one.Index)
                    .Select(one => new ActId(one.Index).ToString()),
            ],
        };
    }

    /// <summary>A release.</summary>
    public static ReleaseDocument Document(
        World world,
        ReleaseRecord release,
        Contesting contesting
    ) =>
        new(
            release.Id.ToString(),
            release.Act.Model.ToString(),
            release.Act.Name,
            release.Developer.ToString(),
            release.Act.Licence,
            release.Act.Access,
            release.Act.ReleasedOn.ToString("yyyy-MM-dd"),
            [
                .. release.Act.Weights.Select(file => new WeightsLine(
                    file.Digest.ToString(),
                    file.Format,
                    file.SizeBytes
                )),
            ],
            StandingOf(world, SubjectId.Of(release.Id), contesting),
            [.. release.History.Select(one => new ActId(one.Index).ToString())]
        );

    /// <summary>The developers of a model, in words.</summary>
    public static IReadOnlyList<string> DevelopersOf(World world, Model model) =>
        model.Developer is { } id && world.Network.Parties.Find(id) is { } party
            ? [party.Name]
            : model.Report?.Developers ?? [];

    private static StandingDocument StandingOf(
        World world,
        SubjectId subject,
        Contesting contesting
    )
    {
        var standing =
            Descent.StandingOf(world, subject)
            ?? throw new InvariantException($"{subject} has a standing");
        return new(
            standing.Own.State,
            standing.Own.Until?.ToString(),
            standing.Own.Conditions,
            new ActId(standing.Own.DecidedBy).ToString(),
            [.. standing.MarkedBy.Select(one => one.ToString())],
            standing.Own.Stayed is { } stayed ? new ActId(stayed.DecidedBy).ToString() : null,
            [
                .. contesting(standing.Own.DecidedBy)
                    .Select(one => new ContestedLine(
                        one.Id.ToString(),
                        one.Doubt.Since.ToString(),
                        one.Doubt.ConfirmedBy?.ToString(),
                        one.Doubt.VoidedBy?.ToString()
                    )),
            ]
        );
    }

    private static SortedDictionary<string, int> DeploymentsOf(World world, Model model)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var release in model.Releases ?? Enumerable.Empty<ReleaseId>())
        {
            foreach (
                var id in world.Registry.Releases[release].Deployments
                    ?? Enumerable.Empty<DeploymentId>()
            )
            {
                var deployment = world.Registry.Deployments[id];
                if (!deployment.IsWithdrawn)
                {
                    var country = deployment.Act.Country;
                    counts[country] = counts.GetValueOrDefault(country) + 1;
                }
            }
        }

        return counts;
    }

    private static JsonElement Json(Act act)
    {
        using var json = JsonDocument.Parse(ActJson.Write(act));
        return json.RootElement.Clone();
    }
}
