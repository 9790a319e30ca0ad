using System.Text;
using System.Text.Json;

namespace Concord.Acts;

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Shape">What its value must be.</param>
/// <param name="Source">The record and property that it comes from, for its description.</param>
internal sealed record MemberShape(string Name, bool IsRequired, Shape Shape, string? Source = null)
{
    public byte[] NameBytes { get; } = Encoding.UTF8.GetBytes(Name);
}

/// <summary>An object with a closed list of members, each at most once.</summary>
internal sealed class ObjectShape : Shape
{
    private readonly ulong _required;
    private readonly Func<ulong, ActFault?>? _across;

    /// <param name="title">What it is, for the schema.</param>
    /// <param name="members">Its members, at most 64.</param>
    /// <param name="across">A rule over which members are there, one bit each.</param>
    public ObjectShape(
        string title,
        IReadOnlyList<MemberShape> members,
        Func<ulong, ActFault?>? across = null
    )
    {
        if (members.Count > 64)
        {
            throw new ArgumentException("One bit each: at most 64 members.", nameof(members));
        }

        Title = title;
        Members = [.. members];
        _across = across;
        for (var i = 0; i < Members.Length; i++)
        {
            _required |= Members[i].IsRequired ? 1UL << i : 0;
        }
    }

    public string Title { get; }

    public MemberShape[] Members { get; }

    public override ActFault? Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return WrongType(ref reader, "an object");
        }

        ulong seen = 0;
        var expected = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var at = Find(ref reader, expected);
            if (at < 0)
            {
                return Unknown(ref reader);
            }

            var bit = 1UL << at;
            var member = Members[at];
            if ((seen & bit) != 0)
            {
                return Fault("duplicate-member", "The member stands twice; say it once.")
                    .Under("." + member.Name);
            }

            seen |= bit;
            expected = at + 1;
            reader.Read();
            if (member.Shape.Check(ref reader) is { } fault)
            {
                return fault.Under("." + member.Name);
            }
        }

        return (_required & ~seen) is var missing and not 0
            ? Missing(missing)
            : _across?.Invoke(seen);
    }

    public override void Describe(Utf8JsonWriter schema, Summaries docs)
    {
        schema.WriteString("type"u8, "object"u8);
        schema.WriteStartObject("properties"u8);
        foreach (var member in Members)
        {
            schema.WriteStartObject(member.Name);
            if (docs.Of(member.Source) is { } summary)
            {
                schema.WriteString("description"u8, summary);
            }

            member.Shape.Describe(schema, docs);
            schema.WriteEndObject();
        }

        schema.WriteEndObject();
        schema.WriteStartArray("required"u8);
        foreach (var member in Members.Where(m => m.IsRequired))
        {
            schema.WriteStringValue(member.Name);
        }

        schema.WriteEndArray();
        schema.WriteBoolean("additionalProperties"u8, value: false);
    }

    private int Find(ref Utf8JsonReader reader, int expected)
    {
        // Writers keep the order of the record, so the next member is tried first.
        for (var i = 0; i < Members.Length; i++)
        {
            var at = expected + i;
            at = at >= Members.Length ? at - Members.Length : at;
            if (
                reader.ValueIsEscaped
                    ? TextShape.TryDecode(ref reader, out var name, out _)
                        && string.Equals(name, Members[at].Name, StringComparison.Ordinal)
                    : reader.ValueSpan.SequenceEqual(Members[at].NameBytes)
            )
            {
                return at;
            }
        }

        return -1;
    }

    private ActFault Unknown(ref Utf8JsonReader reader)
    {
        if (!TextShape.TryDecode(ref reader, out var name, out var surrogate))
        {
            return surrogate ?? Fault("unknown-member", "");
        }

        var near = Members.FirstOrDefault(m =>
            string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase)
        );
        return Fault(
                "unknown-member",
                near is null
                    ? $"{Title} has no such member. It has: "
                        + string.Join(", ", Members.Select(m => m.Name))
                        + "."
                    : $"{Title} has no such member; '{near.Name}' is written in lower case."
            )
            .Under("." + (name.Length <= 60 ? name : name[..60] + "…"));
    }

    private ActFault Missing(ulong missing)
    {
        var first = Members[int.CreateTruncating(ulong.TrailingZeroCount(missing))];
        return Fault("missing-member", $"{Title} must have this member and has not.")
            .Under("." + first.Name);
    }
}
