namespace Concord.Ledger;

/// <summary>
/// Holds the labels of one map to deterministic order: bytewise order of their encodings, which for
/// integers is: unsigned ascending, then negative by ascending magnitude.
/// </summary>
internal ref struct LabelOrder(string map)
{
    private UInt128 _last;
    private bool _any;

    public bool TryNext(ref CborCursor cursor, long label)
    {
        var rank = label >= 0 ? (UInt128)(ulong)label : (UInt128.One << 64) + (ulong)~label;
        if (_any && rank <= _last)
        {
            return rank == _last
                ? cursor.Fail("duplicate-label", $"The label {label} stands twice in {map}.")
                : cursor.Fail(
                    "map-order",
                    $"The label {label} of {map} is out of order: labels ascend by their encoding."
                );
        }

        _last = rank;
        _any = true;
        return true;
    }
}
