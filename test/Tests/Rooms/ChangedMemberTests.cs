using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Tests.Acts;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// Whoever changes any one member of any act in a log changes the statement's id, and a replay
/// gives other digests, or stops at an act that cannot follow from what stands before it.
/// </summary>
public sealed class ChangedMemberTests
{
    private static readonly Lazy<(
        Given Given,
        Dictionary<string, (Act Act, SealedPart? Sealed)> Acts
    )> s_prepared = new(ActsOfEveryType.Prepared);

    public static TheoryData<string> Names => [.. ActDocument.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Changing_any_member_changes_the_id_and_the_digests(string name)
    {
        var document = ActDocument.Of(name);
        var given = JsonNode.Parse(Base(document))!.AsObject();
        var filled = JsonNode.Parse(Grafts.Fill(Base(document), document.Schema))!.AsObject();
        var untouched = new List<string>();
        foreach (var place in JsonPlace.Of(filled, document.Schema))
        {
            var before = With(given, filled, place.Path);
            var variants = Changed(document, before, place).Take(3).ToList();
            if (variants.Count == 0 && !HasOneValue(place))
            {
                untouched.Add(place.Path);
            }

            var (id, digests) = Folded(document, before.Json);
            foreach (var (otherId, otherDigests) in variants.Select(v => Folded(document, v)))
            {
                Assert.NotEqual(id, otherId);
                Assert.NotEqual(digests, otherDigests);
            }
        }

        Assert.Empty(untouched);
    }

    [Fact]
    public void A_replay_of_changed_acts_folds_them_and_rarely_stops()
    {
        var stopped = ActDocument
            .All.Select(document => Folded(document, Encoding.UTF8.GetString(Base(document))))
            .Count(after => after.Digests.StartsWith("stopped", StringComparison.Ordinal));

        Assert.Equal(0, stopped);
    }

    private static byte[] Base(ActDocument document)
    {
        var (act, part) = Example(document.Type);
        return document.IsPart ? ActJson.Write(part!) : ActJson.Write(act);
    }

    private static (Act Act, SealedPart? Part) Example(ActType type)
    {
        var (given, acts) = s_prepared.Value;
        if (!acts.TryGetValue(type.Name[..^2], out var example))
        {
            return (given.Genesis(), null);
        }

        return type.Record == typeof(Concord.Acts.Registry.RegisterModel)
            ? (example.Act, ExampleActs.Details)
            : (example.Act, example.Sealed);
    }

    /// <summary>The document with the member that the place is in, no other, filled.</summary>
    private static ActText With(JsonObject given, JsonObject filled, string path)
    {
        var end = path.IndexOfAny(['.', '['], 2);
        var top = end < 0 ? path[2..] : path[2..end];
        var node = given.DeepClone().AsObject();
        node[top] = filled[top]!.DeepClone();
        if (top is "site")
        {
            node.Remove("service");
        }

        return new(Encoding.UTF8.GetBytes(node.ToJsonString()));
    }

    private static IEnumerable<string> Changed(
        ActDocument document,
        ActText text,
        JsonPlace place
    ) =>
        Variants
            .Of(place)
            .Select(value => text.Replaced(place, value))
            .Concat(place.IsRequired ? [] : [text.Without(place)])
            .Where(variant => CanBeRebuilt(document, variant));

    /// <summary>A replay builds what is in the log and does not judge it again.</summary>
    private static bool CanBeRebuilt(ActDocument document, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        try
        {
            _ = document.IsPart
                ? (object)ActJson.RebuildPart(document.Type, bytes)
                : ActJson.Rebuild(document.Type, bytes);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>
    /// What cannot be changed alone: words with one value, coordinates (they change with their
    /// key), and what consists of members that are changed themselves.
    /// </summary>
    private static bool HasOneValue(JsonPlace place) =>
        place.Schema["enum"] is JsonArray { Count: 1 }
        || place.Value is JsonObject
        || place.Path.EndsWith(".x", StringComparison.Ordinal)
        || place.Path.EndsWith(".y", StringComparison.Ordinal);

    private static (Digest Id, string Digests) Folded(ActDocument document, string json)
    {
        var (act, part) = Example(document.Type);
        var bytes = Encoding.UTF8.GetBytes(json);
        if (document.IsPart)
        {
            part = ActJson.RebuildPart(document.Type, bytes);
        }
        else
        {
            act = ActJson.Rebuild(document.Type, bytes);
        }

        var (id, entry) = Entry(document, act, part, bytes);
        try
        {
            var world = act is Genesis ? World.Empty : s_prepared.Value.Given.World;
            var after = ViewDigests.Of(
                world.Fold(entry with { Index = world.Size }),
                Audience.Public
            );
            return (id, string.Join('\n', after.Select(view => $"{view.View} {view.Digest}")));
        }
        catch (Exception e)
            when (e is KeyNotFoundException or InvariantException or ArgumentException)
        {
            return (id, $"stopped at {id}: {e.Message}");
        }
    }

    /// <summary>The act as it stands in the log, its bytes as they are.</summary>
    private static (Digest Id, Logged Entry) Entry(
        ActDocument document,
        Act act,
        SealedPart? part,
        byte[] bytes
    )
    {
        if (document.IsPart)
        {
            var node = JsonNode.Parse(ActJson.Write(act))!;
            node["sealed_part"] = Digest.Of(bytes).ToString();
            bytes = Encoding.UTF8.GetBytes(node.ToJsonString());
            act = ActJson.Rebuild(document.Type, bytes);
        }

        var body = document.Type.IsCbor ? CborDocument.FromJson(bytes) : bytes;
        var isSealed = document.Type.Form == ActForm.Sealed;
        var key = s_prepared.Value.Given.Key(SignerOf(document.Type));
        var issuer = $"{Given.Origin}#test";
        var unsigned = new UnsignedStatement(
            key,
            new(issuer, Subjects.Of(act), ActBytes.ContentTypeOf(document.Type)),
            isSealed ? Digest.Of(body).ToArray() : body,
            isSealed
        );
        return (
            unsigned.Id,
            new(0, unsigned.Id, key.Id, issuer, document.Type, act, Digest.Of(body), part)
        );
    }

    private static string SignerOf(ActType type) =>
        type.SignedBy switch
        {
            "t roots" => "root-1",
            "k officers" or "two officers" or "k officers not involved" => "officer-a-1",
            "authority" => "registrar",
            _ => "aurora",
        };
}
