using System.Text;
using Concord.Acts;
using Concord.Acts.Registry;
using Xunit;

namespace Concord.Tests.Acts;

/// <summary>A table with commas is acts, a record each, judged by the schema alone.</summary>
public sealed class CsvActsTests
{
    private const string Columns =
        "act,developer,name,modality_out,training.state,intended_release.weights,"
        + "training_compute[0].low,training_compute[0].high,training_compute[0].profile,"
        + "training_compute[0].state,parameters";

    [Fact]
    public void A_record_is_the_act_that_its_cells_say()
    {
        var row = Assert.Single(
            Read(
                Columns,
                "registry/register-model/1,P-0000-07WX,\"Tern, \"\"2\"\"\",image; text,finished,"
                    + "open,1e25,,eu.cumulative,so_far,70000000000"
            )
        );

        Assert.True(row.Fault is null, row.Fault?.ToString());
        var act = Assert.IsType<RegisterModel>(row.Row!.Act);
        Assert.Equal("Tern, \"2\"", act.Name);
        Assert.Equal(["image", "text"], act.ModalityOut);
        Assert.Equal(70_000_000_000, act.Parameters);
        Assert.Equal(1e25, (double)act.TrainingCompute.Single().Low!.Value.Count);
        Assert.Null(act.TrainingCompute.Single().High);
        Assert.Equal(ActJson.Write(act), row.Row.Bytes.ToArray());
    }

    [Fact]
    public void The_order_of_columns_says_nothing()
    {
        var one = Read(
            "act,name,developer,modality_out,training.state,intended_release.weights",
            "registry/register-model/1,Tern,P-0000-07WX,text,planned,closed"
        );
        var other = Read(
            "intended_release.weights,modality_out[0],act,training,developer,name,training_compute",
            "closed,text,registry/register-model/1,\"{\"\"state\"\":\"\"planned\"\"}\",P-0000-07WX,"
                + "Tern,[]"
        );

        Assert.Equal(Text(one.Single()), Text(other.Single()));
    }

    [Theory]
    [InlineData("act,a", "registry/register-model/1,1", "$.a", "unknown-member")]
    [InlineData("act", "registry/register-model/9", "$.act", "unknown-act")]
    [InlineData("act,name", "registry/register-model/1", "$", "cell-count")]
    [InlineData("act,parameters", "registry/register-model/1,many", "$.parameters", "wrong-type")]
    [InlineData("act,name", "registry/register-model/1,a\"b", "$", "malformed-table")]
    [InlineData("act,name", "registry/register-model/1,\"a\"b", "$", "malformed-table")]
    [InlineData("act,name", "registry/register-model/1,\"a", "$", "malformed-table")]
    [InlineData("name", "Tern", "$.act", "missing-member")]
    [InlineData("act,a..b", "x,y", "$", "column-name")]
    [InlineData("act,a[x]", "x,y", "$", "column-name")]
    [InlineData("act,a[-1]", "x,y", "$", "column-name")]
    [InlineData("act,a[99999]", "x,y", "$", "column-name")]
    [InlineData("act,a,a", "x,y,z", "$", "column-name")]
    [InlineData("act,a,a.b", "x,y,z", "$", "column-name")]
    [InlineData("act,a[0],a.b", "x,y,z", "$", "column-name")]
    public void What_is_no_act_is_told_where_and_why(
        string columns,
        string record,
        string path,
        string rule
    )
    {
        var fault = Read(columns, record).First(one => one.Fault is not null).Fault!;

        Assert.Equal((path, rule), (fault.Path, fault.Rule));
    }

    [Fact]
    public void A_cell_in_quotes_has_lines_and_its_record_begins_where_it_begins()
    {
        var records = CsvRecords
            .Read(["\uFEFFa,b", "", "\"1", "", "2\",3", "4,\"5\"\"\""])
            .ToList();

        Assert.Equal([1, 3, 6], records.Select(one => one.Line));
        Assert.Equal(["a", "b"], records[0].Cells!);
        Assert.Equal(["1\n\n2", "3"], records[1].Cells!);
        Assert.Equal(["4", "5\""], records[2].Cells!);
    }

    [Fact]
    public void A_quote_that_is_not_closed_ends_with_the_bound_of_a_record()
    {
        var lines = Enumerable.Repeat(new string('x', 1_000), 1_000).Prepend("\"");

        var records = CsvRecords.Read(lines).ToList();

        Assert.Null(records[0].Cells);
        Assert.NotEmpty(records.Skip(1));
    }

    private static List<(int Line, ActRow? Row, ActFault? Fault)> Read(params string[] lines) =>
        [.. ActRows.OfTable(lines)];

    private static string Text((int Line, ActRow? Row, ActFault? Fault) row)
    {
        Assert.True(row.Fault is null, row.Fault?.ToString());
        return Encoding.UTF8.GetString(row.Row!.Bytes.Span);
    }
}
