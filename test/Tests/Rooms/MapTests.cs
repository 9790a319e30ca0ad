using Concord.Rooms;
using CsCheck;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class MapTests
{
    private readonly record struct Poor(int Value)
    {
        public override int GetHashCode() => Value & 3;
    }

    [Fact]
    public void It_holds_what_a_dictionary_holds_after_any_sequence_of_changes() =>
        Gen.Select(Gen.Int[0, 60], Gen.Bool, Gen.Int)
            .List[0, 200]
            .Sample(steps => Agrees(steps, key => key), iter: 2_000);

    [Fact]
    public void Keys_whose_hash_codes_collide_stay_apart() =>
        Gen.Select(Gen.Int[0, 40], Gen.Bool, Gen.Int)
            .List[0, 120]
            .Sample(steps => Agrees(steps, key => new Poor(key)), iter: 1_000);

    [Fact]
    public void An_old_map_stays_as_it_was()
    {
        var old = Map<int, string>.Empty.Set(1, "a").Set(2, "b");

        var changed = old.Set(1, "z").Remove(2).Set(3, "c");

        Assert.Equal("a", old[1]);
        Assert.True(old.Has(2));
        Assert.False(old.Has(3));
        Assert.Equal<string>(
            ["z", "c"],
            changed.OrderBy(pair => pair.Key).Select(pair => pair.Value)
        );
    }

    [Fact]
    public void An_edit_changes_its_own_map_and_no_other() =>
        Gen.Select(Gen.Int[0, 200].List[0, 200], Gen.Int[0, 200].List[0, 200])
            .Sample(
                (first, second) =>
                {
                    var before = first.Aggregate(
                        Map<int, int>.Empty,
                        (map, key) => map.Set(key, 1)
                    );
                    var kept = before.ToDictionary();
                    var edit = before.In(new Edit());
                    foreach (var key in second)
                    {
                        edit = key % 3 == 0 ? edit.Remove(key) : edit.Set(key, 2);
                    }

                    var after = edit.In(null);
                    var plain = second.Aggregate(
                        before,
                        (map, key) => key % 3 == 0 ? map.Remove(key) : map.Set(key, 2)
                    );
                    after = after.Set(1_000, 3);
                    return before.ToDictionary().Count == kept.Count
                        && kept.All(pair => before[pair.Key] == pair.Value)
                        && after.Count == plain.Count + 1
                        && plain.All(pair => after[pair.Key] == pair.Value)
                        && !edit.Has(1_000);
                },
                iter: 3_000
            );

    [Fact]
    public void It_grows_to_many_dense_ids()
    {
        var map = Map<long, long>.Empty;
        for (var i = 0L; i < 100_000; i++)
        {
            map = map.Set(i, i * 2);
        }

        Assert.Equal(100_000, map.Count);
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.Equal(i * 200L, map[i * 100L]));
        Assert.Equal(100_000, map.Keys.Distinct().Count());
    }

    private static bool Agrees<TKey>(List<(int, bool, int)> steps, Func<int, TKey> keyOf)
        where TKey : notnull
    {
        var map = Map<TKey, int>.Empty;
        var model = new Dictionary<TKey, int>();
        foreach (var (number, isSet, value) in steps)
        {
            var key = keyOf(number);
            map = isSet ? map.Set(key, value) : map.Remove(key);
            if (isSet)
            {
                model[key] = value;
            }
            else
            {
                model.Remove(key);
            }
        }

        return map.Count == model.Count
            && map.All(pair => model.TryGetValue(pair.Key, out var value) && value == pair.Value)
            && map.Keys.Distinct().Count() == model.Count;
    }
}
