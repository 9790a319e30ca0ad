using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Tables;
using Concord.Measures;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>The register: what fits the question, a page at a time.</summary>
/// <param name="site">What pages read.</param>
public sealed class RegisterPage(PublicSite site) : SitePage(site)
{
    /// <summary>The register.</summary>
    public RegisterTable Table { get; private set; } = null!;

    /// <summary>What is asked.</summary>
    public RegisterQuestion Question { get; private set; } = new();

    /// <summary>The laws that are shown.</summary>
    public IReadOnlyList<RegisterColumn> Columns { get; private set; } = [];

    /// <summary>How many models fit.</summary>
    public int Fit { get; private set; }

    /// <summary>Whether nothing is called what is searched for, and these are near it.</summary>
    public bool IsNear { get; private set; }

    /// <summary>The place of the first row among those that fit, from 1.</summary>
    public int First { get; private set; }

    /// <summary>The rows of this page.</summary>
    public IReadOnlyList<(Model Model, RegisterLine Line)> Rows { get; private set; } = [];

    /// <summary>The question for the next page; null: this is the last.</summary>
    public RegisterQuestion? Next { get; private set; }

    /// <summary>The thresholds that the strips show.</summary>
    public IReadOnlyList<Flop> Lines { get; } = [Flop.Parse("1e25"), Flop.Parse("1e26")];

    /// <summary>Reads the question and finds its rows.</summary>
    public IActionResult OnGet()
    {
        Table = Site.RegisterOf(HttpContext);
        if (RegisterQuestion.Read(Request.Query, Table, out var fault) is not { } question)
        {
            return this.Fail(new(Problems.BadQuery, fault ?? "the question is not well put"));
        }

        Question = question;
        Columns = question.Columns(Table);
        (var found, IsNear) = question.Answered(Table);
        var from = question.StartIn(found);
        if (from < 0)
        {
            return To((question with { After = null }).Href);
        }

        Fit = found.Count;
        First = from + 1;
        Rows =
        [
            .. found
                .Skip(from)
                .Take(RegisterQuestion.PageSize)
                .Select(line => (World.Registry.Models[line.Id], line)),
        ];
        Next = from + Rows.Count < found.Count ? question with { After = Rows[^1].Line.Id } : null;
        return Page();
    }

    /// <summary>The heading of a law's column.</summary>
    public Markup Heading(RegisterColumn column)
    {
        var head = Prose.Of(column.Headline.Question);
        var says = column.Assumes(World.At);
        return says.IsEmpty ? head : head.Open("span", ("class", "c-table__sub")).Add(says).Close();
    }

    /// <summary>The cell of training compute.</summary>
    public Markup Compute(Model model)
    {
        var estimate = BestEstimate.Of(World, model);
        var cell = new Markup().Open("span");
        if (estimate.Figure is { } figure)
        {
            cell.Figure(figure);
        }
        else if (estimate.Added is { } added)
        {
            cell.Add(Say($"Adds {added} to its base"));
        }
        else if (estimate.Range.IsUnknown)
        {
            return cell.Leaf("span", Say("No figure"), ("class", "c-quiet")).Close();
        }

        cell.Add(
            Web.Charts.ComputeStrip.Draw(estimate.Figure, estimate.Range, !estimate.IsRated, Lines)
        );
        return cell.Open("span", ("class", "c-interval"))
            .Add(Figures.Range(estimate.Range))
            .Close()
            .Close();
    }

    /// <summary>The cell of a law.</summary>
    public Markup Answer(RegisterLine line, RegisterColumn column)
    {
        var answer = line.Answer(column);
        var cell = new Markup().Open("span").Add(StateLabel.Of(answer));
        var why = column == Columns[0] ? line.Why(World, column) : null;
        if (why is not null)
        {
            cell.Open("span", ("class", "c-why")).Add(why).Close();
        }

        return cell.Close();
    }
}
