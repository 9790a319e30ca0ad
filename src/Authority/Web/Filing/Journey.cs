using Concord.Acts.Network;

namespace Concord.Authority.Web.Filing;

/// <summary>An act as a form asks for it: questions, and the act that the answers make.</summary>
public abstract class Journey
{
    /// <summary>The last segment of its address.</summary>
    public abstract string Name { get; }

    /// <summary>What is done, for the heading.</summary>
    public abstract string Title { get; }

    /// <summary>Who does it, and what comes of it.</summary>
    public abstract string Lead { get; }

    /// <summary>The command that does the same, its changing words in angle brackets.</summary>
    public abstract string Command { get; }

    /// <summary>The fields.</summary>
    public abstract IReadOnlyList<string> Fields { get; }

    /// <summary>
    /// The fields that an address may carry where the answers come in a body: ids alone.
    /// </summary>
    public virtual IReadOnlyList<string> Ids => [];

    /// <summary>
    /// Whether answers come in a body: something is sealed, or they are too long for an address.
    /// </summary>
    public virtual bool IsPosted => false;

    /// <summary>Whether a file may be among the answers.</summary>
    public virtual bool HasFile => false;

    /// <summary>Whether files can hang on the act.</summary>
    public virtual bool HasAttachments => false;

    /// <summary>Whether the act is sealed, so that nothing that hangs on it is public.</summary>
    public virtual bool IsSealed => false;

    /// <summary>The script that helps with it; null: none.</summary>
    public virtual string? Script => null;

    /// <summary>The role of the parties that it is for; null: any.</summary>
    public virtual PartyRole? Role => null;

    /// <summary>The fields, with that of the files.</summary>
    public IReadOnlyList<string> AllFields =>
        HasAttachments ? [.. Fields, AttachedFiles.Field] : Fields;

    /// <summary>The path of its form.</summary>
    public string Path => $"/file/{Name}";

    /// <summary>Puts into the form what is known before anything is answered.</summary>
    public virtual void Begin(FormAnswers answers, Desk desk) { }

    /// <summary>Whether something must be said before the rest can be asked.</summary>
    public virtual bool IsFirst(FormAnswers answers, Desk desk) => false;

    /// <summary>The fields of the form.</summary>
    public abstract Markup Ask(FormAnswers answers, Desk desk);

    /// <summary>The act that the answers make; null: something is wrong with one.</summary>
    public abstract Draft? Compose(FormAnswers answers, Desk desk);

    /// <summary>The field that a path in the act is about; empty: none.</summary>
    public abstract string FieldOf(string path);
}
