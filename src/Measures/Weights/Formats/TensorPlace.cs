namespace Concord.Measures.Weights.Formats;

/// <summary>Where a tensor is said to lie, before it is believed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its sizes, the slowest first.</param>
/// <param name="Source">Where its bytes are.</param>
/// <param name="Offset">The place of the first.</param>
internal sealed record TensorPlace(string Name, long[] Shape, ByteSource Source, long Offset)
{
    /// <summary>The tensor, if its sizes fill whole blocks and lie within the source.</summary>
    /// <param name="element">How its elements are stored.</param>
    /// <param name="length">How many bytes the file gives it, where it says so.</param>
    public WeightsTensor As(ElementType element, long? length = null)
    {
        var elements = Elements();
        var bytes =
            ElementLayout.Of(element).ByteLength(elements)
            ?? throw Fault(
                $"sizes {Shapes.Shown(Shape)} of {element} fill no whole number of bytes or blocks"
            );
        return Within(element, elements, bytes, length);
    }

    /// <summary>The tensor of a type that is not decoded.</summary>
    /// <param name="blockElements">Elements of a block.</param>
    /// <param name="blockBytes">Bytes of a block.</param>
    /// <param name="length">How many bytes the file gives it, where it says so.</param>
    public WeightsTensor AsOpaque(int blockElements, int blockBytes, long? length = null)
    {
        var elements = Elements();
        var bytes =
            new ElementLayout(blockElements, blockBytes, blockElements).ByteLength(elements)
            ?? throw Fault($"sizes {Shapes.Shown(Shape)} fill no whole number of blocks");
        return Within(ElementType.Opaque, elements, bytes, length);
    }

    /// <summary>A fault of this tensor.</summary>
    public WeightsFault Fault(string reason) =>
        new(Source.Name, $"tensor {Words.Quoted(Name)}", reason);

    private long Elements() =>
        Shapes.Elements(Shape)
        ?? throw Fault($"sizes {Shapes.Shown(Shape)} are negative or their product is beyond 2^63");

    private WeightsTensor Within(ElementType element, long elements, long bytes, long? length)
    {
        if (length is { } stated && stated != bytes)
        {
            throw Fault(
                $"sizes {Shapes.Shown(Shape)} take {bytes} bytes and the file gives it {stated}"
            );
        }

        if (Offset < 0 || Offset > Source.Length || bytes > Source.Length - Offset)
        {
            throw Fault(
                $"its {bytes} bytes from byte {Offset} on end behind the file, which has"
                    + $" {Source.Length}"
            );
        }

        return new()
        {
            Name = Name,
            Shape = Shape,
            Element = element,
            Source = Source,
            Offset = Offset,
            ByteLength = bytes,
            Elements = elements,
        };
    }
}
