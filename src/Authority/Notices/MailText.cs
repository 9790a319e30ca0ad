using System.Text;
using Concord.Authority.Web;
using Concord.Authority.Web.Languages;
using Concord.Measures;
using Concord.Stores;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Notices;

/// <summary>A message as mail has it, in its language.</summary>
internal static class MailText
{
    /// <summary>The text of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="body">What it says.</param>
    /// <param name="site">The address of the site, without a slash at its end.</param>
    /// <param name="authority">The name of the authority.</param>
    /// <param name="party">The name of the party.</param>
    public static NoticeText Of(
        KeptMessage message,
        MessageBody body,
        string site,
        string authority,
        string party
    )
    {
        var language = Language.Find(body.Data.Lang) ?? Language.English;
        var here = site + language.Prefix;
        var stop = $"{here}/notices/stop/{message.Channel.Token}";
        return new(
            authority,
            NoticeWords.In(language, () => SubjectOf(body, party)),
            Instant.TryParse(message.At, out var at) ? at.ToDateTimeOffset() : default,
            NoticeWords.In(
                language,
                () => Body(body, here, Named(authority), Named(party), message.Channel.Id, stop)
            ),
            stop,
            language.Tag
        );
    }

    // An address stands on a line of its own, so that it is read from left to right everywhere.
    private static string Body(
        MessageBody body,
        string here,
        Markup authority,
        Markup party,
        string channel,
        string stop
    )
    {
        var text = new StringBuilder();
        if (body.Data.Code is { } code)
        {
            var asks = Plainly(
                $"{party} asks to be told here of what concerns it in the register of {authority}."
            );
            var doubt = Say(
                "It holds for a day. If you do not know of it, do nothing: nothing more is sent."
            );
            text.Append($"{asks}\n\n{Say("If that is right, give this code on the page below:")}")
                .Append($"\n\n    {code}\n\n{here}/notices/{channel}\n\n{doubt}\n");
        }

        foreach (var one in body.Data.Notices ?? [])
        {
            text.Append($"{one.Says}.\n{WhenOf(one.At)}\n{one.Href}\n\n");
        }

        var tells = Plainly($"{authority} tells {party}, whose own page is:");
        return text.Append($"\n-- \n{tells}\n{here}/parties/{body.Data.Party}/home\n")
            .Append($"{Say("To be told here no more:")}\n{stop}\n")
            .ToString();
    }

    private static string SubjectOf(MessageBody body, string name)
    {
        var party = Named(name);
        return body.Data.Notices switch
        {
            null => Say("Confirm your address"),
            [{ Kind: "question" }] => Plainly($"{party}: you are asked a question"),
            [{ Kind: "decision" }] => Plainly($"{party}: a decision was made"),
            [{ Kind: "countersign" }] => Plainly($"{party}: your signature is waited for"),
            [{ Kind: "deadline-near" }] => Plainly($"{party}: something is due"),
            [{ Kind: "deadline-passed" }] => Plainly($"{party}: a time has passed"),
            [_] => Plainly($"{party}: an act was logged"),
            var several => Plainly(
                $"{party}: {Speech.Count(several.Count, "{0} notice", "{0} notices")}"
            ),
        };
    }

    private static Markup Named(string name) => new Markup().Leaf("bdi", name);

    private static string WhenOf(string at) =>
        Instant.TryParse(at, out var moment) ? Times.Long(moment) : at;
}
