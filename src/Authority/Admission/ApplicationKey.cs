using Concord.Authority.Web;
using Concord.Ledger;

namespace Concord.Authority.Admission;

/// <summary>
/// The key that stands in an application until the applicant's passkey is made, so that the law can
/// be asked about the rest: the base point of P-256, whose private key is 1, which anybody knows.
/// </summary>
public static class ApplicationKey
{
    private static readonly byte[] s_x = Convert.FromHexString(
        "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    );

    private static readonly byte[] s_y = Convert.FromHexString(
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
    );

    /// <summary>It, as a passkey of an address.</summary>
    public static PublicKey Nobodys(WebAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return PublicKey.Webauthn(s_x, s_y, address.RelyingParty, [address.Origin]);
    }
}
