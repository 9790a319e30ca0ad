using System.Text.Json.Serialization;
using Concord.Acts;
using Concord.Rooms;
using Concord.Rooms.Registry;

namespace Concord.Authority.Api;

/// <summary>
/// A model as a row of a table: what its filer states, nothing sealed, nothing computed.
/// </summary>
public sealed class RegisterRow
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("id")]
    public string Id { get; set; } = "";

    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public string Name { get; set; } = "";

    /// <summary>Its version.</summary>
    [JsonPropertyName("version")]
    public string? Version { get; set; }

    /// <summary>Whether its developer registered it.</summary>
    [JsonPropertyName("registered")]
    public bool Registered { get; set; }

    /// <summary>Its standing at the world's time.</summary>
    [JsonPropertyName("standing")]
    public string Standing { get; set; } = "";

    /// <summary>The developers in words, separated by semicolons.</summary>
    [JsonPropertyName("developers")]
    public string Developers { get; set; } = "";

    /// <summary>The party that registered it.</summary>
    [JsonPropertyName("developer_id")]
    public string? DeveloperId { get; set; }

    /// <summary>Countries in words, separated by semicolons.</summary>
    [JsonPropertyName("countries")]
    public string Countries { get; set; } = "";

    /// <summary>The day of publication as reported.</summary>
    [JsonPropertyName("published_on")]
    public string? PublishedOn { get; set; }

    /// <summary>Training compute as reported, FLOP in digits.</summary>
    [JsonPropertyName("reported_flop")]
    public string? ReportedFlop { get; set; }

    /// <summary>The reporter's word of certainty.</summary>
    [JsonPropertyName("reported_confidence")]
    public string? ReportedConfidence { get; set; }

    /// <summary>Training compute as registered, by profile: <c>profile=low..high</c>.</summary>
    [JsonPropertyName("registered_flop")]
    public string? RegisteredFlop { get; set; }

    /// <summary>The number of parameters, as stated.</summary>
    [JsonPropertyName("parameters")]
    public string? Parameters { get; set; }

    /// <summary>What a report says it was made from, separated by semicolons.</summary>
    [JsonPropertyName("base_models")]
    public string BaseModels { get; set; } = "";

    /// <summary>When it was filed.</summary>
    [JsonPropertyName("filed_at")]
    public string FiledAt { get; set; } = "";

    /// <summary>The row of a model.</summary>
    public static RegisterRow Of(World world, Model model)
    {
        var report =
            model.Report
            ?? model.Answers.Select(id => world.Registry.Models[id].Report).FirstOrDefault();
        return new()
        {
            Id = model.Id.ToString(),
            Name = model.Name,
            Version = model.Registration?.Version,
            Registered = model.IsRegistered,
            Standing = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(
                model.Standing.AsOf(world.At).State.ToString()
            ),
            Developers = string.Join("; ", RegistryDocuments.DevelopersOf(world, model)),
            DeveloperId = model.Developer?.ToString(),
            Countries = string.Join("; ", report?.Countries ?? []),
            PublishedOn = report?.PublishedOn?.ToString("yyyy-MM-dd"),
            ReportedFlop = report?.TrainingCompute?.Figure?.ToString(),
            ReportedConfidence = report?.TrainingCompute?.Confidence,
            RegisteredFlop = model.Registration is { TrainingCompute: { Count: > 0 } claims }
                ? string.Join("; ", claims.Select(one => $"{one.Profile}={one.Low}..{one.High}"))
                : null,
            Parameters = model.Registration?.Parameters?.ToString() ?? report?.Parameters?.Value,
            BaseModels = string.Join("; ", report?.BaseModels.Select(one => one.Name) ?? []),
            FiledAt = model.FiledAt.ToString(),
        };
    }
}
