using System.Text;
using Concord.Acts;
using Concord.Ledger;
using Concord.Measures;
using Xunit;

namespace Concord.Tests.Fuzz;

/// <summary>The small parsers that stand in every act, address and command.</summary>
public sealed class ScalarFuzz
{
    [Fact]
    public void No_bent_scalar_throws_and_what_is_read_has_one_form() =>
        FuzzRun.Of(
            [
                .. new[]
                {
                    "2026-03-01T09:30:00Z",
                    "2026-03-01T09:30:59.999Z",
                    "3.81e25",
                    "1000000000000000000000000000000000000",
                    "M-0000-13KX",
                    Digest.Of("x"u8).ToString(),
                    Digest.Of("x"u8).ToHex(),
                }.Select(Encoding.UTF8.GetBytes),
            ],
            input =>
            {
                var text = Encoding.UTF8.GetString(input);
                if (Instant.TryParse(text, out var instant))
                {
                    Assert.Equal(text, instant.ToString());
                }

                if (Digest.TryParse(text, out var digest))
                {
                    Assert.Equal(text, digest.ToString());
                }

                if (KeyId.TryParse(text, out var key))
                {
                    Assert.Equal(text, key.ToString());
                }

                if (Flop.TryParse(text, out var flop))
                {
                    Assert.Equal(flop, Flop.Parse(flop.ToString()));
                }

                if (ShortId.TryParse(text, 'M', out var index))
                {
                    Assert.True(ShortId.TryParse(ShortId.Format('M', index), 'M', out var again));
                    Assert.Equal(index, again);
                }
            }
        );
}
