using System.Text.Json;
using System.Text.Json.Serialization;

namespace Concord.Acts;

/// <summary>An id that is the log index of the act that made its subject.</summary>
/// <typeparam name="T">The id type itself.</typeparam>
public interface IActId<T>
    where T : struct, IActId<T>
{
    /// <summary>The letter of the kind in the text form.</summary>
    static abstract char Letter { get; }

    /// <summary>The id at a log index.</summary>
    static abstract T At(long index);

    /// <summary>The log index of the act that made the subject.</summary>
    long Index { get; }
}

/// <summary>
/// Reads and writes ids as their text form; only the canonical form is read in acts.
/// </summary>
/// <typeparam name="T">The id type.</typeparam>
public sealed class ActIdJson<T> : JsonConverter<T>
    where T : struct, IActId<T>
{
    /// <inheritdoc/>
    public override T Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return
            text is not null
            && ShortId.TryParse(text, T.Letter, out var index)
            && string.Equals(ShortId.Format(T.Letter, index), text, StringComparison.Ordinal)
            ? T.At(index)
            : throw new JsonException($"must be an id like {ShortId.Format(T.Letter, 1)}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ShortId.Format(T.Letter, value.Index));
}

/// <summary>An act in the log, by its index: <c>A-…</c>.</summary>
/// <param name="Index">The log index.</param>
[JsonConverter(typeof(ActIdJson<ActId>))]
public readonly record struct ActId(long Index) : IActId<ActId>
{
    /// <inheritdoc/>
    public static char Letter => 'A';

    /// <inheritdoc/>
    public static ActId At(long index) => new(index);

    /// <inheritdoc/>
    public override string ToString() => ShortId.Format(Letter, Index);
}

/// <summary>A party: whoever has a duty under the authority's rules, <c>P-…</c>.</summary>
/// <param name="Index">The log index of its admission.</param>
[JsonConverter(typeof(ActIdJson<PartyId>))]
public readonly record struct PartyId(long Index) : IActId<PartyId>
{
    /// <inheritdoc/>
    public static char Letter => 'P';

    /// <inheritdoc/>
    public static PartyId At(long index) => new(index);

    /// <inheritdoc/>
    public override string ToString() => ShortId.Format(Letter, Index);
}

/// <summary>A model, registered or reported: <c>M-…</c>.</summary>
/// <param name="Index">The log index of its registration or report.</param>
[JsonConverter(typeof(ActIdJson<ModelId>))]
public readonly record struct ModelId(long Index) : IActId<ModelId>
{
    /// <inheritdoc/>
    public static char Letter => 'M';

    /// <inheritdoc/>
    public static ModelId At(long index) => new(index);

    /// <inheritdoc/>
    public override string ToString() => ShortId.Format(Letter, Index);
}

/// <summary>A release of a model, one set of weights: <c>R-…</c>.</summary>
/// <param name="Index">The log index of its declaration.</param>
[JsonConverter(typeof(ActIdJson<ReleaseId>))]
public readonly record struct ReleaseId(long Index) : IActId<ReleaseId>
{
    /// <inheritdoc/>
    public static char Letter => 'R';

    /// <inheritdoc/>
    public static ReleaseId At(long index) => new(index);

    /// <inheritdoc/>
    public override string ToString() => ShortId.Format(Letter, Index);
}

/// <summary>A deployment of a release: <c>D-…</c>.</summary>
/// <param name="Index">The log index of its declaration.</param>
[JsonConverter(typeof(ActIdJson<DeploymentId>))]
public readonly record struct DeploymentId(long Index) : IActId<DeploymentId>
{
    /// <inheritdoc/>
    public static char Letter => 'D';

    /// <inheritdoc/>
    public static DeploymentId At(long index) => new(index);

    /// <inheritdoc/>
    public override string ToString() => ShortId.Format(Letter, Index);
}

/// <summary>A transfer of a release (sale, licence, gift): <c>T-…</c>.</summary>
/// <param name="Index">The log index of the seller's proposal.</param>
[JsonConverter(typeof(ActIdJson<TransferId>))]
public readonly record struct TransferId(long Index) : IActId<TransferId>
{
    /// <inheritdoc/>
    public static char Letter => 'T';

    /// <inheritdoc/>
    public static TransferId At(long index) => new(index);

    /// <inheritdoc/>
    public override string ToString() => ShortId.Format(Letter, Index);
}

/// <summary>A data centre or other premises: <c>S-…</c>.</summary>
/// <param name="Index">The log index of its declaration.</param>
[JsonConverter(typeof(ActIdJson<SiteId>))]
public readonly record struct SiteId(long Index) : IActId<SiteId>
{
    /// <inheritdoc/>
    public static char Letter => 'S';

    /// <inheritdoc/>
    public static SiteId At(long index) => new(index);

    /// <inheritdoc/>
    public override string ToString() => ShortId.Format(Letter, Index);
}

/// <summary>
/// What standing and lineage are about: a model or one of its releases, by either text form.
/// </summary>
/// <param name="Letter"><c>M</c> or <c>R</c>.</param>
/// <param name="Index">The log index.</param>
[JsonConverter(typeof(SubjectIdJson))]
public readonly record struct SubjectId(char Letter, long Index)
{
    /// <summary>The release, when it is one.</summary>
    public ReleaseId? Release => Letter == ReleaseId.Letter ? new ReleaseId(Index) : null;

    /// <summary>The model, when it is one.</summary>
    public ModelId? Model => Letter == ModelId.Letter ? new ModelId(Index) : null;

    /// <summary>A model as a subject.</summary>
    public static SubjectId Of(ModelId model) => new(ModelId.Letter, model.Index);

    /// <summary>A release as a subject.</summary>
    public static SubjectId Of(ReleaseId release) => new(ReleaseId.Letter, release.Index);

    /// <summary>Reads either text form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SubjectId subject)
    {
        foreach (var letter in (ReadOnlySpan<char>)[ModelId.Letter, ReleaseId.Letter])
        {
            if (ShortId.TryParse(text, letter, out var index))
            {
                subject = new(letter, index);
                return true;
            }
        }

        subject = default;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => ShortId.Format(Letter, Index);
}

/// <summary>Reads and writes <see cref="SubjectId"/> as its canonical text.</summary>
public sealed class SubjectIdJson : JsonConverter<SubjectId>
{
    /// <inheritdoc/>
    public override SubjectId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return
            text is not null
            && SubjectId.TryParse(text, out var subject)
            && string.Equals(subject.ToString(), text, StringComparison.Ordinal)
            ? subject
            : throw new JsonException("must be the id of a model (M-…) or of a release (R-…)");
    }

    /// <inheritdoc/>
    public override void Write(
        Utf8JsonWriter writer,
        SubjectId value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}
