using Concord.Acts.Network;

namespace Concord.Tests;

/// <summary>How time passes in a test.</summary>
internal sealed partial class Given
{
    public void Tick(TimeSpan step) => File("tick", new Tick { Time = Now + step });

    /// <summary>Ticks until a day has begun.</summary>
    public void TickTo(DateOnly day)
    {
        while (Now.Day < day)
        {
            Tick(TimeSpan.FromHours(2));
        }
    }
}
