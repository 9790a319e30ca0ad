namespace Concord.Rooms.Rulebooks;

/// <summary>The rows of <see cref="Vocabulary"/>.</summary>
internal static class VocabularyTable
{
    private static readonly Asserter[] s_authority = [Asserter.Authority];

    public static IReadOnlyList<FactDefinition> Rows { get; } =
    [
        Flop("flop[].so_far", "Training compute spent so far, as the profile counts it."),
        Flop("flop[].planned", "Training compute of the run as allocated, nothing left out."),
        Flop("flop[].forecast", "Training compute that is expected without an allocation."),
        Flop("flop[].so_far_or_planned", "The larger of spent and allocated.", derived: true),
        Flop(
            "own_flop[].so_far",
            "Compute spent that the profile attributes to this actor: of its own modification "
                + "when it modified another's model, else of the model.",
            derived: true
        ),
        Flop(
            "own_flop[].so_far_or_planned",
            "The same, spent or allocated, whichever is larger.",
            derived: true
        ),
        Flop("mod_flop[]", "Compute of the modification alone."),
        Flop("parent_flop[]", "Compute of the model that was modified; for a merge the sum."),
        Flop("flop_reported", "Compute as notified to a regulator, two significant figures."),
        Truth("parent_flop_knowable", "Whether the parent's compute can be known or estimated."),
        Time("flop_known_at", "When it was known that the threshold is or will be met."),
        Time("flop_met_at", "When the threshold was met."),
        Words(
            "modality.out",
            "What the model puts out.",
            ["text", "code", "speech", "audio", "image", "video", "action", "other"]
        ),
        Truth("text_to[]", "Whether it makes the named modality from text.", "modality"),
        Word("generality", "Whether it does many distinct tasks.", ["general", "narrow"]),
        Truth("model_class.broad_data", "Trained on a broad data set."),
        Truth("model_class.general_output", "Designed for generality of output."),
        Truth("model_class.adaptable", "Adaptable to a wide range of distinct tasks."),
        Truth("model_class.foundation", "A foundation model: all three of its marks."),
        Truth("evaluation[]", "Whether an evaluation is at or above the line.", "line"),
        Truth("safeguards_removed", "Whether safeguards of the parent were removed."),
        Truth("capability_raised", "Whether an evaluation shows a capability above the parent's."),
        Decision("designated[]", "The named authority has designated the model.", "authority"),
        Decision("decision[]", "The named decision is in effect.", "decision"),
        Decision("suspended[]", "A court or statute suspends the named provision.", "provision"),
        Truth("released_weights", "Whether the weights are given to others."),
        Words(
            "licence.rights",
            "What the licence allows anybody.",
            ["access", "use", "modify", "distribute"]
        ),
        Words(
            "licence.limits",
            "What the licence restricts.",
            [
                "attribution",
                "copyleft",
                "dual",
                "no_redistribution",
                "non_commercial",
                "research_only",
                "safety_use",
                "separate_commercial",
                "user_scale",
            ]
        ),
        Words("public", "What is public.", ["weights", "architecture", "usage"]),
        Truth("monetised", "Whether money or personal data is the price of the model."),
        Word(
            "relation",
            "How it was made from its parent.",
            [
                "none",
                "copy",
                "fine_tune",
                "adapter",
                "merge",
                "quantisation",
                "pruning",
                "distillation",
                "continued_pre_training",
                "conversion",
            ]
        ),
        Truth("actor_is_provider_of_parent", "Whether the same actor made the parent."),
        Truth("on_behalf_of_parent", "Whether it was made for the parent's provider."),
        Truth("parent_class.systemic", "Whether the parent is a systemic-risk model (EU)."),
        Truth("parent_class.gpai", "Whether the parent is a general-purpose model (EU)."),
        Truth("parent_class.t1", "Whether the parent is at T1 of the default rulebook."),
        Truth("release_class.t1", "Whether the release that is offered or used is at T1."),
        Word(
            "market[]",
            "Whether the model is on the market of the named state or union.",
            ["none", "intended", "placed", "internal_essential"],
            "state"
        ),
        Time("market[].placed_on", "When it was placed on that market.", "state"),
        Words(
            "nexus[]",
            "What happens wholly or partly in the named state.",
            ["developed", "deployed", "operating"],
            "state"
        ),
        Truth("offered_to_public[]", "Whether a service is offered to its public.", "state"),
        Truth(
            "opinion_attributes",
            "Whether the service has public-opinion attributes or mobilisation capacity."
        ),
        Text("upstream_filing_no", "The filing number of the model that is called."),
        Word(
            "service_model",
            "On which model the service runs.",
            ["own", "fine_tuned", "filed_api"]
        ),
        Time("service_start", "When the service starts."),
        Time("service_change", "When the filed algorithm changed."),
        Time("service_end", "When the service ends."),
        Text("established_in", "ISO 3166-1 alpha-2 of the seat."),
        Word(
            "person_kind",
            "What kind of person it is.",
            ["company", "academic", "individual", "public_body", "non_profit"]
        ),
        Truth("academic_research_only", "Whether it is developed for academic research only."),
        Number("revenue[]", "USD", "Gross revenue with affiliates in a year.", "year"),
        Number("users.business[]", "users", "Registered business users.", "state"),
        Number("users.monthly", "users", "Users in a month."),
        Number("accelerators", "accelerators", "Accelerators that serve one model."),
        Truth("serves_third_parties", "Whether it serves third parties."),
        Truth("offers_release", "Whether it offers the release for download, hosting or sale."),
        Word("training_state", "Where training stands.", ["planned", "initiated", "finished"]),
        Time("training_starts_on", "When the large run starts."),
        Words(
            "deployed_to",
            "To whom it is made available.",
            ["third_party", "evaluation_only", "research_only", "internal"]
        ),
        Time("deployed_on", "When it is deployed."),
        Truth("substantially_modified", "Whether the developer calls a version so."),
        Truth("internal_use", "Whether the developer uses it itself."),
        Time("published_on", "When it is given to others."),
        Time("transfer_on", "When a transfer takes effect."),
        Time("certificate_issued_on", "When the certificate was issued."),
        Time("statement_filed_on[]", "When the disclosure statement was filed.", "state"),
        Time("qualified_on[]", "When the party first qualified under a law.", "law"),
        Truth("large_developer", "Whether it is a large developer of the default rulebook."),
        Truth("auditor.financial_interest", "Whether the auditor has a financial interest."),
        Time("audit_received_on", "When the auditor's report was received."),
        Time("financial_year_end", "When the financial year ends."),
        Time("framework_changed_on", "When the framework materially changed."),
        Number("datacentre.capacity", "op/s", "Theoretical dense capacity of the site."),
        Number("datacentre.network", "bit/s", "Networking inside the site."),
        Time("capacity_met_on", "When the site's capacity or users reached the line."),
        Word("cop_signatory", "Whether it signed the Code of Practice.", ["no", "partial", "yes"]),
        Word(
            "standing",
            "The standing of the model or release.",
            ["unregistered", "registered", "certified", "suspended", "withdrawn", "stopped"]
        ),
        Word(
            "incident.kind",
            "What happened.",
            [
                "weights_taken",
                "catastrophic_harm",
                "loss_of_control",
                "deceived_developer",
                "cyber_breach",
                "serious_harm",
                "other",
            ]
        ),
        Truth("incident.injury", "Whether somebody died or was injured."),
        Truth("incident.catastrophic_risk_raised", "Whether catastrophic risk rose materially."),
        Truth("incident.elicited", "Whether an evaluation was designed to elicit it."),
        Truth("incident.imminent", "Whether death or serious injury is imminent."),
        Truth("incident.critical_infra", "Whether critical infrastructure is disrupted."),
        Truth("incident.irreversible", "Whether the harm is serious and irreversible."),
        Time("incident.occurred", "When it happened."),
        Time("incident.discovered", "When it was discovered."),
        Time("incident.determined", "When it was determined to be such an incident."),
        Time("incident.belief_facts", "When facts gave reasonable belief of it."),
        Time("incident.involvement_known", "When the model's involvement became known."),
        Time("incident.resolved", "When it was resolved."),
    ];

    private static FactDefinition Flop(string name, string says, bool derived = false) =>
        Number(
            name,
            "FLOP",
            says,
            name.Contains("[]", StringComparison.Ordinal) ? "profile" : null
        ) with
        {
            IsDerived = derived,
        };

    private static FactDefinition Number(
        string name,
        string unit,
        string says,
        string? parameter = null
    ) => new(name, FactKind.Number, says) { Unit = unit, Parameter = parameter };

    private static FactDefinition Truth(string name, string says, string? parameter = null) =>
        new(name, FactKind.Truth, says) { Parameter = parameter };

    private static FactDefinition Decision(string name, string says, string parameter) =>
        Truth(name, says, parameter) with
        {
            AssertedBy = s_authority,
        };

    private static FactDefinition Word(
        string name,
        string says,
        IReadOnlyList<string> words,
        string? parameter = null
    ) => new(name, FactKind.Word, says) { Words = words, Parameter = parameter };

    private static FactDefinition Words(
        string name,
        string says,
        IReadOnlyList<string> words,
        string? parameter = null
    ) => new(name, FactKind.Words, says) { Words = words, Parameter = parameter };

    private static FactDefinition Text(string name, string says) => new(name, FactKind.Text, says);

    private static FactDefinition Time(string name, string says, string? parameter = null) =>
        new(name, FactKind.Moment, says) { Parameter = parameter };
}
