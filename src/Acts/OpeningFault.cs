using Concord.Ledger;

namespace Concord.Acts;

/// <summary>At which step a filing failed; later steps were not taken.</summary>
public enum OpeningStep
{
    /// <summary>The bytes are no admissible statement.</summary>
    Statement,

    /// <summary>The act is no act.</summary>
    Act,

    /// <summary>The statement does not fit the act: form, content type or subject.</summary>
    Form,

    /// <summary>A document that belongs to the act is missing, superfluous or another.</summary>
    Documents,

    /// <summary>The key is not known.</summary>
    Key,

    /// <summary>The signature is not the key's.</summary>
    Signature,
}

/// <summary>Why what came in is not a signed act.</summary>
/// <param name="Step">The step that failed.</param>
/// <param name="Code">A stable code, lower-case with hyphens.</param>
/// <param name="Where">A JSON path, a header or a document.</param>
/// <param name="Detail">What was found, what the rule asks and what to do, in a sentence.</param>
public sealed record OpeningFault(OpeningStep Step, string Code, string Where, string Detail)
{
    /// <summary>What the gate or the signature refused, at a step.</summary>
    public static OpeningFault From(OpeningStep step, StatementFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new(step, fault.Code, fault.Where, fault.Detail);
    }

    /// <summary>What the rules of an act's members refused, at a step.</summary>
    public static OpeningFault From(OpeningStep step, ActFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new(step, fault.Rule, fault.Path, fault.Detail);
    }
}
