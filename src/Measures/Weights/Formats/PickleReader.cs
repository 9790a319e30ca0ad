using System.Buffers.Binary;
using System.Globalization;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// Reads a pickle without unpickling: the opcodes that files of tensors use, on values of our own.
/// Names of Python's things stay texts; nothing is imported, made or called.
/// </summary>
/// <param name="cursor">Where the pickle is.</param>
internal sealed class PickleReader(Cursor cursor)
{
    private const int Opcodes = 5_000_000;
    private const int Values = 300_000;
    private const int MarksMax = 256;
    private const int TextBytes = 1 << 16;
    private const long Letters = 8 << 20;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private readonly PickleCalls _calls = new(cursor);
    private int _values;
    private long _letters;

    /// <summary>Storages that were named.</summary>
    public IReadOnlyDictionary<string, StorageReference> Storages => _calls.Storages;

    /// <summary>Names of Python's things that are not known, which a loader would import.</summary>
    public IReadOnlyCollection<string> Unknown => _calls.Unknown;

    /// <summary>Reads up to the end of the pickle.</summary>
    /// <exception cref="WeightsFault">It is broken, or uses what is not read.</exception>
    public object? Read()
    {
        for (var i = 0; i < Opcodes; i++)
        {
            var opcode = cursor.Byte();
            if (opcode == '.')
            {
                return Pop();
            }

            if (!Scalar(opcode) && !Container(opcode) && !Reference(opcode))
            {
                throw cursor.Fault(
                    $"opcode 0x{opcode:x2} of this pickle is none that files of tensors use, and"
                        + " nothing is unpickled",
                    cursor.Position - 1
                );
            }
        }

        throw cursor.Fault($"this pickle has more than {Opcodes} opcodes");
    }

    private bool Scalar(byte opcode)
    {
        switch (opcode)
        {
            case 0x80:
                cursor.Skip(1);
                return true;
            case 0x95:
                cursor.Skip(8);
                return true;
            case (byte)'N':
                Push(null);
                return true;
            case 0x88 or 0x89:
                Push(opcode == 0x88);
                return true;
            case (byte)'J':
                Push((long)(int)cursor.Word());
                return true;
            case (byte)'K':
                Push((long)cursor.Byte());
                return true;
            case (byte)'M':
                Push((long)cursor.Short());
                return true;
            case 0x8a:
                Push(Whole(cursor.Take(cursor.Byte())));
                return true;
            case (byte)'G':
                Push(BinaryPrimitives.ReadDoubleBigEndian(cursor.Take(8)));
                return true;
            case (byte)'X':
                Push(Text(cursor.Word()));
                return true;
            case 0x8c or (byte)'U':
                Push(Text(cursor.Byte()));
                return true;
            default:
                return false;
        }
    }

    private bool Container(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'(':
                Mark();
                return true;
            case (byte)'}':
                Push(new PickleDictionary());
                return true;
            case (byte)']' or (byte)')':
                Push(new PickleItems());
                return true;
            case >= 0x85 and <= 0x87:
                Push(new PickleItems { Items = PopLast(opcode - 0x84) });
                return true;
            case (byte)'t':
                Push(new PickleItems { Items = PopToMark() });
                return true;
            case (byte)'s':
                Set(PopLast(2));
                return true;
            case (byte)'u':
                Set(PopToMark());
                return true;
            case (byte)'a':
                Append(PopLast(1));
                return true;
            case (byte)'e':
                Append(PopToMark());
                return true;
            default:
                return false;
        }
    }

    private bool Reference(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'q':
                Remember(cursor.Byte());
                return true;
            case (byte)'r':
                Remember(cursor.Word());
                return true;
            case 0x94:
                Remember((uint)_memo.Count);
                return true;
            case (byte)'h':
                Recall(cursor.Byte());
                return true;
            case (byte)'j':
                Recall(cursor.Word());
                return true;
            case (byte)'c':
                Push(new PickleName($"{Line()}.{Line()}"));
                return true;
            case 0x93:
                var parts = PopLast(2);
                Push(new PickleName($"{parts[0] as string}.{parts[1] as string}"));
                return true;
            case (byte)'Q':
                Push(_calls.Persistent(Pop()));
                return true;
            case (byte)'R' or 0x81:
                var call = PopLast(2);
                Push(_calls.Call(call[0], call[1]));
                return true;
            case (byte)'b':
                var state = Pop();
                _calls.Build(Top(), state);
                return true;
            default:
                return false;
        }
    }

    private void Push(object? value)
    {
        if (++_values > Values)
        {
            throw cursor.Fault($"this pickle has more than {Values} values");
        }

        _stack.Add(value);
    }

    private object? Pop() => PopLast(1)[0];

    private object? Top() =>
        _stack.Count > Floor()
            ? _stack[^1]
            : throw cursor.Fault("the stack of this pickle is empty");

    private List<object?> PopLast(int count)
    {
        if (_stack.Count - count < Floor())
        {
            throw cursor.Fault("the stack of this pickle is empty");
        }

        return Cut(_stack.Count - count);
    }

    private List<object?> PopToMark() =>
        _marks.TryPop(out var mark) && mark <= _stack.Count
            ? Cut(mark)
            : throw cursor.Fault("a mark of this pickle lacks");

    private int Floor() => _marks.TryPeek(out var mark) ? mark : 0;

    private List<object?> Cut(int from)
    {
        var cut = _stack.GetRange(from, _stack.Count - from);
        _stack.RemoveRange(from, _stack.Count - from);
        return cut;
    }

    private void Set(List<object?> values)
    {
        if (values.Count % 2 != 0)
        {
            throw cursor.Fault("a key of this pickle has no value");
        }

        var pairs = values.Chunk(2).Select(pair => (pair[0], pair[1]));
        switch (Top())
        {
            case PickleDictionary dictionary:
                dictionary.Pairs.AddRange(pairs);
                break;
            case PickleObject other:
                other.Parts.AddRange(values);
                break;
            default:
                throw cursor.Fault("this pickle sets keys of what is no dictionary");
        }
    }

    private void Append(List<object?> values)
    {
        switch (Top())
        {
            case PickleItems items:
                items.Items.AddRange(values);
                break;
            case PickleObject other:
                other.Parts.AddRange(values);
                break;
            default:
                throw cursor.Fault("this pickle appends to what is no list");
        }
    }

    private void Remember(uint key)
    {
        if (_memo.Count > Values)
        {
            throw cursor.Fault($"this pickle remembers more than {Values} values");
        }

        _memo[key] = Top();
    }

    private void Mark()
    {
        if (_marks.Count == MarksMax)
        {
            throw cursor.Fault($"this pickle is nested deeper than {MarksMax}");
        }

        _marks.Push(_stack.Count);
    }

    private void Recall(uint key) =>
        Push(
            _memo.TryGetValue(key, out var value)
                ? value
                : throw cursor.Fault(
                    string.Create(CultureInfo.InvariantCulture, $"nothing is remembered as {key}")
                )
        );

    private string Text(uint length)
    {
        if ((_letters += length) > Letters)
        {
            throw cursor.Fault($"the texts of this pickle have more than {Letters} bytes");
        }

        return cursor.Text(length, TextBytes, "a text");
    }

    private string Line()
    {
        var start = cursor.Position;
        var length = 0u;
        while (cursor.Byte() != '\n')
        {
            if (++length > ReaderLimits.NameBytes)
            {
                throw cursor.Fault($"a name of more than {ReaderLimits.NameBytes} bytes");
            }
        }

        cursor.MoveTo(start);
        var line = Text(length);
        cursor.Skip(1);
        return line;
    }

    // Longer ones are no sizes: they stay a value that nothing is made of.
    private static object? Whole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 8)
        {
            return null;
        }

        var value = bytes.Length > 0 && (sbyte)bytes[^1] < 0 ? -1L : 0L;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        return value;
    }
}
