namespace Concord.Measures.Weights.Formats;

/// <summary>
/// The few calls of a pickle of tensors, taken for what they say. Every other is an object without
/// a meaning, whose parts may hold tensors.
/// </summary>
/// <param name="cursor">Where the pickle is, for messages.</param>
internal sealed class PickleCalls(Cursor cursor)
{
    private readonly Dictionary<string, StorageReference> _storages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    /// <summary>Storages that were named.</summary>
    public IReadOnlyDictionary<string, StorageReference> Storages => _storages;

    /// <summary>Names that are not known.</summary>
    public IReadOnlyCollection<string> Unknown => _unknown;

    /// <summary>A storage by its persistent id.</summary>
    public StorageReference Persistent(object? id)
    {
        if (
            id
            is not PickleItems
            {
                Items: ["storage", PickleName type, string key, string, long count, ..]
            }
        )
        {
            throw cursor.Fault("an id that is none of a storage");
        }

        var storage = new StorageReference(type.Name, key, count);
        if (_storages.TryGetValue(key, out var known) && known != storage)
        {
            throw cursor.Fault($"storage {Words.Quoted(key)} is said to be of two kinds");
        }

        _storages[key] = storage;
        return storage;
    }

    /// <summary>What a call would give.</summary>
    public object? Call(object? function, object? arguments)
    {
        var items = arguments is PickleItems list ? list.Items : [];
        switch ((function as PickleName)?.Name)
        {
            case "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_tensor":
                return Tensor(items, null);
            case "torch._utils._rebuild_tensor_v3":
                return Tensor(items, (items.ElementAtOrDefault(6) as PickleName)?.Name ?? "");
            case "torch._utils._rebuild_qtensor":
                return Tensor(items, null) with { ZeroPoint = ZeroOf(items.ElementAtOrDefault(4)) };
            case "torch._utils._rebuild_parameter" when items.Count > 0:
                return items[0];
            case "collections.OrderedDict" when items.Count == 0:
                return new PickleDictionary();
            case "torch.Size" when items is [PickleItems sizes]:
                return sizes;
            default:
                var other = new PickleObject();
                if (function is PickleName name)
                {
                    _ = _unknown.Count < 16 && _unknown.Add(name.Name);
                }

                other.Parts.AddRange(items);
                return other;
        }
    }

    /// <summary>Gives an object its state.</summary>
    public void Build(object? target, object? state)
    {
        // An ordered dictionary's own attributes are no tensors: versions of modules.
        if (target is PickleObject other)
        {
            other.Parts.Add(state);
        }
        else if (target is not PickleDictionary)
        {
            throw cursor.Fault("this pickle gives a state to what has none");
        }
    }

    private TensorReference Tensor(List<object?> items, string? type)
    {
        if (
            items
            is not [StorageReference storage, long offset, PickleItems sizes, PickleItems steps, ..]
        )
        {
            throw cursor.Fault("a tensor that is no view of a storage");
        }

        var shape = Numbers(sizes);
        var strides = Numbers(steps);
        return shape.Length == strides.Length
            ? new(storage, type, offset, shape, strides)
            : throw cursor.Fault("a tensor with other numbers of sizes than of steps");
    }

    // Of a tensor with one scale and one zero; where each row has its own, none is taken.
    private static int ZeroOf(object? quantiser) =>
        quantiser is PickleItems { Items: [PickleName, double, long zero] }
        && zero is >= sbyte.MinValue and <= byte.MaxValue
            ? (int)zero
            : 0;

    private long[] Numbers(PickleItems items)
    {
        if (items.Items.Count > ReaderLimits.Dimensions)
        {
            throw cursor.Fault($"a tensor of more than {ReaderLimits.Dimensions} sizes");
        }

        return
        [
            .. items.Items.Select(item =>
                item is long number ? number : throw cursor.Fault("a size that is no number")
            ),
        ];
    }
}
