using Concord.Acts;
using CsCheck;
using Xunit;

namespace Concord.Tests.Acts;

public sealed class ShortIdTests
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void What_is_written_is_read() =>
        Gen.Long[0, (1L << 50) - 1]
            .Sample(index =>
                ShortId.TryParse(ShortId.Format('M', index), 'M', out var read) && read == index
            );

    [Fact]
    public void A_hand_may_write_small_letters_and_leave_out_hyphens()
    {
        var text = new ModelId(123_456).ToString();

        Assert.True(
            ShortId.TryParse(
                text.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal),
                'M',
                out var index
            )
        );
        Assert.Equal(123_456, index);
    }

    [Fact]
    public void Another_letter_of_the_kind_is_noticed() =>
        Assert.False(ShortId.TryParse("R" + new ModelId(77).ToString()[1..], 'R', out _));

    [Fact]
    public void Every_change_of_one_character_is_noticed() =>
        Gen.Select(Gen.Long[0, (1L << 30) - 1], Gen.Int[0, 7], Gen.Int[1, 31])
            .Sample(
                (index, place, step) =>
                {
                    var text = ShortId
                        .Format('M', index)
                        .Replace("-", "", StringComparison.Ordinal);
                    var at = place + 1;
                    var other = Digits[(Digits.IndexOf(text[at]) + step) % 32];
                    return !ShortId.TryParse(text[..at] + other + text[(at + 1)..], 'M', out _);
                }
            );

    [Fact]
    public void Every_swap_of_two_neighbours_in_the_number_is_noticed() =>
        Gen.Select(Gen.Long[0, (1L << 30) - 1], Gen.Int[1, 5])
            .Sample(
                (index, at) =>
                {
                    var text = ShortId
                        .Format('M', index)
                        .Replace("-", "", StringComparison.Ordinal);
                    var swapped = text[..at] + text[at + 1] + text[at] + text[(at + 2)..];
                    return text[at] == text[at + 1] || !ShortId.TryParse(swapped, 'M', out _);
                }
            );
}
