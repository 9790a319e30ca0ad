namespace Concord.Rooms.Rulebooks;

/// <summary>
/// What a law counts as training compute. Where its text is silent the profile says so and every
/// explanation repeats it.
/// </summary>
/// <param name="Id">Its id, for example <c>eu.cumulative</c>.</param>
/// <param name="Title">What it is for.</param>
/// <param name="Cite">Where it is written.</param>
/// <param name="Items">Per item of compute whether it counts.</param>
/// <param name="Tolerance">What error the law bears, in words.</param>
/// <param name="Method">How it is to be computed, in words.</param>
/// <param name="DerivativeByAnother">
/// Whether whoever modifies another's model counts the parent's compute as its own.
/// </param>
/// <param name="MergeByAnother">The same for a merge of others' models.</param>
/// <param name="ReadsAlso">
/// Profiles whose figure serves this one when none is stated under it, by the interpretation of the
/// rulebook.
/// </param>
/// <param name="AtLeastAs">Profiles whose figure is a lower bound of this one.</param>
/// <param name="AtMostAs">Profiles whose figure is an upper bound of this one.</param>
public sealed record CountingProfile(
    string Id,
    string Title,
    IReadOnlyList<Citation> Cite,
    IReadOnlyDictionary<string, CountingProfile.Counts> Items,
    string? Tolerance,
    string? Method,
    bool DerivativeByAnother,
    bool MergeByAnother,
    IReadOnlyList<string> ReadsAlso,
    IReadOnlyList<string> AtLeastAs,
    IReadOnlyList<string> AtMostAs
)
{
    /// <summary>The items of compute that a profile has a row for.</summary>
    public static readonly IReadOnlyList<string> KnownItems =
    [
        "pre_training",
        "fine_tuning_by_developer",
        "private_synthetic_data",
        "reinforcement_rollouts",
        "public_synthetic_data",
        "evaluation",
        "failed_experiments",
        "distillation_parent",
        "auxiliary_models",
        "activation_recomputation",
        "initialising_weights",
        "low_precision",
    ];

    /// <summary>Whether an item counts.</summary>
    public enum Counts
    {
        /// <summary>It counts.</summary>
        Yes,

        /// <summary>It does not count.</summary>
        No,

        /// <summary>The text does not say.</summary>
        Silent,
    }
}
