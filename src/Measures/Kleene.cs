namespace Concord.Measures;

/// <summary>Kleene's strong connectives over <see cref="Answer"/>.</summary>
public static class Kleene
{
    /// <summary>Both: the weaker answer.</summary>
    public static Answer And(this Answer left, Answer right) => left < right ? left : right;

    /// <summary>Either: the stronger answer.</summary>
    public static Answer Or(this Answer left, Answer right) => left > right ? left : right;

    /// <summary>The contrary; undetermined stays undetermined.</summary>
    public static Answer Not(this Answer answer) =>
        answer switch
        {
            Answer.Yes => Answer.No,
            Answer.No => Answer.Yes,
            _ => Answer.Undetermined,
        };

    /// <summary>A known truth as an answer.</summary>
    public static Answer ToAnswer(this bool truth) => truth ? Answer.Yes : Answer.No;
}
