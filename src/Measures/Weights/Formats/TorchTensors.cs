using System.Globalization;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// The tensors that a pickle of PyTorch names, laid over the storages that are there: what no name
/// reaches is taken as a storage, so that nothing in the file goes unseen.
/// </summary>
internal sealed class TorchTensors
{
    private const int Depth = 64;

    /// <summary>Where a quantised linear layer keeps its matrix.</summary>
    private const string Packed = "._packed_params._packed_params.0";

    private readonly Kept _kept;
    private readonly IReadOnlyDictionary<string, TorchStorage> _storages;
    private readonly Dictionary<string, List<TorchView>> _views = new(StringComparer.Ordinal);
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly string _file;

    /// <summary>Lays tensors over storages.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="kept">What is read goes here.</param>
    /// <param name="storages">The storages that are there, by their keys.</param>
    public TorchTensors(string file, Kept kept, IReadOnlyDictionary<string, TorchStorage> storages)
    {
        _file = file;
        _kept = kept;
        _storages = storages;
    }

    /// <summary>
    /// Adds the tensors under a root, and then the storages that none of them views.
    /// </summary>
    /// <param name="root">What the pickle gave.</param>
    /// <param name="named">The storages that it named.</param>
    public void Add(object? root, IReadOnlyDictionary<string, StorageReference> named)
    {
        foreach (var reference in named.Values)
        {
            SeeStorage(reference);
        }

        Walk(root, "", 0);
        foreach (var (key, storage) in _storages)
        {
            if (_views.TryGetValue(key, out var views))
            {
                Lay(storage, views);
            }
            else
            {
                var reference = named.GetValueOrDefault(key);
                AddStorage(storage, reference?.Type, $"data/{key}");
            }
        }
    }

    private void SeeStorage(StorageReference reference)
    {
        if (!_storages.TryGetValue(reference.Key, out var storage))
        {
            throw Fault($"storage {Words.Quoted(reference.Key)}", "it is named and not there");
        }

        var size = TorchTypes.Size(reference.Type);
        if (size is null or 0)
        {
            return;
        }

        if (reference.Count < 0 || (Int128)reference.Count * size.Value != storage.Length)
        {
            throw Fault(
                $"storage {Words.Quoted(reference.Key)}",
                $"{reference.Count} elements of {reference.Type} are announced, and it has"
                    + $" {storage.Length} bytes"
            );
        }
    }

    private void Walk(object? value, string path, int depth)
    {
        if (value is TensorReference tensor)
        {
            View(tensor, path);
            return;
        }

        if (value is null or string or long or double or bool or PickleName)
        {
            return;
        }

        // What was seen already has its names: a pickle may refer to itself.
        if (depth == Depth || !_seen.Add(value))
        {
            return;
        }

        switch (value)
        {
            case PickleDictionary dictionary:
                foreach (var (key, item) in dictionary.Pairs)
                {
                    Walk(item, Joined(path, Key(key)), depth + 1);
                }

                break;
            case PickleItems { Items: var items }:
                for (var i = 0; i < items.Count; i++)
                {
                    Walk(items[i], Joined(path, Number(i)), depth + 1);
                }

                break;
            case PickleObject { Parts: var parts }:
                foreach (var part in parts)
                {
                    Walk(part, path, depth + 1);
                }

                break;
            default:
                break;
        }
    }

    private void View(TensorReference tensor, string path)
    {
        var name = path.EndsWith(Packed, StringComparison.Ordinal)
            ? path[..^Packed.Length] + ".weight"
            : path;
        var key = tensor.Storage.Key;
        var type = tensor.Type ?? tensor.Storage.Type;
        if (TorchTypes.Element(type) is not { } element)
        {
            _kept.Note($"{Words.Quoted(name)} is of {Words.Quoted(type)}: by its storage alone");
            return;
        }

        _kept.Count(name.Length, $"tensor {Words.Quoted(name)}");
        if (!_views.TryGetValue(key, out var views))
        {
            _views[key] = views = [];
        }

        var size = ElementLayout.Of(element).BlockBytes;
        var view = TorchView.Of(name, tensor, element, _storages[key].Length / size);
        if (view is null)
        {
            throw Fault(
                $"tensor {Words.Quoted(name)}",
                $"sizes {Shapes.Shown(tensor.Shape)} with steps {Shapes.Shown(tensor.Strides)} from"
                    + $" element {tensor.Offset} on are negative or lead out of their storage"
            );
        }

        views.Add(view);
    }

    private void Lay(TorchStorage storage, List<TorchView> views)
    {
        var dense = views.OrderBy(view => view.Start).ThenBy(view => view.Count).ToList();
        var distinct = new List<TorchView>();
        var end = 0L;
        foreach (var view in dense)
        {
            if (distinct is [.., var last] && last.Covers(view))
            {
                _kept.Note($"{Words.Quoted(view.Name)} is {Words.Quoted(last.Name)} again");
                continue;
            }

            if (!view.IsDense || view.Start < end || view.Element != views[0].Element)
            {
                _kept.Note(
                    $"{Words.Quoted(view.Name)} is a view with gaps or overlaps: its whole storage"
                        + " is taken"
                );
                AddStorage(storage, views[0].Type, views[0].Name);
                return;
            }

            distinct.Add(view);
            end = view.Start + view.Count;
        }

        var size = ElementLayout.Of(views[0].Element).BlockBytes;
        foreach (var view in distinct)
        {
            var offset = storage.Offset + (view.Start * size);
            var place = new TensorPlace(view.Name, view.Shape, storage.Source, offset);
            _kept.Add(place.As(view.Element) with { ZeroPoint = view.ZeroPoint });
        }

        if (distinct.Sum(view => view.Count) * size < storage.Length)
        {
            _kept.Note($"parts of the storage of {Words.Quoted(views[0].Name)} are no tensor's");
        }
    }

    private void AddStorage(TorchStorage storage, string? type, string name)
    {
        var element = type is null ? null : TorchTypes.Element(type);
        var size = element is { } known ? ElementLayout.Of(known).BlockBytes : 1;
        if (element is { } kind && storage.Length % size == 0)
        {
            var place = new TensorPlace(
                name,
                [storage.Length / size],
                storage.Source,
                storage.Offset
            );
            _kept.Add(place.As(kind));
        }
        else
        {
            var place = new TensorPlace(name, [storage.Length], storage.Source, storage.Offset);
            _kept.Add(place.AsOpaque(1, 1));
        }
    }

    private string Joined(string path, string key)
    {
        // A module's own lists are no part of what people call its tensors.
        if (key is "_modules" or "_parameters" or "_buffers")
        {
            return path;
        }

        var name = path.Length == 0 ? key : $"{path}.{key}";
        return name.Length <= ReaderLimits.NameBytes
            ? name
            : throw Fault(
                $"tensor {Words.Quoted(name)}",
                $"its name has more than {ReaderLimits.NameBytes} letters"
            );
    }

    private static string Key(object? key) =>
        key switch
        {
            string text => text,
            long number => Number(number),
            _ => "?",
        };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private WeightsFault Fault(string place, string reason) => new(_file, place, reason);
}
