using System.Text.Json;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// The tokens of a JSON document, one by one and never the whole document: strict, shallow, and
/// with the place of each.
/// </summary>
internal sealed class JsonTokens
{
    private static readonly string[] s_common = ["dtype", "shape", "data_offsets"];

    private readonly ByteSource _source;
    private readonly long _start;
    private readonly long _end;
    private byte[] _window;
    private int _from;
    private int _to;
    private long _next;
    private string? _last;
    private JsonReaderState _state = new(new() { MaxDepth = ReaderLimits.JsonDepth });

    /// <summary>The document in a stretch.</summary>
    public JsonTokens(ByteSource source, long start, long end)
    {
        _window = new byte[Math.Clamp(end - start, 1, Cursor.WindowBytes)];
        _source = source;
        _start = start;
        _next = start;
        _end = end;
    }

    /// <summary>What the current token is.</summary>
    public JsonTokenType Type { get; private set; }

    /// <summary>The text of a name or a string; nothing where it is longer than 64 KiB.</summary>
    public string? Text { get; private set; }

    /// <summary>The whole number, where the token is one of 63 bits.</summary>
    public long? Number { get; private set; }

    /// <summary>The place of the current token.</summary>
    public long Position { get; private set; }

    /// <summary>A fault at the current token.</summary>
    public WeightsFault Fault(string reason) => new(_source.Name, $"byte {Position}", reason);

    /// <summary>Goes on to the next token; false at the end of the document.</summary>
    public bool Next()
    {
        while (true)
        {
            var before = _next - (_to - _from);
            try
            {
                var isLast = _next == _end;
                var reader = new Utf8JsonReader(_window.AsSpan(_from.._to), isLast, _state);
                if (reader.Read())
                {
                    Keep(ref reader, before);
                    return true;
                }

                if (isLast)
                {
                    return false;
                }

                _from += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
            }
            catch (JsonException broken)
            {
                Position = Place(broken, before);
                throw Fault(
                    broken.Message.Contains("depth", StringComparison.Ordinal)
                        ? $"the JSON is nested deeper than {ReaderLimits.JsonDepth}"
                        : "the JSON is broken here"
                );
            }

            More();
        }
    }

    /// <summary>Goes on and sees that the token is of a kind.</summary>
    public void Next(JsonTokenType type, string what)
    {
        if (!Next() || Type != type)
        {
            throw Fault($"{what} is expected here");
        }
    }

    /// <summary>Leaves out the value that begins with the current token.</summary>
    public void Leave()
    {
        var depth = 0;
        do
        {
            depth += Type switch
            {
                JsonTokenType.StartArray or JsonTokenType.StartObject => 1,
                JsonTokenType.EndArray or JsonTokenType.EndObject => -1,
                _ => 0,
            };
        } while (depth > 0 && Next());
    }

    private void Keep(ref Utf8JsonReader reader, long before)
    {
        Type = reader.TokenType;
        Position = before + reader.TokenStartIndex;
        Number = null;
        Text = null;
        if (Type is JsonTokenType.PropertyName or JsonTokenType.String)
        {
            Text = Letters(ref reader);
        }
        else if (Type == JsonTokenType.Number && reader.TryGetInt64(out var number))
        {
            Number = number;
        }

        _from += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private string? Letters(ref Utf8JsonReader reader)
    {
        try
        {
            if (_last is not null && reader.ValueTextEquals(_last))
            {
                return _last;
            }

            var isLong = reader.ValueSpan.Length > Cursor.WindowBytes;
            var text = isLong ? null : Common(ref reader) ?? reader.GetString();
            _last = Type == JsonTokenType.String ? text : _last;
            return text;
        }
        catch (InvalidOperationException)
        {
            throw Fault("a text that is no UTF-8");
        }
    }

    // The same few keys stand in every entry: one text for each.
    private static string? Common(ref Utf8JsonReader reader)
    {
        foreach (var text in s_common)
        {
            if (reader.ValueTextEquals(text))
            {
                return text;
            }
        }

        return null;
    }

    private void More()
    {
        if (_from > 0)
        {
            _window.AsSpan(_from.._to).CopyTo(_window);
            _to -= _from;
            _from = 0;
        }

        if (_to == _window.Length)
        {
            if (_window.Length >= ReaderLimits.JsonTextBytes)
            {
                Position = _next - _to;
                throw Fault($"a text of more than {ReaderLimits.JsonTextBytes} bytes");
            }

            Array.Resize(ref _window, 2 * _window.Length);
        }

        var count = (int)Math.Min(_window.Length - _to, _end - _next);
        _source.Fill(_next, _window.AsSpan(_to, count));
        _to += count;
        _next += count;
    }

    // The reader counts from the last line feed on, and headers are of one line.
    private long Place(JsonException broken, long before) =>
        broken is { LineNumber: 0, BytePositionInLine: { } at } ? _start + at : before;
}
