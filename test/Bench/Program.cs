using Concord.Bench.Admission;
using Concord.Bench.Http;
using Concord.Bench.Ledger;
using Concord.Bench.Weights;

return args switch
{
    ["ledger", .. var rest] => await LedgerBench.RunAsync(rest),
    ["steps", .. var rest] => await StepsBench.RunAsync(rest),
    ["intake", .. var rest] => await IntakeBench.RunAsync(rest),
    ["http", .. var rest] => await HttpBench.RunAsync(rest),
    ["register", .. var rest] => await RegisterBench.RunAsync(rest),
    ["standing", .. var rest] => await StandingBench.RunAsync(rest),
    ["pages", .. var rest] => await PagesBench.RunAsync(rest),
    ["abuse", .. var rest] => await AbuseBench.RunAsync(rest),
    ["abuser", .. var rest] => await Abuser.RunAsync(rest),
    ["load", .. var rest] => await LoadGenerator.RunAsync(rest),
    ["weights", .. var rest] => await WeightsBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project test/Bench -- "
            + "ledger | intake | steps | http | register | standing | pages | abuse | weights"
    );
    return 64;
}
