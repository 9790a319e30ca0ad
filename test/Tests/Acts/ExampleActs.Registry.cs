using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Tests.Acts;

/// <content>The acts of the room Registry.</content>
internal static partial class ExampleActs
{
    private static IEnumerable<Act> Registry()
    {
        yield return new RegisterModel
        {
            Developer = new(7),
            Name = "Vela 3",
            Version = "2026-02",
            TrainingCompute =
            [
                new()
                {
                    Profile = "eu.cumulative",
                    State = ComputeState.SoFar,
                    Low = Flop.Parse("3.1e25"),
                    High = Flop.Parse("4.4e25"),
                    KnownAt = Noon,
                    Method = "Accelerator hours times measured utilisation.",
                },
            ],
            Parameters = 400_000_000_000,
            ModalityOut = ["code", "text"],
            Evaluations =
            [
                new()
                {
                    Line = "cyber-warning",
                    AtOrAbove = false,
                    On = Day("2026-02-11"),
                },
            ],
            Training = new()
            {
                State = TrainingState.Finished,
                StartedOn = Day("2025-09-01"),
                FinishedOn = Day("2026-01-20"),
            },
            IntendedRelease = new() { Weights = WeightsAccess.Closed, On = Day("2026-04-01") },
            Facts =
            [
                new()
                {
                    Fact = "market[EU]",
                    Value = new FactValue.Text("placed"),
                    Since = Day("2026-02-20"),
                },
                new() { Fact = "nexus", Value = new FactValue.Words(["CA", "NY"]) },
                new() { Fact = "general_purpose", Value = new FactValue.Truth(true) },
                new() { Fact = "revenue", Value = new FactValue.Interval(500_000_000, null) },
            ],
            Answers = [new(41), new(43)],
            SealedPart = Digest.Of(ActJson.Write(Details)),
            Attachments =
            [
                new()
                {
                    Digest = Digest.Of("model card"u8),
                    MediaType = "application/pdf",
                    Visibility = Visibility.Public,
                    Name = "Model card",
                },
            ],
        };
        yield return new ReportModel
        {
            Name = "Nova-XL",
            Developers = ["Nova Institute"],
            Countries = ["France"],
            PublishedOn = Day("2025-11-05"),
            TrainingCompute = new()
            {
                Figure = Flop.Parse("2.1e25"),
                Confidence = "Likely",
                Source = 0,
            },
            Parameters = new() { Value = "175000000000", Source = 0 },
            BaseModels = [new() { Name = "Nova-L", Model = new(40) }],
            Sources =
            [
                new()
                {
                    Title = "A register of models",
                    Url = "https://models.example/nova-xl",
                    Licence = "CC-BY-4.0",
                },
            ],
        };
        yield return new Amend
        {
            Target = new(50),
            Changes = JsonElement.Parse("""{"version":"2026-03","parameters":null}"""),
            Reason = "A new version.",
        };
        yield return new Correct
        {
            Target = new(50),
            Changes = JsonElement.Parse("""{"name":"Vela 3"}"""),
            Reason = "A typing error.",
        };
        yield return new Withdraw { Target = new(50), Reason = "It was never trained." };
        yield return new Release
        {
            Model = new(50),
            Name = "Vela 3 base",
            Weights =
            [
                new()
                {
                    Digest = Digest.Of("weights"u8),
                    Format = "safetensors",
                    SizeBytes = 800_000_000_000,
                },
            ],
            Licence = "LicenseRef-Vela-1",
            Access = WeightsAccess.Restricted,
            ReleasedOn = Day("2026-04-01"),
        };
        yield return new Derive
        {
            Child = new(61),
            Parents = [SubjectId.Of(new ReleaseId(60)), SubjectId.Of(new ModelId(40))],
            Relation = Relation.ContinuedPreTraining,
            By = new(7),
            ComputeLow = Flop.Parse("1e22"),
            ComputeHigh = Flop.Parse("2e22"),
            SafeguardsRemoved = false,
            CapabilityRaised = true,
            PublishedOn = Day("2026-05-01"),
        };
        yield return new Deploy
        {
            Salt = Salt,
            Release = new(60),
            Host = new(7),
            Site = new(30),
            Country = "DE",
            Purpose = "Assistant for engineers",
            UsersMagnitude = 4,
            From = Day("2026-04-02"),
            To = Day("2027-04-01"),
        };
        yield return new Transfer
        {
            Release = new(60),
            SealedPart = Digest.Of(ActJson.Write(Terms)),
            Joint = new()
            {
                Kind = JointKind.Parties,
                K = 2,
                Epoch = 1,
                Parties = [new(7), new(9)],
            },
        };
    }

    private static IEnumerable<Act> Standing()
    {
        yield return new Certify
        {
            Target = SubjectId.Of(new ModelId(50)),
            Conditions = ["Evaluate for cyber capability every quarter."],
            Until = At("2027-03-01T00:00:00Z"),
            Reason = "All duties are met.",
            Joint = Officers,
        };
        yield return new Suspend
        {
            Target = SubjectId.Of(new ReleaseId(60)),
            Until = At("2026-06-01T00:00:00Z"),
            Reason = "The weights were copied.",
            Joint = Officers,
        };
        yield return new Restore
        {
            Target = SubjectId.Of(new ReleaseId(60)),
            Reason = "The copies are gone.",
            Joint = Officers,
        };
        yield return new Expire
        {
            Target = SubjectId.Of(new ModelId(50)),
            Reason = "The model is no longer offered.",
            Joint = Officers,
        };
        yield return new AskQuestion
        {
            Salt = Salt,
            Case = SubjectId.Of(new ModelId(50)),
            To = new(7),
            Question = "Who holds the weights?",
            Due = At("2026-04-01T00:00:00Z"),
        };
        yield return new AnswerQuestion
        {
            Salt = Salt,
            Question = new(70),
            Answer = "Four persons, two vaults.",
        };
    }
}
