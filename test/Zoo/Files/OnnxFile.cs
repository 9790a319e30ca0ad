using System.Text;
using Concord.Measures.Weights;

namespace Concord.Zoo.Files;

/// <summary>
/// ONNX as an exporter writes it: initialisers, those of linear layers in × out and with names
/// that count, and a node that reads each of them; of an LSTM as its operator asks, with the gates
/// in its order.
/// </summary>
public static class OnnxFile
{
    // Input, forget, candidate, output become input, output, forget, candidate.
    private static readonly int[] s_gates = [0, 3, 1, 2];

    /// <summary>A file with every tensor.</summary>
    /// <param name="net">The network.</param>
    /// <param name="element">
    /// F32, F16 or BF16; U8: matrices and convolutions as onnxruntime quantises them for operators
    /// on whole numbers, all else F32.
    /// </param>
    public static byte[] Write(ZooNet net, ElementType element = ElementType.F32)
    {
        var isWhole = element == ElementType.U8;
        element = isWhole ? ElementType.F32 : element;
        using var graph = new MemoryStream();
        using var initialisers = new MemoryStream();
        foreach (var (i, tensor) in net.Tensors.Index())
        {
            if (tensor.Name.StartsWith(Recurrent, StringComparison.Ordinal))
            {
                if (
                    tensor.Name.StartsWith(Recurrent + "weight_ih", StringComparison.Ordinal)
                    && !tensor.Name.EndsWith(Back, StringComparison.Ordinal)
                )
                {
                    AddRecurrent(net, tensor.Name[^1..], i, graph, initialisers, element);
                }

                continue;
            }

            var linear = tensor.Shape.Length == 2 && !IsTable(tensor.Name);
            // GPT-2's lie in × out already.
            var turned = linear && net.Architecture is not "gpt2";
            var name = linear ? $"onnx::MatMul_{1000 + i}" : tensor.Name;
            var stored = (turned ? tensor.Transposed() : tensor) with { Name = name };
            if (isWhole && Kind(stored, linear) is "MatMul" or "Conv")
            {
                AddWhole(stored, i, Kind(stored, linear) + "Integer", graph, initialisers);
                continue;
            }

            Message(initialisers, 5, Tensor(stored, element));
            Message(graph, 1, Node([$"x{i}", name], $"x{i + 1}", Kind(stored, linear)));
        }

        Text(graph, 2, "main_graph");
        initialisers.WriteTo(graph);
        using var model = new MemoryStream();
        Number(model, 1, 8);
        Text(model, 2, "pytorch");
        Message(model, 7, graph);
        using var opset = new MemoryStream();
        Text(opset, 1, "");
        Number(opset, 2, 17);
        Message(model, 8, opset);
        return model.ToArray();
    }

    private const string Recurrent = "rnn.";
    private const string Back = "_reverse";

    /// <summary>
    /// A byte for each number, one scale and one zero for all, these as the quantiser stores them:
    /// not raw.
    /// </summary>
    private static void AddWhole(
        ZooTensor tensor,
        int number,
        string kind,
        MemoryStream graph,
        MemoryStream initialisers
    )
    {
        var (least, most) = (Math.Min(0, tensor.Values.Min()), Math.Max(0, tensor.Values.Max()));
        var scale = (most - least) / 255;
        var zero = (int)Math.Round(-least / scale);
        string[] names = [$"{tensor.Name}_quantized", $"{tensor.Name}_zero_point"];
        var bytes = Array.ConvertAll(
            tensor.Values,
            x => (byte)Math.Clamp(Math.Round(x / scale) + zero, 0, 255)
        );
        var weights = new MemoryStream();
        foreach (var size in tensor.Shape)
        {
            Number(weights, 1, (ulong)size);
        }

        Number(weights, 2, 2);
        Text(weights, 8, names[0]);
        Bytes(weights, 9, bytes);
        var point = new MemoryStream();
        Number(point, 2, 2);
        Bytes(point, 5, zero < 128 ? [(byte)zero] : [(byte)(zero | 128), 1]);
        Text(point, 8, names[1]);
        Message(initialisers, 5, weights);
        Message(initialisers, 5, point);
        var taken = (string[])[$"q{number}", names[0], $"z{number}", names[1]];
        Message(graph, 1, Node(taken, $"x{number + 1}", kind));
    }

    /// <summary>W, R and B of one layer, each with its directions in front: one or two.</summary>
    private static void AddRecurrent(
        ZooNet net,
        string layer,
        int number,
        MemoryStream graph,
        MemoryStream initialisers,
        ElementType element
    )
    {
        string[] ways = net.Find($"{Recurrent}weight_ih_l{layer}{Back}") is null
            ? [""]
            : ["", Back];
        ZooTensor Of(string part, string way) => Turned(net[$"{Recurrent}{part}_l{layer}{way}"]);
        ZooTensor[][] parts =
        [
            [.. ways.Select(way => Of("weight_ih", way))],
            [.. ways.Select(way => Of("weight_hh", way))],
            [.. ways.Select(way => ZooTensor.Joined("", Of("bias_ih", way), Of("bias_hh", way)))],
        ];
        var names = Enumerable
            .Range(0, 3)
            .Select(i => $"onnx::LSTM_{1000 + (10 * number) + i}")
            .ToArray();
        foreach (var (name, each) in names.Zip(parts))
        {
            var stored = ZooTensor.Joined(name, each) with
            {
                Shape = [ways.Length, .. each[0].Shape],
            };
            Message(initialisers, 5, Tensor(stored, element));
        }

        Message(graph, 1, Node([$"x{number}", .. names], $"x{number + 1}", "LSTM"));
    }

    private static ZooTensor Turned(ZooTensor tensor)
    {
        var size = tensor.Shape[0] / s_gates.Length;
        return tensor.Select(
            0,
            [.. s_gates.SelectMany(gate => Enumerable.Range(gate * size, size))]
        );
    }

    /// <summary>Tables that are looked up.</summary>
    private static bool IsTable(string name) =>
        name.Contains("embed", StringComparison.Ordinal)
        || name is "encoder.weight"
        || name.Contains(".wte", StringComparison.Ordinal)
        || name.Contains(".wpe", StringComparison.Ordinal);

    private static string Kind(ZooTensor tensor, bool linear) =>
        tensor.Shape.Length switch
        {
            1 => "Add",
            2 => linear ? "MatMul" : "Gather",
            _ => "Conv",
        };

    private static MemoryStream Tensor(ZooTensor tensor, ElementType element)
    {
        var message = new MemoryStream();
        foreach (var size in tensor.Shape)
        {
            Number(message, 1, (ulong)size);
        }

        Number(
            message,
            2,
            element switch
            {
                ElementType.F32 => 1,
                ElementType.F16 => 10,
                ElementType.BF16 => 16UL,
                _ => throw new ArgumentException($"{element} is not made here.", nameof(element)),
            }
        );
        Text(message, 8, tensor.Name);
        Bytes(message, 9, StoredAs.Bytes(element, tensor.Values));
        return message;
    }

    private static MemoryStream Node(string[] inputs, string output, string kind)
    {
        var message = new MemoryStream();
        foreach (var input in inputs)
        {
            Text(message, 1, input);
        }

        Text(message, 2, output);
        Text(message, 4, kind);
        return message;
    }

    private static void Number(Stream stream, int field, ulong value)
    {
        Varint(stream, (ulong)field << 3);
        Varint(stream, value);
    }

    private static void Text(Stream stream, int field, string text) =>
        Bytes(stream, field, Encoding.UTF8.GetBytes(text));

    private static void Message(Stream stream, int field, MemoryStream message) =>
        Bytes(stream, field, message.GetBuffer().AsSpan(0, (int)message.Length));

    private static void Bytes(Stream stream, int field, ReadOnlySpan<byte> bytes)
    {
        Varint(stream, (ulong)field << 3 | 2);
        Varint(stream, (ulong)bytes.Length);
        stream.Write(bytes);
    }

    private static void Varint(Stream stream, ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            stream.WriteByte((byte)(value & 0x7F | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
