namespace Platform.Engine.Learning;

/// <summary>Fits a line from margins to log odds, with the smoothed targets that Platt gave it against over-confidence.</summary>
internal static class PlattScaling
{
    private const int Steps = 50;

    public static Calibration Fit(double[] margins, bool[] positive)
    {
        var positives = positive.Count(value => value);
        var negatives = positive.Length - positives;
        if (positives == 0 || negatives == 0)
            return new Calibration(1, 0);
        var (high, low) = ((positives + 1.0) / (positives + 2), 1.0 / (negatives + 2));
        double slope = 1, offset = 0;
        for (var step = 0; step < Steps; step++)
        {
            double g1 = 0, g2 = 0, h11 = 1e-9, h12 = 0, h22 = 1e-9;
            for (var index = 0; index < margins.Length; index++)
            {
                var p = 1 / (1 + Math.Exp(-(slope * margins[index] + offset)));
                var error = p - (positive[index] ? high : low);
                var curve = Math.Max(1e-9, p * (1 - p));
                g1 += error * margins[index];
                g2 += error;
                h11 += curve * margins[index] * margins[index];
                h12 += curve * margins[index];
                h22 += curve;
            }

            var determinant = h11 * h22 - h12 * h12;
            if (determinant < 1e-12)
                break;
            var (slopeStep, offsetStep) = ((h22 * g1 - h12 * g2) / determinant, (h11 * g2 - h12 * g1) / determinant);
            // Far from the optimum a whole Newton step may overshoot.
            var damping = Math.Min(1, 2 / (Math.Abs(slopeStep) + Math.Abs(offsetStep) + 1e-9));
            slope -= damping * slopeStep;
            offset -= damping * offsetStep;
            if (Math.Abs(slopeStep) + Math.Abs(offsetStep) < 1e-6)
                break;
        }

        return new Calibration((float)slope, (float)offset);
    }
}
