using Concord.Acts;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;

namespace Concord.Authority.Web.Tables;

/// <summary>
/// The register as lists need it, at one world: every model's line, in every order, with the counts
/// of each column. Immutable; the next one is made out of it and of what was filed in between.
/// </summary>
public sealed class RegisterTable
{
    private static readonly IComparer<RegisterLine>[] s_orders =
    [
        Comparer<RegisterLine>.Create((a, b) => Then(b.Compute.CompareTo(a.Compute), a, b)),
        Comparer<RegisterLine>.Create((a, b) => Then(b.Published.CompareTo(a.Published), a, b)),
        Comparer<RegisterLine>.Create(
            (a, b) => Then(string.CompareOrdinal(a.Folded, b.Folded), a, b)
        ),
        Comparer<RegisterLine>.Create((a, b) => b.Id.Index.CompareTo(a.Id.Index)),
    ];

    private readonly RegisterLine[][] _orders;
    private readonly int[,] _counts;

    private RegisterTable(
        World world,
        IReadOnlyList<RegisterColumn> columns,
        RegisterLine[][] orders,
        NearWords near
    )
    {
        (World, Columns, _orders, Near) = (world, columns, orders, near);
        _counts = new int[Math.Max(1, columns.Count), RegisterLine.Answers.Count];
        foreach (var line in orders[0])
        {
            Registered += line.IsRegistered ? 1 : 0;
            foreach (var column in columns)
            {
                _counts[column.Place, Place(line.Answer(column))]++;
            }
        }
    }

    private RegisterTable(RegisterTable alike, World world)
    {
        (World, Columns, _orders) = (world, alike.Columns, alike._orders);
        (_counts, Registered, Near) = (alike._counts, alike.Registered, alike.Near);
    }

    /// <summary>The world.</summary>
    public World World { get; }

    /// <summary>The laws.</summary>
    public IReadOnlyList<RegisterColumn> Columns { get; }

    /// <summary>How many models there are.</summary>
    public int Count => _orders[0].Length;

    /// <summary>How many of them their developers registered.</summary>
    public int Registered { get; }

    /// <summary>The words of its lines, by which it answers what is misspelt.</summary>
    public NearWords Near { get; }

    /// <summary>How many models have an answer in a column.</summary>
    public int CountOf(RegisterColumn column, StateKind answer) =>
        _counts[column.Place, Place(answer)];

    /// <summary>The lines in an order.</summary>
    public IReadOnlyList<RegisterLine> Lines(RegisterOrder order) =>
        _orders[order is RegisterOrder.Match ? 0 : (int)order];

    /// <summary>The column of a rulebook; null: there is none.</summary>
    public RegisterColumn? Column(string? id) =>
        Columns.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.Ordinal));

    /// <summary>The table of a world, made from nothing.</summary>
    public static RegisterTable Of(World world, IEnumerable<ModelId> models)
    {
        var columns = RegisterColumn.Of(world);
        var lines = LinesOf(world, columns, models);
        RegisterLine[][] orders = [.. s_orders.Select(order => Sorted(lines, order))];
        return new(world, columns, orders, NearWords.Of(orders[0]));
    }

    /// <summary>The table of another world of the same log, as a rule a later one.</summary>
    /// <param name="world">The other world.</param>
    /// <param name="changed">
    /// The models about which something was filed in between, and all that was made from them.
    /// </param>
    public RegisterTable Next(World world, IReadOnlySet<ModelId> changed)
    {
        if (changed.Count == 0)
        {
            return new(this, world);
        }

        var lines = LinesOf(world, Columns, changed);
        RegisterLine[][] orders =
        [
            .. s_orders.Select(
                (order, i) => Merged(_orders[i], changed, Sorted(lines, order), order)
            ),
        ];
        return new(world, Columns, orders, Near.Next(orders[0], changed, lines));
    }

    /// <summary>
    /// Whether the laws answer alike at both worlds for models about which nothing was filed: the
    /// same rulebooks, on the same day of each.
    /// </summary>
    public bool IsSameDay(World world) =>
        ReferenceEquals(World.Network.Rulebooks, world.Network.Rulebooks)
        && World.At.Day == world.At.Day
        && Columns.All(one => one.Book.Zone.DayOf(World.At) == one.Book.Zone.DayOf(world.At));

    private static RegisterLine[] LinesOf(
        World world,
        IReadOnlyList<RegisterColumn> columns,
        IEnumerable<ModelId> models
    )
    {
        // Each worker judges what its models were made from once, and one processor is left to
        // whoever files meanwhile.
        using var readers = new ThreadLocal<FactReader>(() => new(world));
        return
        [
            .. models
                .AsParallel()
                .AsOrdered()
                .WithDegreeOfParallelism(Math.Max(1, Environment.ProcessorCount - 1))
                .Select(id => world.Registry.Models.Find(id))
                .Where(model => model is { AnsweredBy: null })
                .Select(model => RegisterLine.Of(world, model!, columns, readers.Value!)),
        ];
    }

    private static RegisterLine[] Sorted(RegisterLine[] lines, IComparer<RegisterLine> order)
    {
        var sorted = (RegisterLine[])lines.Clone();
        Array.Sort(sorted, order);
        return sorted;
    }

    private static RegisterLine[] Merged(
        RegisterLine[] old,
        IReadOnlySet<ModelId> changed,
        RegisterLine[] lines,
        IComparer<RegisterLine> order
    )
    {
        var merged = new List<RegisterLine>(old.Length + lines.Length);
        var next = 0;
        foreach (var line in old)
        {
            if (changed.Contains(line.Id))
            {
                continue;
            }

            while (next < lines.Length && order.Compare(lines[next], line) < 0)
            {
                merged.Add(lines[next++]);
            }

            merged.Add(line);
        }

        merged.AddRange(lines.AsSpan(next));
        return [.. merged];
    }

    private static int Then(int order, RegisterLine a, RegisterLine b) =>
        order != 0 ? order : b.Id.Index.CompareTo(a.Id.Index);

    private static int Place(StateKind answer) =>
        answer switch
        {
            StateKind.Yes => 0,
            StateKind.Undetermined => 1,
            StateKind.No => 2,
            _ => 3,
        };
}
