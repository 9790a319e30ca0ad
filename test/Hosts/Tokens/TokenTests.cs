using Concord.Cli;
using Concord.Cli.Tokens;
using Concord.Hosts.Stories;
using Net.Pkcs11Interop.Common;
using Xunit;

namespace Concord.Hosts.Tokens;

/// <summary>Keys on real tokens, made and used by the real program.</summary>
public sealed class TokenTests
{
    private const string Pin = "271828";
    private const string Uri = "\"pkcs11:token=root-1;object=root\"";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_made_on_the_token_and_never_leaves_it()
    {
        await using var stage = await WithTokenAsync();
        var made = await RunAsync(stage, $"concord ceremony key root-1 --new --key {Uri}");
        var shown = await RunAsync(stage, $"concord key show {Uri} --json");
        var seen = await stage.RunAsync(
            $"pkcs11-tool --module {SoftTokens.Module} --login --pin {Pin} -O --type privkey",
            Cancel
        );

        Assert.Contains("never extractable", seen, StringComparison.Ordinal);
        Assert.Contains("always sensitive", seen, StringComparison.Ordinal);
        var id = made.Split("key ", 3)[2].Trim()[..64];
        Assert.Contains(id, shown, StringComparison.Ordinal);
        var again = await RunAsync(stage, $"concord ceremony key other --new --key {Uri}");
        Assert.Contains("is there already", again, StringComparison.Ordinal);
        Assert.EndsWith("[exit 1]\n", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_file_and_no_output_has_the_pin()
    {
        await using var stage = await WithTokenAsync();
        var said = await RunAsync(stage, $"concord ceremony key root-1 --new --key {Uri}");
        said += await RunAsync(stage, $"concord key show \"pkcs11:token=root-1?pin-value={Pin}\"");

        Assert.Contains("A PIN does not belong into a command", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Pin, said, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(stage.Work))
        {
            Assert.DoesNotContain(
                Pin,
                await File.ReadAllTextAsync(file, Cancel),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("3<<< 000000", "The PIN of the token root-1 is wrong.", 1)]
    [InlineData("3<<< ''", "The PIN of the token root-1 is wrong.", 1)]
    public async Task A_wrong_pin_opens_nothing(string pin, string says, int code)
    {
        await using var stage = await WithTokenAsync();
        await RunAsync(stage, $"concord ceremony key root-1 --new --key {Uri}");

        await SaysAsync(stage, $"concord key show {Uri} --pin-file /dev/fd/3 {pin}", says, code);
    }

    [Fact]
    public async Task Without_a_pin_and_anybody_to_ask_it_is_told_how()
    {
        await using var stage = await WithTokenAsync();

        await SaysAsync(stage, $"concord key show {Uri}", "Nobody is there to be asked", 2);
    }

    [Fact]
    public async Task A_pin_that_others_may_read_is_none()
    {
        await using var stage = await WithTokenAsync();
        await stage.RunAsync($"echo {Pin} > pin && chmod 640 pin", Cancel);

        await SaysAsync(
            stage,
            $"concord key show {Uri} --pin-file pin",
            "Others than its owner",
            1
        );
        await SaysAsync(stage, $"concord key show {Uri} --pin-file gone", "no file gone", 2);
    }

    [Theory]
    [InlineData("", "Nothing says which module", 2)]
    [InlineData("libsofthsm2.so", "it is not named by its full path", 2)]
    [InlineData("/usr/lib/nowhere.so", "there is no such file", 2)]
    [InlineData("/etc/passwd", "it cannot be loaded", 2)]
    public async Task A_module_is_named_by_its_full_path(string module, string says, int code)
    {
        await using var stage = await WithTokenAsync();
        var option = module.Length == 0 ? "" : $"--pkcs11-module {module}";

        await SaysAsync(
            stage,
            $"env -u CONCORD_PKCS11_MODULE concord key show {Uri} {option}",
            says,
            code
        );
    }

    [Fact]
    public async Task What_is_not_there_is_told_with_what_is()
    {
        await using var stage = await WithTokenAsync();
        const string Key = "pkcs11:token=root-1;object=other";
        await SaysAsync(stage, $"concord key show \"{Key}\"", "has no private key other", 4, Pin);
        await RunAsync(stage, $"concord ceremony key root-1 --new --key {Uri}");

        await SaysAsync(stage, $"concord key show \"{Key}\"", "It has: root.", 4, Pin);
        const string Token = "pkcs11:token=root-9;object=root";
        await SaysAsync(stage, $"concord key show \"{Token}\"", "The module sees: root-1.", 4, Pin);
    }

    [Theory]
    [InlineData("EC:prime256v1 --extractable", "can be taken out of it", 1)]
    [InlineData("EC:secp384r1", "is not on the curve P-256", 1)]
    [InlineData("rsa:2048", "is not on the curve P-256", 1)]
    public async Task A_key_that_is_not_fit_signs_nothing(string kind, string says, int code)
    {
        await using var stage = await WithTokenAsync();
        await MakeAsync(stage, kind, "01");

        await SaysAsync(stage, $"concord key show {Uri}", says, code, Pin);
    }

    [Fact]
    public async Task Of_two_keys_of_one_name_one_is_named_by_its_id()
    {
        await using var stage = await WithTokenAsync();
        await MakeAsync(stage, "EC:prime256v1 --sensitive", "01");
        await MakeAsync(stage, "EC:prime256v1 --sensitive", "02");

        await SaysAsync(stage, $"concord key show {Uri}", "several private keys root", 3, Pin);
        var one = await RunAsync(
            stage,
            "concord key show \"pkcs11:token=root-1;object=root;id=%02\""
        );
        Assert.DoesNotContain("[exit", one, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_whose_user_has_no_pin_is_told()
    {
        await using var stage = Stage.Create();
        await stage.RunAsync(
            $"pkcs11-tool --module {SoftTokens.Module} --slot-index 0 --init-token "
                + "--label root-1 --so-pin 39472658",
            Cancel
        );

        await SaysAsync(stage, $"concord key show {Uri}", "has no valid PIN", 1, Pin);
    }

    // The tokens of softhsm2 never lock themselves: the answer of one that does is told here.
    [Fact]
    public void A_locked_token_is_told_with_who_unlocks_it()
    {
        var address = TokenAddress.Read("pkcs11:token=root-1;object=root");
        var fault = TokenFaults.Of(CKR.CKR_PIN_LOCKED, address);

        Assert.Equal(ExitCode.NotSo, fault.Code);
        Assert.Contains("is locked", fault.Message, StringComparison.Ordinal);
        Assert.Contains("security officer", fault.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pkcs11:token=my%20token;object=root", "my token", "root", null)]
    [InlineData("pkcs11:serial=7f;id=%0a%ff?module-path=/m.so", null, null, "0aff")]
    [InlineData("pkcs11:token=a;object=b;type=private?pin-source=file:/p", "a", "b", null)]
    public void A_key_is_named_as_rfc_7512_has_it(
        string uri,
        string? token,
        string? key,
        string? id
    )
    {
        var address = TokenAddress.Read(uri);

        Assert.Equal(token, address.Token);
        Assert.Equal(key, address.Object);
        Assert.Equal(id, address.Id is { } bytes ? Convert.ToHexStringLower(bytes) : null);
    }

    [Theory]
    [InlineData("pkcs11:")]
    [InlineData("pkcs11:token=a")]
    [InlineData("pkcs11:object=a")]
    [InlineData("pkcs11:token=a;object")]
    [InlineData("pkcs11:token=a;object=b;type=public")]
    [InlineData("pkcs11:token=a;object=b;colour=red")]
    [InlineData("pkcs11:token=a;id=%zz")]
    [InlineData("pkcs11:token=a;id=%0")]
    public void A_uri_that_names_too_little_or_something_else_is_refused(string uri) =>
        Assert.Equal(
            ExitCode.Usage,
            Assert.Throws<CommandFault>(() => TokenAddress.Read(uri)).Code
        );

    private static async Task<Stage> WithTokenAsync()
    {
        var stage = Stage.Create();
        await stage.RunAsync(
            $"softhsm2-util --init-token --free --label root-1 --so-pin 39472658 --pin {Pin}",
            Cancel
        );
        return stage;
    }

    private static Task<string> MakeAsync(Stage stage, string kind, string id) =>
        stage.RunAsync(
            $"pkcs11-tool --module {SoftTokens.Module} --login --pin {Pin} --keypairgen "
                + $"--label root --id {id} --key-type {kind}",
            Cancel
        );

    private static Task<string> RunAsync(Stage stage, string command) =>
        stage.RunAsync($"{command} --pin-file /dev/fd/3 3<<< {Pin}", Cancel);

    private static async Task SaysAsync(
        Stage stage,
        string command,
        string says,
        int code,
        string? pin = null
    )
    {
        var said = await (pin is null ? stage.RunAsync(command, Cancel) : RunAsync(stage, command));

        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.EndsWith($"[exit {code}]\n", said, StringComparison.Ordinal);
    }
}
