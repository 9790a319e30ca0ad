return await Concord.Cli.CommandLine.RunAsync(args, Console.Out, Console.Error);
