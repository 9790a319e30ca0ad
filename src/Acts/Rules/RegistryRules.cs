using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts;

/// <summary>Contradictions within the acts of the room Registry.</summary>
internal static class RegistryRules
{
    public static ActFault? Check(RegisterModel act)
    {
        var training = act.Training;
        return CheckCompute(act.TrainingCompute)
            ?? CheckFacts(act.Facts)
            ?? (
                training.StartedOn > training.FinishedOn
                    ? new(
                        "$.training.finished_on",
                        "dates-out-of-order",
                        "Training ends before it begins."
                    )
                : training.State != TrainingState.Finished && training.FinishedOn is not null
                    ? new(
                        "$.training.finished_on",
                        "contradiction",
                        "A day of the end stands beside a state in which training has not ended."
                    )
                : null
            );
    }

    public static ActFault? Check(ReportModel act)
    {
        foreach (var (path, compute) in Computes(act))
        {
            if (compute.Figure is null && compute.Low is null && compute.High is null)
            {
                return new(path, "no-bound", "State a figure, a lower or an upper bound.");
            }

            if (CheckRange(compute.Low, compute.High, path) is { } fault)
            {
                return fault;
            }

            if (compute.Source >= act.Sources.Count)
            {
                return NoSource(path, act.Sources.Count);
            }
        }

        foreach (var (path, text) in Texts(act))
        {
            if (text.Source >= act.Sources.Count)
            {
                return NoSource(path, act.Sources.Count);
            }
        }

        return CheckFacts(act.Facts) ?? CheckSourced(act.Facts);
    }

    public static ActFault? Check(Release act)
    {
        var seen = new HashSet<Digest>();
        for (var i = 0; i < act.Weights.Count; i++)
        {
            if (!seen.Add(act.Weights[i].Digest))
            {
                return new(
                    $"$.weights[{i}].digest",
                    "repeated-item",
                    "Another file of this release has this digest; name the file once."
                );
            }
        }

        return null;
    }

    public static ActFault? Check(Derive act) =>
        CheckRange(act.ComputeLow, act.ComputeHigh, "$", "compute_");

    public static ActFault? Check(Deploy act) =>
        act.Site is null == act.Service is null
            ? new(
                "$.site",
                "site-or-service",
                "A deployment is at a site or is a service: state the one or the other."
            )
        : act.From > act.To
            ? new("$.to", "dates-out-of-order", "The deployment ends before it begins.")
        : null;

    public static ActFault? CheckCompute(IReadOnlyList<ComputeClaim> claims)
    {
        for (var i = 0; i < claims.Count; i++)
        {
            var (claim, path) = (claims[i], $"$.training_compute[{i}]");
            if (claim.Low is null && claim.High is null)
            {
                return new(path, "no-bound", "State a lower bound, an upper bound or both.");
            }

            if (CheckRange(claim.Low, claim.High, path) is { } fault)
            {
                return fault;
            }

            for (var j = 0; j < i; j++)
            {
                if (
                    claims[j].State == claim.State
                    && string.Equals(claims[j].Profile, claim.Profile, StringComparison.Ordinal)
                )
                {
                    return new(
                        $"{path}.profile",
                        "repeated-item",
                        "Another figure has this profile and state; which one holds?"
                    );
                }
            }
        }

        return null;
    }

    public static ActFault? CheckFacts(IReadOnlyList<DeclaredFact> facts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < facts.Count; i++)
        {
            if (!seen.Add(facts[i].Fact))
            {
                return new(
                    $"$.facts[{i}].fact",
                    "repeated-item",
                    "The fact is stated already; which one holds?"
                );
            }

            if (facts[i].Value is FactValue.Interval { Low: { } low, High: { } high } && low > high)
            {
                return LowAboveHigh($"$.facts[{i}].value.low");
            }
        }

        return null;
    }

    private static ActFault? CheckSourced(IReadOnlyList<DeclaredFact> facts)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Source is null)
            {
                return new(
                    $"$.facts[{i}].source",
                    "missing-member",
                    "A reported fact states where it is written."
                );
            }
        }

        return null;
    }

    private static ActFault? CheckRange(Flop? low, Flop? high, string path, string prefix = "") =>
        low > high ? LowAboveHigh($"{path}.{prefix}low") : null;

    private static ActFault LowAboveHigh(string path) =>
        new(
            path,
            "low-above-high",
            "The lower bound is above the upper bound; swap or correct them."
        );

    private static ActFault NoSource(string path, int count) =>
        new($"{path}.source", "no-such-source", $"There are {count} sources, counted from 0.");

    private static IEnumerable<(string Path, ReportedCompute Compute)> Computes(ReportModel act)
    {
        if (act.TrainingCompute is { } training)
        {
            yield return ("$.training_compute", training);
        }

        if (act.FinetuneCompute is { } finetune)
        {
            yield return ("$.finetune_compute", finetune);
        }
    }

    private static IEnumerable<(string Path, ReportedText Text)> Texts(ReportModel act)
    {
        (string, ReportedText?)[] texts =
        [
            ("$.parameters", act.Parameters),
            ("$.accessibility", act.Accessibility),
            ("$.hardware", act.Hardware),
            ("$.hardware_quantity", act.HardwareQuantity),
            ("$.domain", act.Domain),
        ];
        foreach (var (path, text) in texts)
        {
            if (text is not null)
            {
                yield return (path, text);
            }
        }
    }
}
