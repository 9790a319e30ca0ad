namespace Concord.Hosts.Tokens;

/// <summary>Tokens in software (Debian's softhsm2), in a folder of their own.</summary>
internal static class SoftTokens
{
    /// <summary>The library that speaks to them.</summary>
    public const string Module = "/usr/lib/softhsm/libsofthsm2.so";

    /// <summary>Writes the file that says where the tokens are kept.</summary>
    /// <returns>The file, for the variable SOFTHSM2_CONF.</returns>
    public static string Prepare(string folder)
    {
        var tokens = Directory.CreateDirectory(Path.Combine(folder, "tokens")).FullName;
        var file = Path.Combine(folder, "softhsm2.conf");
        File.WriteAllText(
            file,
            $"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n"
        );
        return file;
    }
}
