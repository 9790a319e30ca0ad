using System.Buffers.Text;
using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Cli.Scanning;
using Concord.Measures.Weights;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord fingerprint</c>: files the fingerprint of a release, by which copies of it are known.
/// </summary>
internal static class FingerprintVerb
{
    private static readonly Argument<ReleaseId?> s_release = Values.IdArgument<ReleaseId>(
        "RELEASE",
        "The release, R-…"
    );

    private static readonly Argument<string> s_path = new("PATH")
    {
        Description = "Its weights, read here and never sent; or a fingerprint that was kept",
    };

    public static Command Create() =>
        new Command("fingerprint", "File the fingerprint of a release, so that copies are known")
            .With(s_release, s_path)
            .With(Shared.Key, Shared.For, Shared.Receipts, Shared.Dry)
            .Does(session =>
                Filing.FileAsync(session, signatory => ComposeAsync(session, signatory))
            );

    private static async Task<Composition> ComposeAsync(Session session, Signatory signatory)
    {
        var path = session.Words.GetRequiredValue(s_path);
        var form = path.EndsWith(References.Ending, StringComparison.Ordinal)
            ? References.Read(path).Fingerprint
            : await TakeAsync(session, path);
        return Composition.Of(
            new FingerprintAct
            {
                Release = session.Words.GetValue(s_release)!.Value,
                By = signatory.Party,
                Weights = new(form.Weights.ToArray()),
                Method = Fingerprint.Version,
                Small = Base64Url.EncodeToString(form.Small().Write()),
            }
        );
    }

    private static async Task<Fingerprint> TakeAsync(Session session, string path)
    {
        using var scanner = new ModelScanner(session);
        var (model, open) = await scanner.ReadOneAsync(path);
        using (open)
        {
            return model.HasEvidence
                ? model.Fingerprint
                : throw new CommandFault(
                    ExitCode.Unreadable,
                    $"There is nothing in {path} to recognise it by.",
                    "Tensors of weights are too few or too small for a fingerprint."
                );
        }
    }
}
