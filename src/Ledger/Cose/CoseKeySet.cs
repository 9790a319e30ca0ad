namespace Concord.Ledger;

/// <summary>Public keys as COSE keys (RFC 9052 §7), each with its thumbprint as kid.</summary>
public static class CoseKeySet
{
    /// <summary>A key: {1: 2, 2: kid, -1: 1, -2: x, -3: y} in deterministic CBOR.</summary>
    public static byte[] Write(PublicKey key)
    {
        var output = new CborOutput();
        Write(output, key);
        return output.ToArray();
    }

    /// <summary>A key set: an array of keys, in the order given.</summary>
    public static byte[] Write(IReadOnlyCollection<PublicKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var output = new CborOutput().Array(keys.Count);
        foreach (var key in keys)
        {
            Write(output, key);
        }

        return output.ToArray();
    }

    private static void Write(CborOutput output, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        output
            .Map(5)
            .Integer(1)
            .Integer(2)
            .Integer(2)
            .Digest(key.Id.Thumbprint)
            .Integer(-1)
            .Integer(1)
            .Integer(-2)
            .Bytes(key.X.Span)
            .Integer(-3)
            .Bytes(key.Y.Span);
    }
}
