using Concord.Authority.Api;

namespace Concord.Authority.Admission;

/// <summary>What a filing would be told.</summary>
/// <param name="Word">admitted or duplicate; null: neither.</param>
/// <param name="Problem">What is wrong with it, where it would not be taken.</param>
/// <param name="Act">The wire name of the act, once the law has judged it.</param>
public sealed record DryVerdict(string? Word, Problem? Problem, string? Act);
