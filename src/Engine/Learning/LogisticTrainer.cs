namespace Platform.Engine.Learning;

/// <summary>A message of known kind as the trainer takes it: where it is in the table and what each place counts.</summary>
internal sealed record TrainingRow(int[] Indices, float[] Values, bool Positive, float Importance)
{
    /// <summary>A margin that is there before anything is learned.</summary>
    public double Offset { get; init; }

    public static TrainingRow Of(FeatureVector vector, bool positive, float importance)
    {
        var features = vector.All;
        var indices = new int[features.Count];
        var values = new float[features.Count];
        for (var index = 0; index < indices.Length; index++)
        {
            indices[index] = features[index].Index;
            values[index] = vector.ValueOf(features[index].View);
        }

        return new TrainingRow(indices, values, positive, importance);
    }
}

/// <summary>
/// Logistic regression with a quadratic penalty, solved in the dual by going over the rows in a shuffled order (Yu, Huang and Lin,
/// "Dual coordinate descent methods for logistic regression and maximum entropy models", 2011). The seed decides the order alone:
/// the optimum is one.
/// </summary>
internal static class LogisticTrainer
{
    private const int MaxRounds = 60;
    private const double Tolerance = 1e-3;
    private const int NewtonSteps = 8;

    /// <param name="cost">Cost of an error of importance 1 against the size of the weights: larger fits closer.</param>
    public static (float[] Weights, float Bias) Train(IReadOnlyList<TrainingRow> rows, double cost, int seed, bool withBias = true)
    {
        var weights = new float[FeatureVector.Size];
        double bias = 0;
        var count = rows.Count;
        var alpha = new double[count];
        var norms = new double[count];
        var order = new int[count];
        for (var row = 0; row < count; row++)
        {
            order[row] = row;
            norms[row] = (withBias ? 1 : 0) + rows[row].Values.Sum(value => (double)value * value);
            var most = cost * rows[row].Importance;
            alpha[row] = Math.Min(0.001 * most, 1e-8);
            Move(rows[row], alpha[row] * Sign(rows[row]));
        }

        var random = new Random(seed);
        for (var round = 0; round < MaxRounds; round++)
        {
            random.Shuffle(order);
            double largest = 0;
            foreach (var index in order)
            {
                var row = rows[index];
                var most = cost * row.Importance;
                var margin = Sign(row) * Margin(row);
                var old = alpha[index];
                var value = Solve(old, margin, norms[index], most);
                largest = Math.Max(largest, Math.Abs(value - old) / most);
                if (value != old)
                {
                    alpha[index] = value;
                    Move(row, (value - old) * Sign(row));
                }
            }

            if (largest < Tolerance)
                break;
        }

        return (weights, (float)bias);

        double Margin(TrainingRow row)
        {
            var sum = bias + row.Offset;
            for (var at = 0; at < row.Indices.Length; at++)
                sum += weights[row.Indices[at]] * row.Values[at];
            return sum;
        }

        void Move(TrainingRow row, double step)
        {
            if (withBias)
                bias += step;
            for (var at = 0; at < row.Indices.Length; at++)
                weights[row.Indices[at]] += (float)(step * row.Values[at]);
        }
    }

    // Least of z log z + (C - z) log(C - z) + norm/2 (z - old)^2 + margin z over 0 < z < C, by Newton steps kept inside.
    private static double Solve(double old, double margin, double norm, double most)
    {
        var z = Math.Clamp(old, most * 1e-9, most * (1 - 1e-9));
        for (var step = 0; step < NewtonSteps; step++)
        {
            var gradient = Math.Log(z / (most - z)) + norm * (z - old) + margin;
            var curve = most / (z * (most - z)) + norm;
            var next = z - gradient / curve;
            next = next <= 0 ? z * 0.1 : next >= most ? most - (most - z) * 0.1 : next;
            if (Math.Abs(next - z) < 1e-10 * most)
                return next;
            z = next;
        }

        return z;
    }

    private static int Sign(TrainingRow row) => row.Positive ? 1 : -1;
}
