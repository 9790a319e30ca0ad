namespace Concord.Cli.Scanning;

/// <summary>What was not read, and why.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Reason">Which place of it breaks which rule.</param>
internal sealed record UnreadModel(string Name, string Reason);
