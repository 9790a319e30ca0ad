using Concord.Acts;

namespace Concord.Rooms.Registry;

/// <summary>Writes the registry view in a fixed order.</summary>
internal static class RegistryDigest
{
    public static void Write(World world, Audience audience, ViewWriter writer)
    {
        var view = world.Registry;
        foreach (var model in view.Models.Values.OrderBy(model => model.Id.Index))
        {
            writer
                .Word("model")
                .Number(model.Id.Index)
                .Number(model.Developer?.Index)
                .Text(model.FullName)
                .Number(model.AnsweredBy?.Index)
                .Moment(model.FiledAt)
                .Truth(model.DetailsFor(audience) is not null);
            foreach (var answer in model.Answers)
            {
                writer.Number(answer.Index);
            }

            Write(model.Standing, writer);
            writer.History(model.History);
        }

        foreach (var release in view.Releases.Values.OrderBy(release => release.Id.Index))
        {
            writer
                .Word("release")
                .Number(release.Id.Index)
                .Number(release.Act.Model.Index)
                .Number(release.DerivationAct)
                .Moment(release.FiledAt);
            foreach (var holder in audience == Audience.Full ? release.Holders : OnlyFirst(release))
            {
                writer.Number(holder.Index);
            }

            Write(release.Standing, writer);
            writer.History(release.History);
        }

        WriteDeployments(view, audience, writer);
        foreach (var transfer in view.Transfers.Values.OrderBy(one => one.Id.Index))
        {
            writer.Word("transfer").Number(transfer.Id.Index).History(transfer.History);
            writer.Text(audience == Audience.Full ? transfer.Terms?.Kind.ToString() : null);
        }

        WriteQuestions(view, audience, writer);
        foreach (var finding in view.Findings ?? Enumerable.Empty<Finding>())
        {
            writer.Word("finding").Number(finding.Act).Text(finding.Code).Text(finding.Says);
            writer.Subject(finding.Subject).Subject(finding.Other);
        }
    }

    private static void WriteDeployments(RegistryView view, Audience audience, ViewWriter writer)
    {
        // That a sealed act is about a deployment is not public; the network view digests every
        // act.
        foreach (
            var deployment in view
                .Deployments.Values.Where(one =>
                    audience == Audience.Full || one.RevealedBy is not null
                )
                .OrderBy(one => one.Id.Index)
        )
        {
            writer.Word("deployment").Number(deployment.Id.Index).History(deployment.History);
            writer.Number(deployment.Act.Release.Index).Truth(deployment.IsWithdrawn);
        }
    }

    private static void WriteQuestions(RegistryView view, Audience audience, ViewWriter writer)
    {
        // That there is a question is as sealed as what it asks.
        foreach (
            var question in audience == Audience.Full
                ? view.Questions.All.Values.OrderBy(one => one.Id.Index)
                : Enumerable.Empty<QuestionRecord>()
        )
        {
            writer.Word("question").Number(question.Id.Index).Moment(question.Due);
            foreach (var reply in question.Replies)
            {
                writer.Number(reply.Index).Moment(reply.At);
            }
        }
    }

    private static IEnumerable<PartyId> OnlyFirst(ReleaseRecord release) => [release.Developer];

    private static void Write(Standing standing, ViewWriter writer)
    {
        foreach (var one in standing.All())
        {
            writer
                .Word("standing")
                .Text(one.State.ToString())
                .Moment(one.Until)
                .Number(one.DecidedBy)
                .Text(string.Join('\n', one.Conditions));
            if (one.Stayed is { } stayed)
            {
                writer.Word("stayed").Number(stayed.DecidedBy).Moment(stayed.Until);
            }
        }
    }
}
