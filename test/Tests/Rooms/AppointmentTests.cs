using Concord.Acts.Network;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>Who works at the authority without deciding.</summary>
public sealed class AppointmentTests
{
    private readonly Given _given = Given.Parties();

    [Fact]
    public void Who_is_appointed_speaks_in_its_role_until_the_day()
    {
        _given.File("officer-a-1", _given.Appointment("a", StaffRole.Clerk, "intake"));

        Assert.Equal(
            new Speaker.Staff(StaffRole.Clerk, "a", "intake"),
            _given.World.Network.Keys[_given.Key("intake").Id].Speaker
        );
        Assert.Equal("admitted", Admits("intake"));
        _given.TickTo(_given.Now.Day.AddDays(31));
        Assert.Equal("key-expired", Admits("intake"));
    }

    [Theory]
    [InlineData(StaffRole.Auditor)]
    [InlineData(StaffRole.Reader)]
    public void Who_only_reads_files_nothing(StaffRole role)
    {
        _given.File("officer-a-1", _given.Appointment("a", role, "desk"));

        Assert.Equal("not-permitted", Admits("desk"));
    }

    [Fact]
    public void An_officer_appoints_for_its_own_institution_and_for_a_year_at_most()
    {
        var act = _given.Appointment("a", StaffRole.Reader, "desk");

        Assert.Equal("not-permitted", _given.Answer("officer-b-1", act));
        Assert.Equal("not-permitted", _given.Answer("registrar", act));
        Assert.Equal(
            "appointment-span",
            _given.Answer("officer-a-1", act with { Until = _given.Now + TimeSpan.FromDays(367) })
        );
        Assert.Equal(
            "not-in-future",
            _given.Answer("officer-a-1", act with { Until = _given.Now })
        );
        Assert.Equal(
            "key-in-use",
            _given.Answer("officer-a-1", act with { Key = _given.Key("aurora") })
        );
    }

    [Fact]
    public void Two_keys_that_stand_have_no_one_name()
    {
        var act = _given.Appointment("a", StaffRole.Reader, "desk");
        _given.File("officer-a-1", act);

        var other = act with { Key = _given.Key("another desk") };
        Assert.Equal("name-in-use", _given.Answer("officer-a-1", other));
        _given.File(
            "officer-a-2",
            new RevokeKey { Key = act.Key.Id, Reason = "It works elsewhere now." }
        );
        Assert.Equal("admitted", _given.Answer("officer-a-1", other));
    }

    [Fact]
    public void Officers_of_the_institution_and_roots_end_an_appointment_and_others_do_not()
    {
        var act = _given.Appointment("a", StaffRole.Clerk, "intake");
        _given.File("officer-a-1", act);
        var end = new RevokeKey { Key = act.Key.Id, Reason = "It works elsewhere now." };

        Assert.Equal("admitted", _given.Answer("officer-a-2", end));
        Assert.Equal("admitted", _given.Answer("root-1", end));
        Assert.Equal("not-permitted", _given.Answer("officer-b-1", end));
        Assert.Equal("not-permitted", _given.Answer("intake", end));
        Assert.Equal("not-permitted", _given.Answer("aurora", end));
    }

    [Fact]
    public void What_a_stolen_key_of_a_clerk_has_filed_is_confirmed_by_an_officer_it_worked_for()
    {
        _given.File("officer-a-1", _given.Appointment("a", StaffRole.Clerk, "intake"));
        var admission = _given.Admission("echo", "Echo Works", PartyRole.Developer);
        var index = _given.File("intake", admission);
        _given.File(
            "officer-a-1",
            new RevokeKey
            {
                Key = _given.Key("intake").Id,
                Reason = "The device was stolen.",
                CompromisedSince = _given.Now,
            }
        );
        var confirm = new Confirm
        {
            Target = new(index),
            Key = _given.Key("intake").Id,
            ActDigest = _given.Filed[^2].ActDigest,
            Reason = "We knew of it.",
        };

        Assert.Equal("not-found", _given.Answer("officer-b-1", confirm));
        Assert.Equal("admitted", _given.Answer("officer-a-2", confirm));
    }

    private string Admits(string signer) =>
        _given.Answer(signer, _given.Admission("echo", "Echo Works", PartyRole.Developer));
}
