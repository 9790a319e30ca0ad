using Concord.Measures.Weights;

namespace Concord.Zoo.Files;

/// <summary>A network as if a reader had read it from a file.</summary>
public static class InMemory
{
    /// <summary>Its contents: the tensors in their order, each with its own bytes.</summary>
    /// <param name="net">The network.</param>
    /// <param name="element">How its elements are stored: all of one type.</param>
    public static WeightsContents Contents(ZooNet net, ElementType element = ElementType.F32) =>
        new()
        {
            Format = WeightsFormat.Safetensors,
            Tensors = [.. net.Tensors.Select(tensor => Tensor(tensor, element))],
            Claims = new Dictionary<string, string>(StringComparer.Ordinal),
            Notes = [],
        };

    private static WeightsTensor Tensor(ZooTensor tensor, ElementType element)
    {
        var bytes = StoredAs.Bytes(element, tensor.Values);
        return new()
        {
            Name = tensor.Name,
            Shape = Array.ConvertAll(tensor.Shape, size => (long)size),
            Element = element,
            Source = new MemoryBytes(tensor.Name, bytes),
            Offset = 0,
            ByteLength = bytes.Length,
            Elements = tensor.Values.Length,
        };
    }
}
