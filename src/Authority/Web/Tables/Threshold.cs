using Concord.Measures;

namespace Concord.Authority.Web.Tables;

/// <summary>A number of operations against which a rulebook compares.</summary>
/// <param name="At">The number.</param>
/// <param name="Title">The term in whose definition it stands.</param>
/// <param name="Decides">Whether it is the number that the headline turns on.</param>
public sealed record Threshold(Flop At, string Title, bool Decides);
