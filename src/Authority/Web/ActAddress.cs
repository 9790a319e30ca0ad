using System.Globalization;
using Concord.Acts;

namespace Concord.Authority.Web;

/// <summary>How an address names an act: its id, or its log index in digits.</summary>
public static class ActAddress
{
    /// <summary>Reads it; false where the log has no such act.</summary>
    public static bool TryRead(string? text, long size, out long index)
    {
        index = -1;
        return (
                ShortId.TryParse(text, ActId.Letter, out index)
                || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            )
            && index < size;
    }
}
