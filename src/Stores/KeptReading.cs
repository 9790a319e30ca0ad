using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Concord.Stores;

/// <summary>A reading as it was recorded.</summary>
/// <param name="Number">Its place in the order in which readings were recorded, from 1.</param>
/// <param name="Entry">The log index of the act that it is about.</param>
/// <param name="Reading">Who read what, why and when.</param>
/// <param name="Salt">16 random bytes: without them its leaf could be guessed.</param>
public sealed record KeptReading(
    long Number,
    long Entry,
    Reading Reading,
    ReadOnlyMemory<byte> Salt
)
{
    /// <summary>The day under whose root it is or will be; null: it has no leaf.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The bytes of its leaf under the day's root (specs/reading.md).</summary>
    public byte[] Leaf()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("number", Number);
            json.WriteNumber("entry", Entry);
            json.WriteString("document", Reading.Document);
            json.WriteString("reader", Reading.Reader);
            json.WriteString("why", Reading.Why);
            json.WriteString("at", Reading.At);
            json.WriteString("salt", Base64Url.EncodeToString(Salt.Span));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
