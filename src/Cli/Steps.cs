using Concord.Authority.Foundation;

namespace Concord.Cli;

/// <summary>Tells a person of the steps of long work.</summary>
internal static class Steps
{
    /// <summary>Numbers alone, for a bar.</summary>
    public static IProgress<FurnishingStep> To(IProgress<(long Done, long Of)> bar) =>
        new Told(step => bar.Report((step.Done, step.Of)));

    /// <summary>Numbers for a bar, and a line for each step of which a person must know.</summary>
    public static IProgress<FurnishingStep> To(
        IProgress<(long Done, long Of)> bar,
        Terminal terminal
    ) =>
        new Told(step =>
        {
            if (step is { Done: 0, Of: 1 })
            {
                terminal.Note(step.What);
            }

            bar.Report((step.Done, step.Of));
        });

    // Progress<T> of the platform reports on other threads and later; this does it here and now.
    private sealed class Told(Action<FurnishingStep> tell) : IProgress<FurnishingStep>
    {
        public void Report(FurnishingStep value) => tell(value);
    }
}
