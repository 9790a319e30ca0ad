namespace Concord.Authority.Web.Filing;

/// <summary>A command for people to copy.</summary>
public static class Commands
{
    /// <summary>The command, each of its words with an option kept together.</summary>
    /// <param name="command">The words, those that belong together joined by <c>~</c>.</param>
    public static Markup Of(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var markup = new Markup();
        foreach (var word in command.Split(' '))
        {
            markup.Leaf("span", word.Replace('~', ' ')).Text(" ");
        }

        return markup;
    }
}
