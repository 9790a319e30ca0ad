using System.CommandLine;
using Concord.Acts;

namespace Concord.Cli;

/// <summary>Options that more than one verb has.</summary>
internal static class Shared
{
    /// <summary>Where an authority is kept when nobody says so.</summary>
    public const string DefaultData = "concord-data";

    public static Option<DirectoryInfo?> Data { get; } =
        new("--data")
        {
            HelpName = "DIR",
            Description = $"The authority's data folder [default: ./{DefaultData}]",
            Recursive = true,
        };

    public static Option<string?> Authority { get; } =
        new("--authority")
        {
            HelpName = "URL",
            Description = "A running authority, instead of the one of the data folder",
            Recursive = true,
        };

    public static Option<bool> Json { get; } =
        new("--json")
        {
            Description = "Answer with one JSON document on standard output",
            Recursive = true,
        };

    public static Option<string[]> Key { get; } =
        new("--key", "-k")
        {
            HelpName = "FILE",
            Description =
                "The private key that signs (PEM, or pkcs11:token=…;object=…); several for joint "
                + "acts",
        };

    public static Option<FileInfo?> Module { get; } =
        new("--pkcs11-module")
        {
            HelpName = "FILE",
            Description =
                "The library that speaks to tokens [default: the variable "
                + $"{Tokens.TokenModule.Variable}]",
            Recursive = true,
        };

    public static Option<FileInfo?> PinFile { get; } =
        new("--pin-file")
        {
            HelpName = "FILE",
            Description = "Holds the PIN of the token [default: you are asked]",
            Recursive = true,
        };

    public static Option<PartyId?> For { get; } =
        Values.Id<PartyId>("--for", "File in the name of this party, which lets yours do it");

    public static Option<DirectoryInfo?> Receipts { get; } =
        new("--receipts")
        {
            HelpName = "DIR",
            Description = $"Where statement, receipt and proof are kept [default: ./receipts]",
        };

    public static Option<bool> Dry { get; } =
        new("--dry-run") { Description = "Print the act as it would be filed, and file nothing" };

    public static Option<FileInfo[]> Attach { get; } =
        new("--attach")
        {
            HelpName = "FILE",
            Description = "A file to hang on the act; no law reads it, and it can be erased",
        };
}
