using Concord.Bench.Admission;
using Concord.Bench.Ledger;

return args switch
{
    ["ledger", .. var rest] => await LedgerBench.RunAsync(rest),
    ["steps", .. var rest] => await StepsBench.RunAsync(rest),
    ["intake", .. var rest] => await IntakeBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project test/Bench -- ledger | intake | steps"
    );
    return 64;
}
