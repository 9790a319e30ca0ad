using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Registry;

namespace Concord.Cli.Verbs;

/// <summary><c>concord register</c>: registers a model.</summary>
internal static class RegisterVerb
{
    private static readonly Argument<string> s_name = new("NAME")
    {
        Description = "The model's name",
    };

    private static readonly Option<string?> s_version = Values.Text(
        "--model-version",
        "TEXT",
        "Its version, when the name does not say it"
    );

    private static readonly Option<string[]> s_compute = Values.Texts(
        "--compute",
        "PROFILE=FLOP[..FLOP]",
        "Training compute, a figure or an interval, under a counting profile of a rulebook"
    );

    private static readonly Option<string[]> s_sealedCompute = Values.Texts(
        "--compute-in-confidence",
        "PROFILE=FLOP[..FLOP]",
        "The same, read by the authorities and not by the public"
    );

    private static readonly Option<string?> s_parameters = Values.Text(
        "--parameters",
        "N",
        "The number of parameters"
    );

    private static readonly Option<string[]> s_modality = Values.Set(
        "--modality",
        "WORD",
        "What it puts out: text, code, speech, audio, image, video, action, other"
    );

    private static readonly Option<TrainingState?> s_training = Values.Word<TrainingState>(
        "--training",
        "Where its training stands [default: finished]"
    );

    private static readonly Option<DateOnly?> s_started = Values.Day(
        "--started",
        "When the large run began or will begin"
    );

    private static readonly Option<DateOnly?> s_finished = Values.Day(
        "--finished",
        "When it ended"
    );

    private static readonly Option<WeightsAccess?> s_weights = Values.Word<WeightsAccess>(
        "--weights",
        "Who is to have the weights [default: closed]"
    );

    private static readonly Option<DateOnly?> s_release = Values.Day(
        "--release-on",
        "When they are to be released"
    );

    private static readonly Option<string[]> s_facts = Facts.Option(
        "--fact",
        "An answer to what the rulebooks ask, for example market[EU]=true"
    );

    private static readonly Option<string[]> s_sealedFacts = Facts.Option(
        "--fact-in-confidence",
        "The same, read by the authorities and not by the public"
    );

    private static readonly Option<ModelId[]> s_answers = Values.Ids<ModelId>(
        "--answers",
        "Public-source reports on the same model that this registration answers"
    );

    public static Command Create() =>
        new Command("register", "Register a model")
            .With(s_name, s_version, s_compute, s_sealedCompute, s_parameters, s_modality)
            .With(s_training, s_started, s_finished, s_weights, s_release, s_facts, s_sealedFacts)
            .With(s_answers, Shared.Key, Shared.For, Shared.Receipts, Shared.Dry)
            .Does(session =>
                Filing.FileAsync(session, signer => Task.FromResult(Compose(session, signer)))
            );

    private static Composition Compose(Session session, Signatory signatory)
    {
        var details = new RegistrationDetails
        {
            Salt = Composition.NewSalt(),
            TrainingCompute = Claims(session, s_sealedCompute),
            Facts = Facts.Read(session.Words.GetValue(s_sealedFacts)),
        };
        var act = ActOf(session, signatory.Party);
        return details.TrainingCompute.Count + details.Facts.Count == 0
            ? Composition.Of(act)
            : Composition.Of(details, digest => act with { SealedPart = digest });
    }

    private static RegisterModel ActOf(Session session, PartyId developer)
    {
        var words = session.Words;
        return new()
        {
            Developer = developer,
            Name = words.GetRequiredValue(s_name),
            Version = words.GetValue(s_version),
            TrainingCompute = Claims(session, s_compute),
            Parameters = Number(words.GetValue(s_parameters)),
            ModalityOut = words.GetValue(s_modality) is { Length: > 0 } modality
                ? modality
                : throw new CommandFault(
                    ExitCode.Usage,
                    "--modality is missing.",
                    "Say what the model puts out: --modality text,code"
                ),
            Training = new()
            {
                State = words.GetValue(s_training) ?? TrainingState.Finished,
                StartedOn = words.GetValue(s_started),
                FinishedOn = words.GetValue(s_finished),
            },
            IntendedRelease = new()
            {
                Weights = words.GetValue(s_weights) ?? WeightsAccess.Closed,
                On = words.GetValue(s_release),
            },
            Facts = Facts.Read(words.GetValue(s_facts)),
            Answers = words.GetValue(s_answers) ?? [],
        };
    }

    private static IReadOnlyList<ComputeClaim> Claims(Session session, Option<string[]> option) =>
        [
            .. (session.Words.GetValue(option) ?? []).Select(word =>
                Facts.ReadCompute(word, option.Name)
            ),
        ];

    private static long? Number(string? word) =>
        word is null ? null
        : Measures.Flop.TryParse(word, out var number) && number.Count <= long.MaxValue
            ? (long)number.Count
        : throw new CommandFault(
            ExitCode.Usage,
            $"'{word}' is not a number of parameters like 70e9."
        );
}
