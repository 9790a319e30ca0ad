using Concord.Measures;

namespace Concord.Acts.Registry;

/// <summary>
/// A public-source report on a model that nobody registered, each fact with its source: visibility
/// must not wait for goodwill. It names the developer in words and creates no party. Wire name
/// <c>registry/report-model/1</c>.
/// </summary>
public sealed record ReportModel : Act
{
    /// <summary>The model's name as the source has it.</summary>
    [Text(300)]
    public required string Name { get; init; }

    /// <summary>The developers, in words.</summary>
    [Items(0, 64, Distinct = true)]
    [Text(300)]
    public required IReadOnlyList<string> Developers { get; init; }

    /// <summary>Their countries, in words.</summary>
    [Items(0, 64, Distinct = true)]
    [Text(200)]
    public IReadOnlyList<string> Countries
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>The day of publication.</summary>
    public DateOnly? PublishedOn { get; init; }

    /// <summary>Training compute as the source states it, its base not added.</summary>
    public ReportedCompute? TrainingCompute { get; init; }

    /// <summary>Compute of fine-tuning as the source states it.</summary>
    public ReportedCompute? FinetuneCompute { get; init; }

    /// <summary>The number of parameters.</summary>
    public ReportedText? Parameters { get; init; }

    /// <summary>How the weights can be had, in the source's words.</summary>
    public ReportedText? Accessibility { get; init; }

    /// <summary>Training hardware, in the source's words.</summary>
    public ReportedText? Hardware { get; init; }

    /// <summary>How many pieces of that hardware.</summary>
    public ReportedText? HardwareQuantity { get; init; }

    /// <summary>The domain, in the source's words, comma-separated.</summary>
    public ReportedText? Domain { get; init; }

    /// <summary>The models it was made from, by name and, where known, by id.</summary>
    [Items(0, 64)]
    public IReadOnlyList<ReportedParent> BaseModels
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Facts of the rulebooks' vocabulary, each with its source.</summary>
    [Items(0, 256)]
    public IReadOnlyList<DeclaredFact> Facts
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>The sources; at least one.</summary>
    [Items(1, 64)]
    public required IReadOnlyList<PublicSource> Sources { get; init; }
}

/// <summary>Where a reported fact is written.</summary>
public sealed record PublicSource
{
    /// <summary>Title, publisher and edition.</summary>
    [Text(500)]
    public required string Title { get; init; }

    /// <summary>Address.</summary>
    [Text(2000, Form = TextForm.Url)]
    public string? Url { get; init; }

    /// <summary>Licence under which it is repeated here.</summary>
    [Text(200)]
    public string? Licence { get; init; }
}

/// <summary>A fact in the source's words.</summary>
public sealed record ReportedText
{
    /// <summary>The words.</summary>
    [Text(2000)]
    public required string Value { get; init; }

    /// <summary>The place of the source in <see cref="ReportModel.Sources"/>, from 0.</summary>
    [Whole(0, 63)]
    public required int Source { get; init; }
}

/// <summary>
/// A figure of compute and the word of its certainty, both as the source states them. The interval
/// is the authority's reading and not part of the act.
/// </summary>
public sealed record ReportedCompute
{
    /// <summary>The figure, FLOP.</summary>
    public Flop? Figure { get; init; }

    /// <summary>A stated lower bound, FLOP.</summary>
    public Flop? Low { get; init; }

    /// <summary>A stated upper bound, FLOP.</summary>
    public Flop? High { get; init; }

    /// <summary>The source's word of certainty.</summary>
    [Text(64)]
    public string? Confidence { get; init; }

    /// <summary>The place of the source in <see cref="ReportModel.Sources"/>, from 0.</summary>
    [Whole(0, 63)]
    public required int Source { get; init; }
}

/// <summary>A model that another was made from, as a source names it.</summary>
public sealed record ReportedParent
{
    /// <summary>Its name as the source has it.</summary>
    [Text(300)]
    public required string Name { get; init; }

    /// <summary>The model in this register that is meant, when there is one.</summary>
    public ModelId? Model { get; init; }
}
