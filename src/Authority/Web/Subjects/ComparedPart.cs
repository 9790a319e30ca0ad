namespace Concord.Authority.Web.Subjects;

/// <summary>A duty, a definition or the frame of two laws side by side.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Rows">Its points.</param>
public sealed record ComparedPart(string Title, IReadOnlyList<ComparedRow> Rows);
