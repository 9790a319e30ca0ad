namespace Concord.Measures.Weights.Formats;

/// <summary>A tensor as a view of its storage, in elements.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The name of its type.</param>
/// <param name="Element">How its elements are stored.</param>
/// <param name="Start">The first element.</param>
/// <param name="Count">How many it has.</param>
/// <param name="Shape">The sizes in the order of memory.</param>
/// <param name="IsDense">
/// Whether it takes all elements from the first to the last, each once.
/// </param>
internal sealed record TorchView(
    string Name,
    string Type,
    ElementType Element,
    long Start,
    long Count,
    long[] Shape,
    bool IsDense
)
{
    /// <summary>The stored number that stands for zero.</summary>
    public int ZeroPoint { get; private init; }

    /// <summary>The view, or nothing where it leads out of its storage.</summary>
    public static TorchView? Of(string name, TensorReference tensor, ElementType element, long room)
    {
        var (shape, strides) = (tensor.Shape, tensor.Strides);
        if (
            tensor.Offset < 0
            || tensor.Offset > room
            || strides.Any(step => step < 0)
            || Shapes.Elements(shape) is not { } count
        )
        {
            return null;
        }

        var last = (Int128)tensor.Offset;
        for (var i = 0; i < shape.Length; i++)
        {
            last += (Int128)Math.Max(shape[i] - 1, 0) * strides[i];
        }

        if (count > 0 && last >= room)
        {
            return null;
        }

        // In the order of memory the steps fall, and each is the product of the sizes behind it.
        var order = Enumerable
            .Range(0, shape.Length)
            .OrderByDescending(i => shape[i] == 1 ? long.MaxValue : strides[i])
            .ToArray();
        var isDense = true;
        var step = (Int128)1;
        foreach (var i in order.Reverse())
        {
            isDense &= shape[i] == 1 || strides[i] == step;
            step *= Math.Max(shape[i], 1);
        }

        var isAsStated = order
            .Where(i => shape[i] != 1)
            .SequenceEqual(Enumerable.Range(0, shape.Length).Where(i => shape[i] != 1));
        return new(
            name,
            tensor.Type ?? tensor.Storage.Type,
            element,
            tensor.Offset,
            count,
            isAsStated ? shape : [.. order.Select(i => shape[i])],
            isDense || count == 0
        )
        {
            ZeroPoint = tensor.ZeroPoint,
        };
    }

    /// <summary>Whether another takes just the same elements.</summary>
    public bool Covers(TorchView other) =>
        IsDense
        && other.IsDense
        && Start == other.Start
        && Count == other.Count
        && Element == other.Element;
}
