using Concord.Acts;
using Concord.Authority.Admission;

namespace Concord.Authority;

/// <summary>An act that the authority files for itself was not taken.</summary>
public sealed class FilingException : Exception
{
    internal FilingException(Act act, FilingOutcome outcome)
        : base(
            outcome switch
            {
                FilingOutcome.Refused refused =>
                    $"{ActTable.Of(act).Name} was refused ({refused.Refusal.Code}): "
                        + $"{refused.Refusal.Rule} {refused.Refusal.Detail} "
                        + $"{refused.Refusal.Remedy}",
                FilingOutcome.NotTaken notTaken =>
                    $"{ActTable.Of(act).Name} was not taken ({notTaken.Problem.Type.Code}): "
                        + $"{notTaken.Problem.Type.Title}: {notTaken.Problem.Detail}",
                _ => $"{ActTable.Of(act).Name}: {outcome}",
            }
        ) => Outcome = outcome;

    /// <summary>What became of it.</summary>
    public FilingOutcome Outcome { get; }
}
