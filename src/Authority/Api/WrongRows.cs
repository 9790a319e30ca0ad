namespace Concord.Authority.Api;

/// <summary>
/// The rows of a file that were no filings: no statement, a key that nobody has, a wrong signature.
/// Each counts as a request of its kind for whoever sent it, and after so many the rest is not
/// looked at.
/// </summary>
/// <param name="most">How many are looked at.</param>
internal sealed class WrongRows(int most)
{
    private readonly Problem _tooMany = new(
        Problems.TooManyRequests,
        $"over {most} rows of this file are no filings, and the rest was not looked at"
    )
    {
        RetryAfter = TimeSpan.FromMinutes(1),
    };

    /// <summary>How many there were.</summary>
    public int Found { get; private set; }

    /// <summary>The problem of every row from here on; null: there were not too many.</summary>
    public Problem? TooMany => Found > most ? _tooMany : null;

    /// <summary>Counts a row by its problem.</summary>
    public void Count(Problem? problem)
    {
        if (problem?.Type.Status is 400 or 403)
        {
            Found++;
        }
    }
}
