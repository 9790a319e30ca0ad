using System.Globalization;

namespace Concord.Measures.Weights.Formats;

/// <summary>ONNX's tensors in files beside the model: in its folder and nowhere else.</summary>
/// <param name="file">The model.</param>
/// <param name="beside">Opens a file in its folder.</param>
internal sealed class ExternalData(ByteSource file, Func<string, ByteSource?> beside)
{
    private readonly Dictionary<string, ByteSource> _files = new(StringComparer.Ordinal);
    private readonly List<WeightsTensor> _tensors = [];
    private readonly HashSet<(ByteSource, long, long)> _stretches = [];

    /// <summary>
    /// A tensor whose bytes are beside; nothing where they are those of one before, so that a model
    /// of a megabyte never asks to read a file a thousand times.
    /// </summary>
    public WeightsTensor? Tensor(string name, long[] shape, OnnxTensorProto proto)
    {
        var here = new TensorPlace(name, shape, file, 0);
        if (proto.Field != 0 || !proto.External.TryGetValue("location", out var location))
        {
            throw here.Fault(
                "it is said to be in another file, and lacks a location or is here too"
            );
        }

        var place = new TensorPlace(
            name,
            shape,
            File(here, location),
            Number(here, proto, "offset") ?? 0
        );
        var tensor = OnnxTypes.Tensor(place, proto.Type, Number(here, proto, "length"));
        var isAgain = !_stretches.Add((tensor.Source, tensor.Offset, tensor.ByteLength));
        if (isAgain && tensor.ByteLength > 0)
        {
            return null;
        }

        _tensors.Add(tensor);
        return tensor;
    }

    /// <summary>
    /// Sees that no stretch is two tensors', in part.
    /// </summary>
    public void SeeThatNoneOverlap()
    {
        foreach (var tensors in _tensors.GroupBy(tensor => tensor.Source))
        {
            var end = 0L;
            foreach (var tensor in tensors.OrderBy(tensor => (tensor.Offset, tensor.ByteLength)))
            {
                if (tensor.Offset < end)
                {
                    throw new WeightsFault(
                        file.Name,
                        $"tensor {Words.Quoted(tensor.Name)}",
                        $"its bytes in {Words.Quoted(tensor.Source.Name)} from byte {tensor.Offset}"
                            + " on are another tensor's in part"
                    );
                }

                end = tensor.Offset + tensor.ByteLength;
            }
        }
    }

    private ByteSource File(TensorPlace tensor, string location)
    {
        if (_files.TryGetValue(location, out var known))
        {
            return known;
        }

        var source = Words.IsPlainFileName(location)
            ? beside(location)
            : throw tensor.Fault(
                $"its data are said to be in {Words.Quoted(location)}: only a plain name of a file"
                    + " in the same folder is followed"
            );
        if (_files.Count == ReaderLimits.FilesOfSet)
        {
            throw tensor.Fault($"more than {ReaderLimits.FilesOfSet} files beside the model");
        }

        return _files[location] =
            source ?? throw tensor.Fault($"{Words.Quoted(location)} is not beside the model");
    }

    private static long? Number(TensorPlace tensor, OnnxTensorProto proto, string key)
    {
        if (!proto.External.TryGetValue(key, out var text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw tensor.Fault($"its {key} {Words.Quoted(text)} is no whole number below 2^63");
    }
}
