namespace Concord.Measures.Weights.Roles;

/// <summary>
/// Networks whose layers read from one stream and write to it (transformers): the units of their
/// feed-forward layers.
/// </summary>
internal static class StreamLayout
{
    /// <summary>By names; null: they name no feed-forward layer.</summary>
    public static NetworkLayout? ByName(IReadOnlyList<WeightsTensor> tensors)
    {
        var placed = tensors
            .Select(tensor => (Tensor: tensor, Place: RoleNames.Of(tensor.Name)))
            .Where(one => one.Place.Role != TensorRole.Other)
            .ToArray();
        var input = Widest(placed, TensorRole.Embedding);
        var output = Widest(placed, TensorRole.Unembedding);
        var width = input is null ? 0 : (int)LayoutReader.Sizes(input)[^1];
        var layers = Layers(placed, width);
        if (layers.Count == 0 && width > 0)
        {
            // A table may be narrower than the stream (ALBERT, OPT 350m).
            layers = Layers(placed, width: 0);
        }

        if (layers.Count == 0)
        {
            return null;
        }

        // One stream has one width; what has another is not along it.
        width = layers[0].Width;
        return new(
            [.. layers.Where(layer => layer.Width == width)],
            [],
            OfWidth(input, width),
            OfWidth(output, width) ?? OfWidth(input, width),
            Gains(tensors, TensorRole.FinalGain, width).FirstOrDefault()
        );
    }

    /// <summary>The layers that names tell, in their order.</summary>
    private static List<UnitLayer> Layers(
        (WeightsTensor Tensor, RolePlace Place)[] placed,
        int width
    ) =>
        [
            .. placed
                .Where(one => one.Place.Layer >= 0)
                .GroupBy(one => one.Place.Layer)
                .OrderBy(group => group.Key)
                .Select(group => Layer([.. group], width))
                .OfType<UnitLayer>(),
        ];

    /// <summary>
    /// By shapes: matrices between the commonest size, that of the stream, and one other size, two
    /// one way and one the other (gated), or one each way.
    /// </summary>
    public static NetworkLayout? ByShape(IReadOnlyList<WeightsTensor> tensors)
    {
        var flat = tensors
            .Select(tensor => (Tensor: tensor, Sizes: LayoutReader.Sizes(tensor)))
            .Where(one => one.Sizes.Length == 2)
            .ToArray();
        if (WidthOf(flat) is not (> 0 and <= LayoutLimits.Width and var width))
        {
            return null;
        }

        // The size that most matrices share with the stream is that of the layers, and not the
        // vocabulary's, however wide that is.
        var others = flat.Where(one => one.Sizes.Contains(width))
            .Select(one => one.Sizes[0] == width ? one.Sizes[1] : one.Sizes[0])
            .Where(size => size != width && size <= LayoutLimits.Units)
            .GroupBy(size => size)
            .OrderByDescending(group => group.Count())
            .ThenByDescending(group => group.Key)
            .Select(group => group.Key);
        foreach (var units in others)
        {
            var ours = flat.Where(one => one.Sizes.Contains(width) && one.Sizes.Contains(units))
                .Select(one => one.Tensor)
                .ToArray();
            var layers = LayersByShape(ours, width, units);
            if (layers.Count > 0)
            {
                var tables = flat.Where(one =>
                        one.Sizes[1] == width && one.Sizes[0] > units && one.Sizes[0] != width
                    )
                    .Select(one => one.Tensor)
                    .ToArray();
                var gains = Gains(tensors, TensorRole.FeedForwardGain, width);
                return new(
                    WithGains(layers, gains),
                    [],
                    tables.FirstOrDefault(),
                    tables.LastOrDefault(),
                    Gains(tensors, TensorRole.FinalGain, width).FirstOrDefault()
                );
            }
        }

        return null;
    }

    /// <summary>Whether most matrices share one size, as those around a stream do.</summary>
    public static bool LooksLikeStream(IReadOnlyList<WeightsTensor> tensors)
    {
        var flat = tensors
            .Select(tensor => (Tensor: tensor, Sizes: LayoutReader.Sizes(tensor)))
            .Where(one => one.Sizes.Length >= 2)
            .ToArray();
        return WidthOf([.. flat.Where(one => one.Sizes.Length == 2)]) is { } width
            && flat.Length >= 8
            && flat.Count(one => one.Sizes.Contains(width)) * 10 >= flat.Length * 9;
    }

    /// <summary>Norms keep their names where a converter gives matrices new ones.</summary>
    private static WeightsTensor[] Gains(
        IReadOnlyList<WeightsTensor> tensors,
        TensorRole role,
        long width
    ) =>
        [
            .. tensors
                .Where(tensor => tensor.Elements == width)
                .Select(tensor => (Tensor: tensor, Place: RoleNames.Of(tensor.Name)))
                .Where(one => one.Place.Role == role)
                .OrderBy(one => one.Place.Layer)
                .Select(one => one.Tensor),
        ];

    /// <summary>
    /// The layers with their norms' gains, where each has one, or as many experts share one.
    /// </summary>
    private static List<UnitLayer> WithGains(List<UnitLayer> layers, WeightsTensor[] gains) =>
        gains.Length == 0 || layers.Count % gains.Length != 0
            ? layers
            :
            [
                .. layers.Select(
                    (layer, at) =>
                        layer with
                        {
                            Views =
                            [
                                .. layer
                                    .Views.SkipLast(1)
                                    .Select(view =>
                                        view with
                                        {
                                            Gain = gains[at * gains.Length / layers.Count],
                                        }
                                    ),
                                layer.Views[^1],
                            ],
                        }
                ),
            ];

    private static long? WidthOf((WeightsTensor Tensor, long[] Sizes)[] flat) =>
        flat.SelectMany(one => one.Sizes.Distinct())
            .GroupBy(size => size)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key)
            .FirstOrDefault()
            ?.Key;

    private static List<UnitLayer> LayersByShape(WeightsTensor[] ours, long width, long units)
    {
        var wide = ours.Count(tensor => LayoutReader.Sizes(tensor)[0] == units);
        var tall = ours.Length - wide;
        var (reads, writes) = (Math.Max(wide, tall), Math.Min(wide, tall));
        var each =
            writes > 0 && reads == 2 * writes ? 3
            : writes > 0 && reads == writes ? 2
            : 0;
        var layers = new List<UnitLayer>();
        for (var at = 0; each > 0 && at + each <= ours.Length; at += each)
        {
            var block = ours.AsSpan(at, each).ToArray();
            // Of two, which way they lie depends on the format: a layer reads before it writes.
            var down =
                each == 2
                    ? block[1]
                    : block.FirstOrDefault(tensor =>
                        (LayoutReader.Sizes(tensor)[0] == units) != (wide >= tall)
                    );
            var up = block.Where(tensor => tensor != down).ToArray();
            if (down is null || up.Length != each - 1)
            {
                return [];
            }

            layers.Add(
                new(
                    each == 3 ? UnitKind.Gated : UnitKind.Plain,
                    [
                        .. up.Append(down)
                            .Select(tensor => new UnitView(
                                [Whole(tensor, (int)width, (int)units)],
                                null
                            )),
                    ]
                )
            );
        }

        return layers;
    }

    private static UnitLayer? Layer((WeightsTensor Tensor, RolePlace Place)[] placed, int width)
    {
        var downs = placed.Where(one => one.Place.Role == TensorRole.Down).ToArray();
        var ups = placed
            .Where(one => one.Place.Role is TensorRole.Up or TensorRole.GateUp)
            .ToArray();
        var gates = placed.Where(one => one.Place.Role == TensorRole.Gate).ToArray();
        var experts = downs.Select(one => one.Place.Expert).Distinct().Order().ToArray();
        if (downs.Length == 0 || ups.Length == 0)
        {
            return null;
        }

        var sizes = LayoutReader.Sizes(downs[0].Tensor);
        if (width == 0 && sizes.Length >= 2)
        {
            width = (int)Math.Min(sizes[^1], sizes[^2]);
        }

        var (gate, up, down) = (
            new List<UnitMatrix>(),
            new List<UnitMatrix>(),
            new List<UnitMatrix>()
        );
        foreach (var expert in experts)
        {
            if (
                Named(downs, expert) is not { } written
                || Named(ups, expert) is not { } read
                || !AddExpert(written, read, Named(gates, expert), width, gate, up, down)
            )
            {
                return null;
            }
        }

        if (
            (gate.Count > 0 && gate.Count != up.Count)
            || up.Sum(part => (long)part.Units) > LayoutLimits.Units
        )
        {
            return null;
        }

        var gain = placed
            .Where(one =>
                one.Place.Role == TensorRole.FeedForwardGain && one.Tensor.Elements == width
            )
            .Select(one => one.Tensor)
            .MaxBy(tensor => tensor.Name.Contains("feedforward", StringComparison.Ordinal));
        return gate.Count == 0
            ? new(UnitKind.Plain, [new(up, gain), new(down, null)])
            : new(UnitKind.Gated, [new(gate, gain), new(up, gain), new(down, null)]);
    }

    private static bool AddExpert(
        WeightsTensor written,
        WeightsTensor read,
        WeightsTensor? gated,
        int width,
        List<UnitMatrix> gate,
        List<UnitMatrix> up,
        List<UnitMatrix> down
    )
    {
        var sizes = LayoutReader.Sizes(written);
        if (
            sizes.Length is not (2 or 3)
            || (sizes[^1] != width && sizes[^2] != width)
            || width is 0 or > LayoutLimits.Width
            || written.Elements > (long)width * LayoutLimits.Units
        )
        {
            return false;
        }

        var units = (int)(sizes[^1] == width ? sizes[^2] : sizes[^1]);
        var count = sizes.Length == 3 ? (int)sizes[0] : 1;
        var fused = gated is null && read.Elements == 2 * written.Elements;
        if (
            (!fused && read.Elements != written.Elements)
            || (gated is not null && gated.Elements != written.Elements)
            || LayoutReader.Sizes(read).Length < 2
            || (gated is not null && LayoutReader.Sizes(gated).Length < 2)
        )
        {
            return false;
        }

        for (var expert = 0; expert < count; expert++)
        {
            down.Add(Part(written, expert, width, units, 0, 1));
            up.Add(Part(read, expert, width, units, fused ? 1 : 0, fused ? 2 : 1));
            if (fused)
            {
                gate.Add(Part(read, expert, width, units, 0, 2));
            }
            else if (gated is not null)
            {
                gate.Add(Part(gated, expert, width, units, 0, 1));
            }
        }

        return true;
    }

    private static UnitMatrix Whole(WeightsTensor tensor, int width, int units) =>
        Part(tensor, 0, width, units, 0, 1);

    /// <summary>
    /// The matrix of one expert, and of a fused tensor one of <paramref name="of" /> equal parts.
    /// </summary>
    private static UnitMatrix Part(
        WeightsTensor tensor,
        int expert,
        int width,
        int units,
        int part,
        int of
    )
    {
        var sizes = LayoutReader.Sizes(tensor);
        var first = (long)expert * width * units * of;
        var rowsAreUnits = sizes[^1] == width && (sizes[^2] != width || units == width);
        return rowsAreUnits
            ? new(tensor, first + ((long)part * units * width), units, width, width, false)
            : new(tensor, first + ((long)part * units), width, units, (long)units * of, true);
    }

    private static WeightsTensor? Named(
        (WeightsTensor Tensor, RolePlace Place)[] placed,
        int expert
    ) => placed.Where(one => one.Place.Expert == expert).Select(one => one.Tensor).FirstOrDefault();

    private static WeightsTensor? OfWidth(WeightsTensor? table, int width) =>
        table is not null && LayoutReader.Sizes(table)[^1] == width ? table : null;

    private static WeightsTensor? Widest(
        (WeightsTensor Tensor, RolePlace Place)[] placed,
        TensorRole role
    ) =>
        placed
            .Where(one =>
                one.Place.Role == role
                && one.Place.Layer < 0
                && LayoutReader.Sizes(one.Tensor).Length == 2
            )
            .Select(one => one.Tensor)
            .MaxBy(tensor => tensor.Elements);
}
