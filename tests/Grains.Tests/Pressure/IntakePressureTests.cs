using Microsoft.Extensions.Time.Testing;
using Platform.Grains.Pressure;

namespace Platform.Grains.Tests.Pressure;

public sealed class IntakePressureTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Machine machine = new();
    private readonly IntakePressure pressure;

    public IntakePressureTests() => pressure = new IntakePressure(machine, clock);

    [Theory]
    [InlineData(1_000, 0.0, true)]
    [InlineData(1_000, 0.5, false)]
    [InlineData(10, 0.0, false)]
    [InlineData(0, 0.0, false)]
    public void Only_a_flood_on_a_full_machine_is_pressure(int perSecond, double idle, bool expected)
    {
        Pass(perSecond, idle);

        Assert.Equal(expected, pressure.IsHigh);
    }

    [Fact]
    public void It_is_over_with_the_flood()
    {
        Pass(1_000, idle: 0);
        Assert.True(pressure.IsHigh);
        Pass(0, idle: 0);

        Assert.False(pressure.IsHigh);
    }

    [Fact]
    public void A_finding_stands_until_its_window_is_over()
    {
        Pass(1_000, idle: 0);
        Assert.True(pressure.IsHigh);
        clock.Advance(IntakePressure.Window / 2);

        Assert.True(pressure.IsHigh);
    }

    [Fact]
    public void A_machine_that_tells_nothing_is_never_full()
    {
        machine.Tells = false;
        Pass(1_000, idle: 0);

        Assert.False(pressure.IsHigh);
    }

    [Theory]
    [InlineData("cpu  100 20 30 400 50 6 7 8 9 10", 400, 621)]
    [InlineData("cpu  1 2 3 4", 4, 10)]
    [InlineData("intr 1 2 3 4 5", 0, 0)]
    [InlineData("", 0, 0)]
    public void The_line_of_the_system_is_read_as_documented(string line, long idle, long total)
    {
        Assert.Equal(new ProcessorTimes(Environment.ProcessorCount, idle, total), ProcStat.Parse(line));
    }

    private void Pass(int perSecond, double idle)
    {
        for (var i = 0; i < perSecond; i++)
            pressure.Arrived();
        clock.Advance(TimeSpan.FromSeconds(1));
        machine.Pass(idle);
    }

    private sealed class Machine : IProcessorTime
    {
        private const long Ticks = 1_000;
        private long idle;
        private long total;

        public bool Tells { get; set; } = true;

        public void Pass(double idleShare)
        {
            idle += (long)(Ticks * idleShare);
            total += Ticks;
        }

        public ProcessorTimes Read() => Tells ? new ProcessorTimes(2, idle, total) : new ProcessorTimes(2, 0, 0);
    }
}
