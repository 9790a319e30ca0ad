using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Concord.Cli.Tokens;

/// <summary>
/// The library of a token's maker (PKCS #11). It is loaded once in a process and stays, because to
/// unload it ends every session with every token.
/// </summary>
internal static class TokenModule
{
    /// <summary>The variable that names it.</summary>
    public const string Variable = "CONCORD_PKCS11_MODULE";

    private static readonly ConcurrentDictionary<string, IPkcs11Library> s_loaded = new(
        StringComparer.Ordinal
    );

    // The package asks for libdl, which systems with a newer C library have as libdl.so.2 alone.
    static TokenModule() =>
        NativeLibrary.SetDllImportResolver(
            typeof(IPkcs11Library).Assembly,
            (name, _, _) =>
                name is "libdl" && NativeLibrary.TryLoad("libdl.so.2", out var library)
                    ? library
                    : IntPtr.Zero
        );

    /// <summary>What objects of the library are made with.</summary>
    public static Pkcs11InteropFactories Factories { get; } = new();

    /// <summary>Finds the slot of a token.</summary>
    /// <exception cref="CommandFault">There is no such module, or none or several such tokens.
    /// </exception>
    public static ISlot SlotOf(Session session, TokenAddress address)
    {
        var library = s_loaded.GetOrAdd(PathFor(session, address), Load);
        try
        {
            var slots = library
                .GetSlotList(SlotsType.WithTokenPresent)
                .Select(slot => (Slot: slot, Token: slot.GetTokenInfo()))
                .Where(one => one.Token.TokenFlags.TokenInitialized)
                .ToList();
            var found = slots
                .Where(one => address.Token is null || Same(one.Token.Label, address.Token))
                .Where(one =>
                    address.Serial is null || Same(one.Token.SerialNumber, address.Serial)
                )
                .ToList();
            return found.Count switch
            {
                1 => found[0].Slot,
                0 => throw TokenFaults.NoToken(
                    address,
                    [.. slots.Select(one => one.Token.Label.Trim())]
                ),
                _ => throw TokenFaults.Several($"tokens {address.TokenName}"),
            };
        }
        catch (Pkcs11Exception e)
        {
            throw TokenFaults.Of(e.RV, address);
        }
    }

    // A name that is searched for along a path could be answered by anybody's library.
    private static string PathFor(Session session, TokenAddress address)
    {
        var path =
            address.Module
            ?? session.Words.GetValue(Shared.Module)?.ToString()
            ?? Environment.GetEnvironmentVariable(Variable)
            ?? throw TokenFaults.NoModule();
        return !Path.IsPathFullyQualified(path)
                ? throw TokenFaults.BadModule(path, "it is not named by its full path.")
            : !File.Exists(path) ? throw TokenFaults.BadModule(path, "there is no such file.")
            : path;
    }

    private static IPkcs11Library Load(string path)
    {
        try
        {
            return Factories.Pkcs11LibraryFactory.LoadPkcs11Library(
                Factories,
                path,
                AppType.MultiThreaded
            );
        }
        catch (Exception e)
            when (e is UnmanagedException or LibraryArchitectureException or Pkcs11Exception)
        {
            throw TokenFaults.BadModule(path, "it cannot be loaded.");
        }
    }

    private static bool Same(string padded, string named) =>
        string.Equals(padded.Trim(), named, StringComparison.Ordinal);
}
