using System.Text;
using System.Text.Json.Nodes;
using Concord.Acts;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Tests.Acts;
using CsCheck;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// The law over generated acts in generated worlds: acts of every type with members bent as a
/// careless party or an attacker would, signed by whoever, judged at any length of the log.
/// </summary>
public sealed class LawPropertyTests
{
    private static readonly string[] s_signers =
    [
        "root-1",
        "officer-a-1",
        "officer-b-2",
        "registrar",
        "tick",
        "aurora",
        "aurora/filer",
        "borealis",
        "cirrus",
        "delta",
        "stranger",
    ];

    private static readonly Lazy<Case> s_case = new(Case.Make);

    private static long Runs =>
        Environment.GetEnvironmentVariable("CONCORD_SOAK") is "1" ? 200_000 : 1_500;

    [Fact]
    public void The_law_never_throws_and_what_it_admits_can_be_folded_and_digested()
    {
        var (judged, admittances) = (0, 0);
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 1_000], Gen.Int[0, 4])
            .Sample(
                (seed, at, bends) =>
                {
                    var random = new Random(seed);
                    var worlds = s_case.Value.Worlds;
                    var world = worlds[at % 2 == 0 ? ^1 : at % worlds.Count];
                    if (Bent(random, bends) is not { } signed)
                    {
                        return;
                    }

                    judged++;
                    if (Law.Judge(world, signed) is Verdict.Admitted admitted)
                    {
                        admittances++;
                        var after = world.Fold(admitted.Act.At(world.Size));
                        Assert.Equal(3, ViewDigests.Of(after, Audience.Full).Count);
                        Assert.IsType<Verdict.Duplicate>(Law.Judge(after, signed));
                    }
                },
                iter: Runs,
                threads: 1
            );
        Assert.True(judged > Runs / 4, $"{judged} of {Runs} were acts");
        Assert.True(admittances > Runs / 100, $"{admittances} of {judged} were admitted");
    }

    /// <summary>An act with some members bent, signed; null when it is no act any more.</summary>
    private static Signed? Bent(Random random, int bends)
    {
        var (act, part) = s_case.Value.Acts[random.Next(s_case.Value.Acts.Count)];
        var document = new ActDocument(ActTable.Of(act), IsPart: false);
        var text = ActJson.Write(act);
        if (random.Next(4) == 0)
        {
            text = Encoding.UTF8.GetBytes(Grafts.Fill(text, document.Schema));
        }

        for (var i = 0; i < bends; i++)
        {
            var places = JsonPlace.Of(JsonNode.Parse(text)!, document.Schema).ToList();
            var place = places[random.Next(places.Count)];
            var variants = Variants.Of(place).ToList();
            var json = new ActText(text);
            text = Encoding.UTF8.GetBytes(
                variants.Count == 0 || (!place.IsRequired && random.Next(3) == 0)
                    ? json.Without(place)
                    : json.Replaced(place, variants[random.Next(variants.Count)])
            );
        }

        return ActJson.TryParse(text, out var bent, out _)
            ? s_case.Value.Sign(SignerOf(random, document.Type), bent, part)
            : null;
    }

    private static string SignerOf(Random random, ActType type) =>
        random.Next(2) == 0
            ? s_signers[random.Next(s_signers.Length)]
            : type.SignedBy switch
            {
                "t roots" => "root-1",
                "k officers" or "two officers" or "k officers not involved" => "officer-a-1",
                "authority" => "registrar",
                "authority's tick key" => "tick",
                "operator" or "host" => "cirrus",
                "maker of the derivative" => "borealis",
                _ => "aurora",
            };

    private sealed record Case(
        Given Given,
        IReadOnlyList<World> Worlds,
        IReadOnlyList<(Act Act, SealedPart? Part)> Acts
    )
    {
        public static Case Make()
        {
            var (given, acts) = ActsOfEveryType.Prepared();
            var worlds = new List<World> { World.Empty };
            foreach (var entry in given.Log)
            {
                worlds.Add(worlds[^1].Fold(entry));
            }

            var examples = ExampleActs.All.Select(one =>
                (one.Value, ExampleActs.Parts.GetValueOrDefault(one.Key))
            );
            return new(given, worlds, [.. acts.Values, .. examples, (given.Genesis(), null)]);
        }

        public Signed? Sign(string signer, Act act, SealedPart? part)
        {
            try
            {
                var own = Subjects.SealedPartOf(act) is null ? null : part;
                return Given.TrySign(signer, act, own, issuer: null, out _);
            }
            catch (ArgumentException)
            {
                // The act lost its sealed part on the way.
                return null;
            }
        }
    }
}
