using System.Globalization;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// GGML before GGUF: every model had a head of its own, then tensors up to the end of the file.
/// Read are the heads of whisper.cpp (Whisper, Silero VAD) and of llama.cpp (ggml, ggmf, ggjt).
/// </summary>
internal sealed class LegacyGgmlReader
{
    private const uint Ggml = 0x67676d6c;
    private const uint Ggmf = 0x67676d66;
    private const uint Ggjt = 0x67676a74;
    private const int DimensionsMax = 4;
    private const int Words11 = 11;
    private const int Words7 = 7;
    private const uint VocabularyMax = 1 << 22;
    private const int Alignment = 32;

    private readonly ByteSource _file;
    private readonly Cursor _cursor;
    private readonly Kept _kept;
    private bool _isAligned;
    private bool _hasOldBlocks;

    private LegacyGgmlReader(ByteSource file)
    {
        _file = file;
        _cursor = new(file, 0, file.Length, 1 << 14);
        _kept = new(file.Name);
    }

    /// <summary>Whether four bytes are the magic number of such a file.</summary>
    public static bool IsMagic(uint word) => word is Ggml or Ggmf or Ggjt;

    /// <summary>Reads a file.</summary>
    public static WeightsContents Read(ByteSource file)
    {
        var reader = new LegacyGgmlReader(file);
        reader.Head();
        reader.Tensors();
        return reader._kept.As(WeightsFormat.LegacyGgml);
    }

    private void Head()
    {
        var magic = _cursor.Word();
        if (magic != Ggml)
        {
            var version = _cursor.Word();
            _isAligned = magic == Ggjt;
            _hasOldBlocks = !_isAligned || version < 3;
            if (version is 0 or > 3)
            {
                throw _cursor.Fault($"version {version}, and versions 1 to 3 are known", 4);
            }

            Llama(true);
            return;
        }

        var at = _cursor.Position;
        var first = _cursor.Word();
        if (first is > 0 and <= 64 && first <= _cursor.Left && IsText(first))
        {
            Silero(first);
            return;
        }

        _cursor.MoveTo(at);
        var words = Numbers(Words11);
        if (words[9] == _cursor.Word())
        {
            Whisper(words);
            return;
        }

        _cursor.MoveTo(at);
        _hasOldBlocks = true;
        Llama(false);
    }

    private bool IsText(uint length)
    {
        var at = _cursor.Position;
        var isText = true;
        foreach (var letter in _cursor.Take((int)length))
        {
            isText &= letter is >= 0x20 and < 0x7F;
        }

        _cursor.MoveTo(at);
        return isText;
    }

    private void Silero(uint length)
    {
        _kept.Claim("model_type", _cursor.Text(length, 64, "the model's type"));
        _kept.Claim("version", string.Join('.', Numbers(3)));

        // Window and context; layers of the encoder, each with channels in and out and a kernel;
        // the recurrent cell's sizes and those of what comes last.
        _ = Numbers(2);
        var layers = _cursor.Word();
        if (layers > 64)
        {
            throw _cursor.Fault($"{layers} layers of an encoder, and 64 are allowed");
        }

        _ = Numbers((int)(3 * layers) + 4);
    }

    private void Whisper(uint[] words)
    {
        _kept.Claim("model_type", "whisper");
        _hasOldBlocks = words[10] / 1000 < 2;
        var (bands, points) = (words[9], _cursor.Word());
        _cursor.Skip(4UL * bands * points);
        Vocabulary(_cursor.Word(), 0);
    }

    private void Llama(bool hasScores)
    {
        var words = Numbers(Words7);
        _kept.Claim("n_embd", words[1].ToString(CultureInfo.InvariantCulture));
        _kept.Claim("n_layer", words[4].ToString(CultureInfo.InvariantCulture));
        Vocabulary(words[0], hasScores ? 4u : 0);
    }

    private void Vocabulary(uint count, uint extra)
    {
        if (count > VocabularyMax || count * 4UL > (ulong)_cursor.Left)
        {
            throw _cursor.Fault($"a vocabulary of {count} is announced");
        }

        for (var i = 0; i < count; i++)
        {
            _cursor.Skip(_cursor.Word());
            _cursor.Skip(extra);
        }
    }

    private void Tensors()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_cursor.Left > 0)
        {
            var at = _cursor.Position;
            var (dimensions, length, type) = (_cursor.Word(), _cursor.Word(), _cursor.Word());
            if (dimensions > DimensionsMax)
            {
                throw _cursor.Fault(
                    $"a tensor of {dimensions} dimensions, and {DimensionsMax} are allowed",
                    at
                );
            }

            // The fastest stands first.
            long[] shape = [.. Numbers((int)dimensions).Reverse().Select(size => (long)size)];
            var name = _cursor.Text(length, ReaderLimits.NameBytes, "a tensor's name");
            _kept.Count(name.Length, $"byte {at}");
            if (!names.Add(name))
            {
                throw _cursor.Fault($"tensor {Words.Quoted(name)} stands twice", at);
            }

            if (_isAligned)
            {
                _cursor.Skip((ulong)((Alignment - (_cursor.Position % Alignment)) % Alignment));
            }

            var place = new TensorPlace(name, shape, _file, _cursor.Position);
            if (_hasOldBlocks && type is >= 2 and < 16)
            {
                throw place.Fault("its blocks are of a layout before that of ggjt version 3");
            }

            var tensor = GgmlType.Tensor(place, type);
            _kept.Add(tensor);
            _cursor.Skip((ulong)tensor.ByteLength);
        }
    }

    private uint[] Numbers(int count)
    {
        var numbers = new uint[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = _cursor.Word();
        }

        return numbers;
    }
}
