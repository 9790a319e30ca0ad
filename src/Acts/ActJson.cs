using System.Diagnostics.CodeAnalysis;

namespace Concord.Acts;

/// <summary>Strict reading and writing of acts.</summary>
public static class ActJson
{
    /// <summary>Reads an act of a type.</summary>
    public static bool TryParse(
        ActType type,
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Act? act,
        [NotNullWhen(false)] out ActFault? fault
    ) => throw new NotSupportedException();

    /// <summary>Writes an act.</summary>
    public static byte[] Write(Act act) => throw new NotSupportedException();
}
