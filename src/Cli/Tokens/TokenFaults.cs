using Net.Pkcs11Interop.Common;

namespace Concord.Cli.Tokens;

/// <summary>What a token answers, for people.</summary>
internal static class TokenFaults
{
    /// <summary>What a token said no with.</summary>
    public static CommandFault Of(CKR answer, TokenAddress address) =>
        answer switch
        {
            CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_LEN_RANGE or CKR.CKR_PIN_INVALID => new(
                ExitCode.NotSo,
                $"The PIN of the token {address.TokenName} is wrong.",
                "Try again, and not often: most tokens lock themselves after a few wrong ones."
            ),
            CKR.CKR_PIN_LOCKED => new(
                ExitCode.NotSo,
                $"The token {address.TokenName} is locked: too many wrong PINs.",
                "Whoever has its security officer's PIN unlocks it; the key in it is not lost."
            ),
            CKR.CKR_USER_PIN_NOT_INITIALIZED or CKR.CKR_PIN_EXPIRED => new(
                ExitCode.NotSo,
                $"The token {address.TokenName} has no valid PIN for its user.",
                "Whoever has its security officer's PIN sets one."
            ),
            CKR.CKR_TOKEN_NOT_PRESENT or CKR.CKR_DEVICE_REMOVED => new(
                ExitCode.None,
                $"The token {address.TokenName} was taken out.",
                "Put it in and try again."
            ),
            _ => new(
                ExitCode.NotSo,
                $"The token {address.TokenName} answers {answer}.",
                "See what its maker says of this answer."
            ),
        };

    /// <summary>No module was named.</summary>
    public static CommandFault NoModule() =>
        new(
            ExitCode.Usage,
            "Nothing says which module speaks to the token.",
            "Name the maker's library by its full path: --pkcs11-module FILE, or the variable "
                + $"{TokenModule.Variable}."
        );

    /// <summary>The module is none.</summary>
    public static CommandFault BadModule(string path, string why) =>
        new(
            ExitCode.Usage,
            $"{path} is no module that speaks to tokens: {why}",
            "Name the library of the token's maker (PKCS #11) for this machine by its full path."
        );

    /// <summary>No token has the name.</summary>
    public static CommandFault NoToken(TokenAddress address, IReadOnlyList<string> there) =>
        new(
            ExitCode.None,
            $"There is no token {address.TokenName}.",
            there.Count == 0
                ? "The module sees none: put it in."
                : $"The module sees: {string.Join(", ", there)}."
        );

    /// <summary>Several match.</summary>
    public static CommandFault Several(string what) =>
        new(
            ExitCode.Several,
            $"There are several {what}.",
            "Say which: serial= for the token, id= for the key."
        );

    /// <summary>The token has no such key.</summary>
    public static CommandFault NoKey(TokenAddress address, IReadOnlyList<string> there) =>
        new(
            ExitCode.None,
            $"The token {address.TokenName} has no private key {address.KeyName}.",
            there.Count == 0
                ? "It has none: `concord ceremony key NAME --new` makes one on it."
                : $"It has: {string.Join(", ", there)}."
        );

    /// <summary>A key that is not fit.</summary>
    public static CommandFault NotFit(TokenAddress address, string why, string remedy) =>
        new(
            ExitCode.NotSo,
            $"The key {address.KeyName} on the token {address.TokenName} {why}.",
            remedy
        );
}
