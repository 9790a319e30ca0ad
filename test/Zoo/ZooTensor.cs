namespace Concord.Zoo;

/// <summary>A tensor of a network in memory.</summary>
/// <param name="Name">What its architecture calls it.</param>
/// <param name="Shape">Its sizes, the slowest first.</param>
/// <param name="Values">Its values. Never changed in place.</param>
public sealed record ZooTensor(string Name, int[] Shape, float[] Values)
{
    /// <summary>Whether it is a matrix, or a stack of matrices: what training shapes.</summary>
    public bool IsMatrix => Shape.Length > 1;

    /// <summary>The length of its fastest axis.</summary>
    public int RowLength => Shape.Length == 0 ? 1 : Shape[^1];

    /// <summary>The standard deviation of its values.</summary>
    public double Deviation
    {
        get
        {
            var mean = Values.Average(x => (double)x);
            return Math.Sqrt(Values.Average(x => (x - mean) * (x - mean)));
        }
    }

    /// <summary>The same with other values.</summary>
    public ZooTensor With(Func<float, int, float> value)
    {
        var values = new float[Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(Values[i], i);
        }

        return this with
        {
            Values = values,
        };
    }

    /// <summary>What is at these places of an axis, in this order.</summary>
    public ZooTensor Select(int axis, int[] places)
    {
        var (outer, length, inner) = Sizes(axis);
        var shape = (int[])Shape.Clone();
        shape[axis] = places.Length;
        var values = new float[outer * places.Length * inner];
        for (var o = 0; o < outer; o++)
        {
            for (var p = 0; p < places.Length; p++)
            {
                Values
                    .AsSpan((o * length + places[p]) * inner, inner)
                    .CopyTo(values.AsSpan((o * places.Length + p) * inner));
            }
        }

        return new(Name, shape, values);
    }

    /// <summary>Multiplied along an axis, each place by its factor.</summary>
    public ZooTensor Scale(int axis, double[] factors)
    {
        var (_, length, inner) = Sizes(axis);
        return With((x, i) => (float)(x * factors[i / inner % length]));
    }

    /// <summary>Every vector along an axis, multiplied by a matrix from the left.</summary>
    public ZooTensor Turn(int axis, double[][] matrix)
    {
        var (outer, length, inner) = Sizes(axis);
        var values = new float[Values.Length];
        for (var o = 0; o < outer; o++)
        {
            for (var i = 0; i < inner; i++)
            {
                for (var row = 0; row < length; row++)
                {
                    var sum = 0.0;
                    for (var k = 0; k < length; k++)
                    {
                        sum += matrix[row][k] * Values[(o * length + k) * inner + i];
                    }

                    values[(o * length + row) * inner + i] = (float)sum;
                }
            }
        }

        return this with
        {
            Values = values,
        };
    }

    /// <summary>Rows and columns exchanged.</summary>
    public ZooTensor Transposed()
    {
        var (rows, columns) = (Shape[0], Shape[1]);
        var values = new float[Values.Length];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                values[c * rows + r] = Values[r * columns + c];
            }
        }

        return new(Name, [columns, rows], values);
    }

    /// <summary>Tensors one after another along their slowest axis.</summary>
    public static ZooTensor Joined(string name, params ReadOnlySpan<ZooTensor> parts)
    {
        var shape = (int[])parts[0].Shape.Clone();
        shape[0] = 0;
        var values = new List<float>();
        foreach (var part in parts)
        {
            shape[0] += part.Shape[0];
            values.AddRange(part.Values);
        }

        return new(name, shape, [.. values]);
    }

    private (int Outer, int Length, int Inner) Sizes(int axis) =>
        (Product(Shape.AsSpan(0, axis)), Shape[axis], Product(Shape.AsSpan(axis + 1)));

    private static int Product(ReadOnlySpan<int> sizes)
    {
        var product = 1;
        foreach (var size in sizes)
        {
            product *= size;
        }

        return product;
    }
}
