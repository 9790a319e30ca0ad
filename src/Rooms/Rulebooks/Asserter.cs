namespace Concord.Rooms.Rulebooks;

/// <summary>
/// Who states a fact, from the weakest standing to the strongest. Law reads the strongest; of
/// equals
/// that contradict each other it reads what both allow.
/// </summary>
public enum Asserter
{
    /// <summary>Assumed where nobody states it, as by a column of the register.</summary>
    Assumption,

    /// <summary>The authority's reading of a public source.</summary>
    Reading,

    /// <summary>A public source.</summary>
    PublicSource,

    /// <summary>The developer, deployer or other party about itself.</summary>
    Developer,

    /// <summary>
    /// Somebody who measured it: an evaluator, the compute watch, weight evidence.
    /// </summary>
    Observer,

    /// <summary>An act of the authority.</summary>
    Authority,

    /// <summary>Assumed against whatever is stated: what would the law say if it were so?</summary>
    WhatIf,
}
