using System.Buffers.Binary;
using System.Globalization;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// The values of GGUF's keys: read where they are short, gone over where they are lists.
/// </summary>
/// <param name="cursor">Where they are.</param>
internal sealed class GgufValues(Cursor cursor)
{
    /// <summary>The number of the type of 32 bits without a sign.</summary>
    public const uint UInt32 = 4;

    private const uint Bool = 7;
    private const uint String = 8;
    private const uint Array = 9;
    private const int ArrayDepth = 4;
    private const ulong ArrayElements = 16 << 20;
    private const ulong StringBytes = 64 << 20;

    private ulong _elements;

    /// <summary>
    /// The value of a key as a text; nothing where it is an array or longer than claims are.
    /// </summary>
    public string? Value(uint type, string key)
    {
        if (type == String)
        {
            return Text(key);
        }

        if (type == Array)
        {
            Leave(type, key, 0);
            return null;
        }

        var bytes = cursor.Take(Size(type, key));
        return Shown(type, bytes, key);
    }

    private string? Text(string key)
    {
        var length = Length(key);
        if (length > ReaderLimits.ClaimLetters)
        {
            cursor.Skip(length);
            return null;
        }

        // What is no text is kept as none: tokenizers' templates hold what they like.
        return Words.Plain(cursor.Take((int)length));
    }

    private ulong Length(string key)
    {
        var length = cursor.Long();
        if (length > StringBytes)
        {
            throw Fault(key, $"a text of {length} bytes, and {StringBytes} are allowed");
        }

        return length;
    }

    private void Leave(uint type, string key, int depth)
    {
        if (type == String)
        {
            cursor.Skip(Length(key));
            return;
        }

        if (type != Array)
        {
            cursor.Skip((ulong)Size(type, key));
            return;
        }

        if (depth == ArrayDepth)
        {
            throw Fault(key, $"arrays within arrays deeper than {ArrayDepth}");
        }

        LeaveElements(key, depth);
    }

    private void LeaveElements(string key, int depth)
    {
        var type = cursor.Word();
        var count = cursor.Long();
        if (count > ArrayElements || (_elements += count) > ArrayElements)
        {
            throw Fault(key, $"an array of {count}: {ArrayElements} elements are allowed in all");
        }

        if (type is not (String or Array))
        {
            cursor.Skip(count * (ulong)Size(type, key));
            return;
        }

        // Every one has a length of eight bytes at least.
        if (count > (ulong)cursor.Left / 8)
        {
            throw Fault(key, $"an array of {count} is announced and {cursor.Left} bytes are left");
        }

        for (var i = 0UL; i < count; i++)
        {
            Leave(type, key, depth + 1);
        }
    }

    private int Size(uint type, string key) =>
        type switch
        {
            0 or 1 or Bool => 1,
            2 or 3 => 2,
            UInt32 or 5 or 6 => 4,
            10 or 11 or 12 => 8,
            _ => throw Fault(key, $"a value of type {type}, which GGUF does not have"),
        };

    private string Shown(uint type, ReadOnlySpan<byte> bytes, string key)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            0 => bytes[0].ToString(culture),
            1 => ((sbyte)bytes[0]).ToString(culture),
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes).ToString(culture),
            3 => BinaryPrimitives.ReadInt16LittleEndian(bytes).ToString(culture),
            UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes).ToString(culture),
            5 => BinaryPrimitives.ReadInt32LittleEndian(bytes).ToString(culture),
            6 => BinaryPrimitives.ReadSingleLittleEndian(bytes).ToString(culture),
            Bool when bytes[0] > 1 => throw Fault(key, "a boolean that is neither 0 nor 1"),
            Bool => bytes[0] == 0 ? "false" : "true",
            10 => BinaryPrimitives.ReadUInt64LittleEndian(bytes).ToString(culture),
            11 => BinaryPrimitives.ReadInt64LittleEndian(bytes).ToString(culture),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes).ToString(culture),
        };
    }

    private WeightsFault Fault(string key, string reason) =>
        new(cursor.Source.Name, $"key {Words.Quoted(key)}", reason);
}
