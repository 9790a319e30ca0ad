namespace Concord.Zoo.Changes;

/// <summary>A change as tables of accuracy name it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">
/// The share of networks so changed that must be known again at the level of the whole register;
/// null: it is measured, and nothing is asked.
/// </param>
/// <param name="Make">The change; null where an architecture does not bear it.</param>
public sealed record NamedChange(string Name, double? Share, Func<ChangeSubject, ZooNet?> Make)
{
    /// <summary>This change and then another; what is asked is what is given.</summary>
    public NamedChange Then(NamedChange next, double? share) =>
        new(
            $"{Name} + {next.Name}",
            share,
            subject => Make(subject) is { } made ? next.Make(subject with { Net = made }) : null
        );
}
