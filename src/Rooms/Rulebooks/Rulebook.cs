using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// A law as data: definitions, duties, counting profiles, calendars, each with its citation. The
/// format is <c>specs/rulebook.md</c>. A rulebook holds no code.
/// </summary>
public sealed record Rulebook
{
    /// <summary>The largest rulebook, 60 KiB.</summary>
    public const int MaxBytes = 60 * 1024;

    /// <summary>The value of the member <c>format</c>.</summary>
    public const string Format = "concord-rulebook/1";

    /// <summary>Its id, for example <c>eu-ai-act</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The short form for column headings.</summary>
    public required string Short { get; init; }

    /// <summary>Whose law it is.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>The edition of the rendering.</summary>
    public required string Edition { get; init; }

    /// <summary>The day up to which the law was followed.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>When the law is in force.</summary>
    public required Days InForce { get; init; }

    /// <summary>
    /// Whether it binds only because an authority adopts it, from the day of its adoption. Law
    /// binds by itself: when an authority begins to apply it changes nothing about since when.
    /// </summary>
    public bool ByAdoption { get; init; }

    /// <summary>What suspends it.</summary>
    public IReadOnlyList<Suspension> SuspendedBy { get; init; } = [];

    /// <summary>The texts it renders, by key.</summary>
    public required IReadOnlyDictionary<string, LawSource> Sources { get; init; }

    /// <summary>Readings it chooses where a text is open.</summary>
    public IReadOnlyList<Interpretation> Interpretations { get; init; } = [];

    /// <summary>Counting profiles, by id.</summary>
    public required IReadOnlyDictionary<string, CountingProfile> Profiles { get; init; }

    /// <summary>Calendars of working days, by key.</summary>
    public required IReadOnlyDictionary<string, LegalCalendar> Calendars { get; init; }

    /// <summary>Zones, by key.</summary>
    public required IReadOnlyDictionary<string, LegalZone> Zones { get; init; }

    /// <summary>The key of the zone in which its days run.</summary>
    public string? ZoneKey { get; init; }

    /// <summary>Terms, by id.</summary>
    public required IReadOnlyDictionary<string, Definition> Definitions { get; init; }

    /// <summary>Duties, in the order of the law.</summary>
    public required IReadOnlyList<Duty> Duties { get; init; }

    /// <summary>The question by which it heads a column; null for books of readings only.</summary>
    public Headline? Headline { get; init; }

    /// <summary>
    /// How public figures and words are read; null: the rulebook says nothing of it.
    /// </summary>
    public Readings? Readings { get; init; }

    /// <summary>The zone in which its days run.</summary>
    public LegalZone Zone => ZoneKey is null ? LegalZone.Utc : Zones[ZoneKey];

    /// <summary>A duty by its id; null: none.</summary>
    public Duty? FindDuty(string id) =>
        Duties.FirstOrDefault(duty => string.Equals(duty.Id, id, StringComparison.Ordinal));

    /// <summary>A citation as lawyers write it: short title and paragraph.</summary>
    public string Cite(Citation citation) => $"{Sources[citation.Source].Short} {citation.At}";

    /// <summary>Several citations, joined by semicolons.</summary>
    public string Cite(IReadOnlyList<Citation> citations) =>
        string.Join("; ", citations.Select(Cite));

    /// <summary>
    /// Reads a rulebook strictly: whatever is not understood is a fault with its path.
    /// </summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> json,
        [NotNullWhen(true)] out Rulebook? rulebook,
        out IReadOnlyList<RulebookFault> faults
    )
    {
        rulebook = null;
        if (json.Length > MaxBytes)
        {
            faults = [new("$", "a rulebook has at most 60 KiB; a longer one is several rulebooks")];
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(
                json,
                new() { MaxDepth = 32, AllowDuplicateProperties = false }
            );
            return TryParse(document.RootElement, out rulebook, out faults);
        }
        catch (JsonException error)
        {
            faults = [new(error.Path ?? "$", "must be one JSON object without repeated members")];
            return false;
        }
    }

    /// <summary>
    /// Reads a rulebook strictly: whatever is not understood is a fault with its path.
    /// </summary>
    public static bool TryParse(
        JsonElement json,
        [NotNullWhen(true)] out Rulebook? rulebook,
        out IReadOnlyList<RulebookFault> faults
    )
    {
        if (JsonText.FindBroken(json, "$") is { } path)
        {
            rulebook = null;
            faults = [new(path, "must be Unicode text: no broken UTF-8, no lone surrogate")];
            return false;
        }

        var found = new List<RulebookFault>();
        rulebook = RulebookReader.Read(json, found);
        faults = found;
        rulebook = found.Count == 0 ? rulebook : null;
        return rulebook is not null;
    }
}
