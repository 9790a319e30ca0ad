using System.CommandLine;

var root = new RootCommand(
    "Concord: a public register of powerful AI models, with a law that explains itself and a log "
        + "that anyone can verify."
);
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
