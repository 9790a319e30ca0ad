namespace Concord.Cli.Scanning;

/// <summary>What a scan found about one model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Identified">What the authority said; null: none was asked.</param>
/// <param name="Nearest">The nearest relative that was at hand; null: none.</param>
internal sealed record ScanRow(ScannedModel Model, Identified? Identified, Relative? Nearest);
