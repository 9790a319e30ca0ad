namespace Concord.Measures.Weights.Formats;

/// <summary>What one reading keeps: counted, so that no header makes it keep too much.</summary>
/// <param name="file">The file, for messages.</param>
internal sealed class Kept(string file)
{
    private readonly Dictionary<string, string> _claims = new(StringComparer.Ordinal);
    private readonly List<WeightsTensor> _tensors = [];
    private readonly List<string> _notes = [];
    private long _letters;

    /// <summary>The tensors so far.</summary>
    public IReadOnlyList<WeightsTensor> Tensors => _tensors;

    /// <summary>The claims so far.</summary>
    public IReadOnlyDictionary<string, string> Claims => _claims;

    /// <summary>The notes so far.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Keeps a tensor.</summary>
    public void Add(WeightsTensor tensor)
    {
        if (_tensors.Count == ReaderLimits.TensorsOfFile)
        {
            throw new WeightsFault(
                file,
                $"tensor {Words.Quoted(tensor.Name)}",
                $"a file of more than {ReaderLimits.TensorsOfFile} tensors is not read"
            );
        }

        _tensors.Add(tensor);
    }

    /// <summary>Says more of the tensors with some names.</summary>
    public void Say(IReadOnlySet<string> names, Func<WeightsTensor, WeightsTensor> more)
    {
        for (var at = 0; at < _tensors.Count && names.Count > 0; at++)
        {
            if (names.Contains(_tensors[at].Name))
            {
                _tensors[at] = more(_tensors[at]);
            }
        }
    }

    /// <summary>Keeps a claim, if it is not longer than claims are.</summary>
    public void Claim(string key, string? value)
    {
        if (value is { Length: <= ReaderLimits.ClaimLetters })
        {
            Count(key.Length + value.Length, $"key {Words.Quoted(key)}");
            _claims[key] = value;
        }
    }

    /// <summary>Keeps a note.</summary>
    public void Note(string note)
    {
        Count(note.Length, "its notes");
        _notes.Add(note);
    }

    /// <summary>Counts letters that are kept.</summary>
    public void Count(int letters, string place)
    {
        _letters += letters;
        if (_letters > ReaderLimits.KeptLetters)
        {
            throw new WeightsFault(
                file,
                place,
                $"its names and claims have more than {ReaderLimits.KeptLetters} letters"
            );
        }
    }

    /// <summary>All of it.</summary>
    public WeightsContents As(WeightsFormat format) =>
        new()
        {
            Format = format,
            Tensors = _tensors,
            Claims = _claims,
            Notes = _notes,
        };
}
