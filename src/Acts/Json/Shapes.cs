using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts;

/// <summary>Makes the shapes of acts and of sealed parts from their records, once.</summary>
internal static class Shapes
{
    private static readonly Dictionary<Type, ObjectShape> s_records = [];
    private static readonly FactValueShape s_factValue = new();
    private static readonly FreeShape s_free = new();

    private static readonly Dictionary<Type, Shape> s_scalars = new()
    {
        [typeof(bool)] = new TruthShape(),
        [typeof(Digest)] = ParsedShape.Digest,
        [typeof(KeyId)] = ParsedShape.KeyId,
        [typeof(Instant)] = ParsedShape.Instant,
        [typeof(DateOnly)] = ParsedShape.Day,
        [typeof(Flop)] = ParsedShape.Operations,
        [typeof(SubjectId)] = ParsedShape.Subject,
        [typeof(ActId)] = ParsedShape.Id<ActId>(),
        [typeof(PartyId)] = ParsedShape.Id<PartyId>(),
        [typeof(ModelId)] = ParsedShape.Id<ModelId>(),
        [typeof(ReleaseId)] = ParsedShape.Id<ReleaseId>(),
        [typeof(DeploymentId)] = ParsedShape.Id<DeploymentId>(),
        [typeof(TransferId)] = ParsedShape.Id<TransferId>(),
        [typeof(SiteId)] = ParsedShape.Id<SiteId>(),
        [typeof(FactValue)] = s_factValue,
        [typeof(JsonElement)] = s_free,
        [typeof(PublicKey)] = Key(),
    };

    private static readonly Dictionary<string, ObjectShape> s_acts = ActTable.Rows.ToDictionary(
        row => row.Name,
        row => WithName(row),
        StringComparer.Ordinal
    );

    private static readonly Dictionary<Type, ObjectShape> s_parts = ActTable
        .Rows.Select(row => row.SealedPart)
        .OfType<Type>()
        .ToDictionary(part => part, OfRecord);

    /// <summary>The shape of an act, with its member <c>act</c>.</summary>
    public static ObjectShape Of(ActType type) => s_acts[type.Name];

    /// <summary>The shape of a sealed part.</summary>
    public static ObjectShape OfPart(Type part) => s_parts[part];

    /// <summary>The word of an enum's value in JSON.</summary>
    public static string WordOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string TitleOf(Type record) =>
        $"A record '{WordOf(record.Name).Replace('_', ' ')}'";

    private static ObjectShape WithName(ActType row)
    {
        var record = OfRecord(row.Record);
        return new(
            row.Name,
            [new("act", IsRequired: true, new WordShape([row.Name])), .. record.Members]
        );
    }

    private static ObjectShape OfRecord(Type record)
    {
        if (s_records.TryGetValue(record, out var known))
        {
            return known;
        }

        var info =
            ActJsonOptions.Strict.GetTypeInfo(record)
            ?? throw new InvalidOperationException($"{record.Name} is not in ActJsonContext.");
        // What every act has (attachments, joint terms) comes last, as a reader expects it.
        var members = info
            .Properties.OrderBy(p =>
                p.AttributeProvider is PropertyInfo m && m.DeclaringType != record
            )
            .Select(Member);
        var shape = new ObjectShape(TitleOf(record), [.. members]);
        s_records.Add(record, shape);
        return shape;
    }

    private static MemberShape Member(JsonPropertyInfo property)
    {
        var source =
            property.AttributeProvider as PropertyInfo
            ?? throw new InvalidOperationException($"{property.Name} has no property.");
        return new(
            property.Name,
            property.IsRequired,
            OfValue(property.PropertyType, source),
            $"P:{source.DeclaringType?.FullName}.{source.Name}"
        );
    }

    private static Shape OfValue(Type type, PropertyInfo member)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (s_scalars.TryGetValue(type, out var scalar))
        {
            return scalar;
        }

        if (type == typeof(string))
        {
            var text = Required<TextAttribute>(member);
            return new TextShape(text.Least, text.Most, text.Form);
        }

        if (type == typeof(int) || type == typeof(long))
        {
            var whole = Required<WholeAttribute>(member);
            return new WholeShape(whole.Least, whole.Most);
        }

        if (type.IsEnum)
        {
            return new WordShape([.. Enum.GetNames(type).Select(WordOf)]);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var items = Required<ItemsAttribute>(member);
            return new ListShape(
                OfValue(type.GetGenericArguments()[0], member),
                items.Least,
                items.Most,
                items.Sorted,
                items.Distinct
            );
        }

        return OfRecord(type);
    }

    private static T Required<T>(PropertyInfo member)
        where T : Attribute =>
        member.GetCustomAttribute<T>()
        ?? throw new InvalidOperationException(
            $"{member.DeclaringType?.Name}.{member.Name} must state its {typeof(T).Name}."
        );

    private static ObjectShape Key()
    {
        const ulong Kind = 1 << 4;
        const ulong Passkey = Kind | (1 << 5) | (1 << 6);
        return new(
            "A key",
            [
                new("kty", IsRequired: true, new WordShape(["EC"])),
                new("crv", IsRequired: true, new WordShape(["P-256"])),
                new("x", IsRequired: true, new TextShape(43, 43, TextForm.Coordinate)),
                new("y", IsRequired: true, new TextShape(43, 43, TextForm.Coordinate)),
                new("kind", IsRequired: false, new WordShape(["webauthn"])),
                new("rp_id", IsRequired: false, new TextShape(1, 253, TextForm.Domain)),
                new(
                    "origins",
                    IsRequired: false,
                    new ListShape(
                        new TextShape(1, 300, TextForm.WebOrigin),
                        1,
                        8,
                        sorted: true,
                        distinct: false
                    )
                ),
            ],
            seen =>
                (seen & Passkey) is 0 or Passkey
                    ? null
                    : new(
                        "",
                        "malformed-key",
                        "kind, rp_id and origins stand together, for a passkey, or not at all."
                    )
        );
    }
}
