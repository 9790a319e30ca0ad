using System.Collections.Immutable;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Rooms.Registry;

/// <summary>
/// Which models exist, who answers for them, where they are, and what their standing is.
/// </summary>
public sealed partial record RegistryView
{
    /// <summary>Before the first entry.</summary>
    public static readonly RegistryView Empty = new();

    /// <summary>The models, registered and reported.</summary>
    public Map<ModelId, Model> Models { get; private init; } = Map<ModelId, Model>.Empty;

    /// <summary>The models by folded name (with and without version), newest first.</summary>
    public Map<string, Chain<ModelId>> Names { get; private init; } =
        Map<string, Chain<ModelId>>.Empty;

    /// <summary>The models by their developer, newest first.</summary>
    public Map<PartyId, Chain<ModelId>> ModelsOf { get; private init; } =
        Map<PartyId, Chain<ModelId>>.Empty;

    /// <summary>The releases.</summary>
    public Map<ReleaseId, ReleaseRecord> Releases { get; private init; } =
        Map<ReleaseId, ReleaseRecord>.Empty;

    /// <summary>The release that first named a weights digest.</summary>
    public Map<Digest, ReleaseId> Weights { get; private init; } = Map<Digest, ReleaseId>.Empty;

    /// <summary>The deployments.</summary>
    public Map<DeploymentId, DeploymentRecord> Deployments { get; private init; } =
        Map<DeploymentId, DeploymentRecord>.Empty;

    /// <summary>The transfers in force.</summary>
    public Map<TransferId, TransferRecord> Transfers { get; private init; } =
        Map<TransferId, TransferRecord>.Empty;

    /// <summary>The derivative that a declaration is or was about, by its log index.</summary>
    public Map<long, ReleaseId> Derivations { get; private init; } = Map<long, ReleaseId>.Empty;

    /// <summary>Decisions that can be appealed, by the index of their first signature.</summary>
    public Map<long, DecisionRecord> Decisions { get; private init; } =
        Map<long, DecisionRecord>.Empty;

    /// <summary>Questions to parties, and their answers; all sealed.</summary>
    public QuestionBook Questions { get; private init; } = QuestionBook.None;

    /// <summary>What a person must look at, newest first.</summary>
    public Chain<Finding>? Findings { get; private init; }

    private ImmutableSortedSet<Instant> Deadlines { get; init; } = [];

    /// <summary>
    /// The next moment at which a certificate or suspension ends, an answer falls due or a decision
    /// can no longer be appealed; null: none.
    /// </summary>
    public Instant? NextDeadline => Deadlines.IsEmpty ? null : Deadlines[0];

    /// <summary>
    /// The model that answers for an id: the registration, where one answers a report.
    /// </summary>
    public ModelId Canonical(ModelId id) => Models.Find(id)?.AnsweredBy ?? id;

    /// <summary>The model of a subject.</summary>
    public Model? ModelOf(SubjectId subject) =>
        subject.Model is { } model ? Models.Find(model)
        : subject.Release is { } release && Releases.Find(release) is { } record
            ? Models.Find(record.Act.Model)
        : null;

    /// <summary>
    /// The standing that acts have made of a subject; null: there is no such subject.
    /// </summary>
    public Standing? StandingOf(SubjectId subject) =>
        subject.Model is { } model ? Models.Find(model)?.Standing
        : subject.Release is { } release ? Releases.Find(release)?.Standing
        : null;

    /// <summary>The view with its maps inside an edit, or outside any.</summary>
    internal RegistryView In(Edit? edit) =>
        this with
        {
            Models = Models.In(edit),
            Names = Names.In(edit),
            ModelsOf = ModelsOf.In(edit),
            Releases = Releases.In(edit),
            Weights = Weights.In(edit),
            Deployments = Deployments.In(edit),
            Transfers = Transfers.In(edit),
            Derivations = Derivations.In(edit),
            Decisions = Decisions.In(edit),
            Questions = Questions.In(edit),
        };

    /// <summary>The view after one more entry; the network's is the one with it.</summary>
    internal RegistryView Fold(Logged entry, Effect effect, NetworkView network)
    {
        if (!effect.Takes)
        {
            return this;
        }

        return entry.Act switch
        {
            RegisterModel act => Register(act, entry, effect),
            ReportModel act => Report(act, entry, effect),
            Amend act => Alter(act.Target, act.Changes, entry),
            Correct act => Alter(act.Target, act.Changes, entry),
            Withdraw act => Take(act.Target, entry, effect),
            VoidAct { Replacement: { } changes } act => Alter(act.Target, changes, entry),
            VoidAct act => Take(act.Target, entry, effect),
            Release act => Publish(act, entry, effect),
            Derive act => Derived(act.Child, act, entry.Index, entry),
            Deploy act => Place(act, entry),
            Transfer act => Pass(act, entry, effect),
            StandingAct act => Stand(act, entry, effect).Decide(act, entry, effect, network),
            Appeal { Against: { } against } => Appealed(against.Index, entry),
            DecideAppeal act => Decide(act, entry, effect, network),
            AskQuestion act => this with
            {
                Questions = Questions.Ask(act, entry.Index, effect.At),
                Deadlines = Deadlines.Add(act.Due),
            },
            AnswerQuestion act => this with
            {
                Questions = Questions.Answer(act, new(entry.Index, entry.ActDigest, effect.At)),
            },
            Reveal { Document: { } opening } act => Show(act.Target.Index, opening, entry.Index),
            Tick act => Pass(act.Time),
            Outage act => Toll(new(act.From, act.To, effect.Act), effect.At, network),
            _ => this,
        };
    }

    // The issuer is checked against the key by law; its text is all that a fold needs.
    private static PartyId? PartyOf(Logged entry)
    {
        var at = entry.Issuer.LastIndexOf('#');
        return ShortId.TryParse(entry.Issuer.AsSpan(at + 1), PartyId.Letter, out var index)
            ? new PartyId(index)
            : null;
    }

    private RegistryView Register(RegisterModel act, Logged entry, Effect effect)
    {
        var id = new ModelId(entry.Index);
        var history = Next(null, entry);
        var view = this;
        var answers = new List<ModelId>();
        foreach (var report in act.Answers)
        {
            var reported = view.Models[report];
            if (reported.AnsweredBy is { } other)
            {
                view = view.Find(
                    entry,
                    "report-answered-twice",
                    SubjectId.Of(id),
                    SubjectId.Of(other),
                    $"Report {report} was answered by {other} before."
                );
                continue;
            }

            answers.Add(report);
            view = view with
            {
                Models = view.Models.Set(report, reported with { AnsweredBy = id }),
            };
        }

        var model = new Model
        {
            Id = id,
            Developer = act.Developer,
            Registration = Compact.Of(act),
            Details = entry.SealedPart as RegistrationDetails,
            Answers = answers,
            FiledAt = effect.At,
            History = history,
        };
        return view with
        {
            Models = view.Models.Set(id, model),
            Names = Named(view.Names, model),
            ModelsOf = view.ModelsOf.Set(act.Developer, new(id, view.ModelsOf.Find(act.Developer))),
        };
    }

    private RegistryView Report(ReportModel act, Logged entry, Effect effect)
    {
        var model = new Model
        {
            Id = new(entry.Index),
            Reporter = PartyOf(entry),
            Report = act,
            FiledAt = effect.At,
            History = Next(null, entry),
        };
        return this with { Models = Models.Set(model.Id, model), Names = Named(Names, model) };
    }

    private static Map<string, Chain<ModelId>> Named(Map<string, Chain<ModelId>> names, Model model)
    {
        var name = FoldedName.Of(model.Name);
        var full = FoldedName.Of(model.FullName);
        names = names.Set(name, new(model.Id, names.Find(name)));
        return string.Equals(name, full, StringComparison.Ordinal)
            ? names
            : names.Set(full, new(model.Id, names.Find(full)));
    }

    private RegistryView Publish(Release act, Logged entry, Effect effect)
    {
        var id = new ReleaseId(entry.Index);
        var model = Models[act.Model];
        var developer = model.Developer!.Value;
        var weights = Claimed(act, id);
        var record = new ReleaseRecord
        {
            Id = id,
            Act = act,
            Developer = developer,
            Holders = new(developer, null),
            FiledAt = effect.At,
            History = Next(null, entry),
        };
        return this with
        {
            Releases = Releases.Set(id, record),
            Weights = weights,
            Models = Models.Set(
                act.Model,
                model with
                {
                    Releases = new(id, model.Releases),
                    History = Next(model.History, entry),
                }
            ),
        };
    }

    private Map<Digest, ReleaseId> Claimed(Release act, ReleaseId id)
    {
        var weights = Weights;
        foreach (var file in act.Weights)
        {
            weights = weights.Has(file.Digest) ? weights : weights.Set(file.Digest, id);
        }

        return weights;
    }

    private RegistryView Derived(ReleaseId child, Derive? act, long index, Logged entry)
    {
        var record = Releases[child];
        return this with
        {
            Derivations = Derivations.Set(index, child),
            Releases = Releases.Set(
                child,
                record with
                {
                    Derivation = act,
                    DerivationAct = act is null ? null : index,
                    History = Next(record.History, entry),
                }
            ),
        };
    }

    private RegistryView Place(Deploy act, Logged entry)
    {
        var id = new DeploymentId(entry.Index);
        var record = Releases[act.Release];
        return this with
        {
            Deployments = Deployments.Set(
                id,
                new(id, act, IsWithdrawn: false, Next(null, entry)) { Digest = entry.ActDigest }
            ),
            Releases = Releases.Set(
                act.Release,
                record with
                {
                    Deployments = new(id, record.Deployments),
                }
            ),
        };
    }

    private RegistryView Pass(Transfer act, Logged entry, Effect effect)
    {
        var id = new TransferId(effect.Act);
        var record = Releases[act.Release];
        var terms = entry.SealedPart as TransferTerms;
        var transfer = new TransferRecord(id, act, terms, effect.At, Next(null, entry));
        return this with
        {
            Transfers = Transfers.Set(id, transfer),
            Releases = Releases.Set(
                act.Release,
                record with
                {
                    Holders = terms?.Kind is TransferKind.Sale or TransferKind.Gift
                        ? new(transfer.To, record.Holders)
                        : record.Holders,
                    History = Next(record.History, entry),
                }
            ),
        };
    }

    private RegistryView Stand(StandingAct act, Logged entry, Effect effect)
    {
        var standing = StandingTable.After(StandingOf(act.Target)!.AsOf(effect.At), act, effect);
        var view = Set(act.Target, standing, entry);
        return standing.Until is { } until ? view with { Deadlines = Deadlines.Add(until) } : view;
    }

    private RegistryView Set(SubjectId subject, Standing standing, Logged entry) =>
        subject.Model is { } model
            ? this with
            {
                Models = Models.Set(
                    model,
                    Models[model] with
                    {
                        Decided = standing,
                        History = Next(Models[model].History, entry),
                    }
                ),
            }
            : this with
            {
                Releases = Releases.Set(
                    subject.Release!.Value,
                    Releases[subject.Release.Value] with
                    {
                        Decided = standing,
                        History = Next(Releases[subject.Release.Value].History, entry),
                    }
                ),
            };

    // An outage is rare, so that every standing is looked at once is no matter.
    private RegistryView Toll(OutageRecord outage, Instant at, NetworkView network)
    {
        var (models, releases, questions) = (Models, Releases, Questions.Toll(outage));
        foreach (var model in Models.Values.Where(one => one.Decided is not null).ToList())
        {
            var tolled = model.Decided!.Tolled(outage);
            models = models.Set(model.Id, model with { Decided = tolled });
        }

        foreach (var release in Releases.Values.Where(one => one.Decided is not null).ToList())
        {
            var tolled = release.Decided!.Tolled(outage);
            releases = releases.Set(release.Id, release with { Decided = tolled });
        }

        var ends = models
            .Values.Select(one => one.Decided)
            .Concat(releases.Values.Select(one => one.Decided))
            .OfType<Standing>()
            .SelectMany(one => one.All())
            .Select(one => one.Until)
            .OfType<Instant>()
            .Concat(questions.All.Values.Select(one => one.Due))
            .Concat(Decisions.Values.Select(one => network.AppealableUntil(one.At, one.Period)))
            .Where(end => end > at);
        return this with
        {
            Models = models,
            Releases = releases,
            Questions = questions,
            Deadlines = [.. ends],
        };
    }

    private RegistryView Pass(Instant time)
    {
        var deadlines = Deadlines;
        while (!deadlines.IsEmpty && deadlines[0] <= time)
        {
            deadlines = deadlines.Remove(deadlines[0]);
        }

        return ReferenceEquals(deadlines, Deadlines) ? this : this with { Deadlines = deadlines };
    }

    private RegistryView Alter(ActId target, System.Text.Json.JsonElement changes, Logged entry)
    {
        var act = Changed(target) ?? throw new InvariantException("law found the changed act");
        Invariant.Hold(
            Change.TryMerge(act, changes, out var merged, out _),
            "law merged it before"
        );
        var index = target.Index;
        return merged switch
        {
            RegisterModel registration => Renamed(
                Models[new(index)] with
                {
                    Registration = Compact.Of(registration),
                    History = Next(Models[new(index)].History, entry),
                }
            ),
            ReportModel report => Renamed(
                Models[new(index)] with
                {
                    Report = report,
                    History = Next(Models[new(index)].History, entry),
                }
            ),
            Release release => this with
            {
                Weights = Claimed(release, new(index)),
                Releases = Releases.Set(
                    new(index),
                    Releases[new(index)] with
                    {
                        Act = release,
                        History = Next(Releases[new(index)].History, entry),
                    }
                ),
            },
            Derive derive => Derived(derive.Child, derive, index, entry),
            _ => this,
        };
    }

    private RegistryView Renamed(Model model)
    {
        var isSame = string.Equals(
            Models[model.Id].FullName,
            model.FullName,
            StringComparison.Ordinal
        );
        return this with
        {
            Models = Models.Set(model.Id, model),
            Names = isSame ? Names : Named(Names, model),
        };
    }

    /// <summary>Who filed the changeable act at an index; null: there is none.</summary>
    internal Speaker? FilerOf(ActId target)
    {
        var index = target.Index;
        if (Models.Find(new(index)) is { Developer: null, Reporter: null })
        {
            return new Speaker.Authority(KeyPurpose.Registrar);
        }

        var party =
            Models.Find(new(index)) is { } model ? model.Developer ?? model.Reporter
            : Releases.Find(new(index)) is { } release ? release.Developer
            : Deployments.Find(new(index)) is { } deployment ? deployment.Act.Host
            : Derivations.TryGet(index, out var child) ? Releases[child].Developer
            : (PartyId?)null;
        return party is { } filer ? new Speaker.Party(filer) : null;
    }

    /// <summary>The act at an index as it stands now, when it is one that may be changed.</summary>
    internal Act? Changed(ActId target)
    {
        var index = target.Index;
        return Models.Find(new(index)) is { } model ? (Act?)model.Registration ?? model.Report
            : Releases.Find(new(index)) is { } release ? release.Act
            : Deployments.Find(new(index)) is { } deployment ? deployment.Act
            : Derivations.TryGet(index, out var child)
            && Releases[child] is var record
            && record.DerivationAct == index
                ? record.Derivation
            : null;
    }

    private RegistryView Take(ActId target, Logged entry, Effect effect)
    {
        var index = target.Index;
        if (Models.Find(new(index)) is { } model)
        {
            return Set(SubjectId.Of(model.Id), Withdrawn(model.Standing, entry, effect), entry);
        }

        if (Releases.Find(new(index)) is { } release)
        {
            return Set(SubjectId.Of(release.Id), Withdrawn(release.Standing, entry, effect), entry);
        }

        if (Deployments.Find(new(index)) is { } deployment)
        {
            return this with
            {
                Deployments = Deployments.Set(
                    deployment.Id,
                    deployment with
                    {
                        IsWithdrawn = true,
                        History = Next(deployment.History, entry),
                    }
                ),
            };
        }

        return Changed(target) is Derive derive
            ? Derived(derive.Child, null, index, entry)
            // What the room Lineage keeps is taken back there.
            : this;
    }

    private static Standing Withdrawn(Standing standing, Logged entry, Effect effect) =>
        StandingTable.After(standing, entry.Act, effect);

    /// <summary>The view with one more thing that a person must look at.</summary>
    internal RegistryView With(Finding finding) => this with { Findings = new(finding, Findings) };

    private RegistryView Find(
        Logged entry,
        string code,
        SubjectId subject,
        SubjectId other,
        string says
    ) => this with { Findings = new(new(entry.Index, code, subject, other, says), Findings) };

    private static History Next(History? earlier, Logged entry) =>
        new(entry.Index, entry.ActDigest, earlier);
}
