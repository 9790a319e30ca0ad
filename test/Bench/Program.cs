using Concord.Bench.Admission;

return args switch
{
    ["intake", .. var rest] => await IntakeBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project test/Bench -- intake");
    return 64;
}
