namespace Concord.Measures.Weights.Formats;

/// <summary>Several files that are one model: their tensors together, each name once.</summary>
internal sealed class WeightsSet
{
    private readonly string _name;
    private readonly List<WeightsTensor> _tensors = [];
    private readonly List<string> _notes;
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);
    private WeightsContents? _first;

    /// <summary>A set.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="notes">What is to be known already.</param>
    public WeightsSet(string name, IEnumerable<string> notes)
    {
        _name = name;
        _notes = [.. notes];
    }

    /// <summary>The tensors so far.</summary>
    public IReadOnlyList<WeightsTensor> Tensors => _tensors;

    /// <summary>All of it: format and claims are those of the first.</summary>
    public WeightsContents Contents =>
        _first is null
            ? throw new WeightsFault(_name, "its files", "it names none")
            : _first with
            {
                Tensors = _tensors,
                Notes = _notes,
            };

    /// <summary>The file that holds a tensor.</summary>
    public string? SourceOf(string tensor) => _sources.GetValueOrDefault(tensor);

    /// <summary>Adds a note.</summary>
    public void Note(string note) => _notes.Add(note);

    /// <summary>Adds a file's contents.</summary>
    public void Add(WeightsContents contents)
    {
        _first ??= contents;
        _notes.AddRange(contents.Notes);
        if (_first.Format != contents.Format)
        {
            throw new WeightsFault(
                _name,
                "its files",
                $"one is {_first.Format} and another {contents.Format}"
            );
        }

        foreach (var tensor in contents.Tensors)
        {
            if (!_sources.TryAdd(tensor.Name, tensor.Source.Name))
            {
                throw new WeightsFault(
                    _name,
                    $"tensor {Words.Quoted(tensor.Name)}",
                    $"it stands in {Words.Quoted(_sources[tensor.Name])} and again in"
                        + $" {Words.Quoted(tensor.Source.Name)}"
                );
            }

            _tensors.Add(tensor);
        }

        if (_tensors.Count > ReaderLimits.TensorsOfSet)
        {
            throw new WeightsFault(
                _name,
                "its files",
                $"a set of more than {ReaderLimits.TensorsOfSet} tensors is not read"
            );
        }
    }
}
