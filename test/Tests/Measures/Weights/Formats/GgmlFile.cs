namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>GGML before GGUF: llama.cpp's last layout, and whisper.cpp's of Silero.</summary>
internal static class GgmlFile
{
    public static byte[] Good => Llama(3, Tensor("w", [32, 2], 2, new byte[36]));

    public static byte[] Llama(uint version, params byte[] tensors)
    {
        var written = new Written().Word(0x67676a74).Word(version).Word(1);
        for (var i = 0; i < 6; i++)
        {
            written.Word(4);
        }

        return written.Word(2).Text("ab").Word(0).Add(tensors).Bytes;
    }

    public static byte[] Silero(params byte[] tensors)
    {
        var written = new Written().Word(0x67676d6c).Word(10).Text("silero-16k");
        foreach (var number in (uint[])[6, 2, 0, 512, 64, 1, 129, 128, 3, 128, 128, 128, 1])
        {
            written.Word(number);
        }

        return written.Add(tensors).Bytes;
    }

    /// <summary>
    /// A tensor; in llama.cpp's layout its data begin at a multiple of 32 from here on.
    /// </summary>
    public static byte[] Tensor(
        string name,
        uint[] sizes,
        uint type,
        byte[] data,
        uint? count = null,
        bool isAligned = true
    )
    {
        var written = new Written().Word(count ?? (uint)sizes.Length).Word((uint)name.Length);
        written.Word(type);
        foreach (var size in sizes)
        {
            written.Word(size);
        }

        written.Text(name);

        // What stands before has 46 bytes.
        while (isAligned && (46 + written.Length) % 32 != 0)
        {
            written.Add(0);
        }

        return written.Add(data).Bytes;
    }
}
