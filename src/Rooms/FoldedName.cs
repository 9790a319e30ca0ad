using System.Text;

namespace Concord.Rooms;

/// <summary>
/// A name as it is compared: lower-case, accents off, and only letters and digits kept, so that
/// <em>Llama 3.1-405B</em> and <em>llama3.1 405b</em> are one name, and so are <em>Tülu</em> and
/// <em>Tulu</em>. The table is ours because law must not vary with a machine's Unicode library.
/// </summary>
public static class FoldedName
{
    private const string Accented =
        "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįi̇ĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůű"
        + "ųŵŷźżžſḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉ"
        + "ẋẍẏẑẓẕẖẗẘẙẛạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹøđłħıŧ";

    private const string Plain =
        "aaaaaaceeeeiiiinooooouuuuyzaaaccccdeeeeegggghiiiiijklllnnnooorrrssssttuuuuuu"
        + "wyyzzsabbbcdddddeeeeefghhhhhiikkkllllmmmnnnnoooopprrrrsssssttttuuuuuvvwwwwwx"
        + "xyzzzhtwysaaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyyyodlhit";

    /// <summary>Folds a name; empty when nothing comparable is in it.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(rune);
            if (lower.Value < 128)
            {
                if (Rune.IsLetterOrDigit(lower))
                {
                    text.Append((char)lower.Value);
                }
            }
            else if (Rune.IsLetterOrDigit(lower))
            {
                var at = lower.IsBmp
                    ? Accented.IndexOf((char)lower.Value, StringComparison.Ordinal)
                    : -1;
                text.Append(at < 0 ? lower.ToString() : Plain[at].ToString());
            }
        }

        return text.ToString();
    }
}
