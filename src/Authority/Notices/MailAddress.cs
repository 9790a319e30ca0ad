using MimeKit;

namespace Concord.Authority.Notices;

/// <summary>An address for mail, as a person writes it.</summary>
public static class MailAddress
{
    private const int LengthMax = 254;

    /// <summary>The address, alone and in ASCII; null: it is none.</summary>
    public static string? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var said = text.Trim();
        return
            said.Length <= LengthMax
            && said.All(one => char.IsAscii(one) && !char.IsControl(one) && one is not ' ')
            && MailboxAddress.TryParse(said, out var mailbox)
            && string.IsNullOrEmpty(mailbox.Name)
            && string.Equals(mailbox.Address, said, StringComparison.Ordinal)
            && mailbox.Address.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
            ? said
            : null;
    }
}
