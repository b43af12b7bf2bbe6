using Platform.ScannerHost.Confinement;

namespace Platform.Scanning.Tests.Confinement;

/// <summary>Runs the assembled filter in a small interpreter of classic BPF, for both machines, as the kernel would.</summary>
public sealed class SystemCallFilterTests
{
    private const uint Allow = 0x7FFF0000;
    private const uint Errno = 0x00050000;
    private const uint KillProcess = 0x80000000;
    private const uint X64Architecture = 0xC000003E;
    private const uint Arm64Architecture = 0xC00000B7;
    private const uint Self = 4711;

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 9)]
    [InlineData(true, 202)]
    [InlineData(false, 63)]
    [InlineData(false, 64)]
    [InlineData(false, 98)]
    [InlineData(false, 222)]
    public void Reading_writing_mapping_and_waiting_pass(bool x64, int number) =>
        Assert.Equal(Allow, Run(x64, (uint)number));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_listed_call_that_is_always_refused_is_refused(bool x64) =>
        Assert.All(
            RefusedCalls.All.Where(call => call.Rule == Refusal.Always && (x64 ? call.X64 : call.Arm64) is not null),
            call => Assert.Equal(Errno | 1, Run(x64, (uint)(x64 ? call.X64 : call.Arm64)!.Value)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_number_is_listed_twice(bool x64)
    {
        var numbers = RefusedCalls.All.Select(call => x64 ? call.X64 : call.Arm64).OfType<int>().ToList();

        Assert.Equal(numbers.Distinct().Count(), numbers.Count);
    }

    [Theory]
    [InlineData(0x3D0F00u, Allow)]
    [InlineData(17u, Errno | 1)]
    public void A_thread_passes_and_a_process_does_not(uint flags, uint answer) =>
        Assert.Equal(answer, Run(true, 56, flags));

    [Theory]
    [InlineData(0u, Allow)]
    [InlineData(0x80000u, Allow)]
    [InlineData(1u, Errno | 1)]
    [InlineData(2u, Errno | 1)]
    [InlineData(0x40u, Errno | 1)]
    [InlineData(0x200u, Errno | 1)]
    [InlineData(0x410000u, Errno | 1)]
    public void A_file_is_opened_to_read_only(uint flags, uint answer)
    {
        Assert.Equal(answer, Run(true, 2, 0, flags));
        Assert.Equal(answer, Run(true, 257, 0, 0, flags));
        Assert.Equal(answer, Run(false, 56, 0, 0, flags));
    }

    [Theory]
    [InlineData(Self, Allow)]
    [InlineData(1u, Errno | 1)]
    public void A_signal_goes_to_the_process_itself_only(uint target, uint answer)
    {
        Assert.Equal(answer, Run(true, 62, target));
        Assert.Equal(answer, Run(true, 234, target));
    }

    [Theory]
    [InlineData(0UL, Allow)]
    [InlineData(0x7F00_0000_0000UL, Errno | 1)]
    [InlineData(0x1000UL, Errno | 1)]
    public void A_limit_is_asked_but_not_set(ulong newLimit, uint answer) =>
        Assert.Equal(answer, Run(true, 302, 0, 0, newLimit));

    [Fact]
    public void The_calls_whose_arguments_cannot_be_seen_seem_not_to_exist() =>
        Assert.Equal([Errno | 38, Errno | 38], [Run(true, 435), Run(true, 437)]);

    [Fact]
    public void The_x32_numbering_is_no_way_round() =>
        Assert.Equal(Errno | 1, Run(true, 0x40000000));

    [Fact]
    public void Calls_of_another_architecture_end_the_process() =>
        Assert.Equal(KillProcess, Interpret(SystemCallFilter.Assemble(x64: true, Self), 0x40000003, 0, []));

    private static uint Run(bool x64, uint number, params ulong[] arguments) =>
        Interpret(SystemCallFilter.Assemble(x64, Self), x64 ? X64Architecture : Arm64Architecture, number, arguments);

    private static uint Interpret(SystemCallFilter.Instruction[] program, uint architecture, uint number, ulong[] arguments)
    {
        var accumulator = 0u;
        for (var at = 0; ; at++)
        {
            var (code, ifTrue, ifFalse, operand) = program[at];
            switch (code)
            {
                case 0x20:
                    accumulator = Load(operand);
                    break;
                case 0x15:
                    at += accumulator == operand ? ifTrue : ifFalse;
                    break;
                case 0x35:
                    at += accumulator >= operand ? ifTrue : ifFalse;
                    break;
                case 0x45:
                    at += (accumulator & operand) != 0 ? ifTrue : ifFalse;
                    break;
                case 0x06:
                    return operand;
                default:
                    throw new InvalidOperationException($"The filter holds the unknown instruction {code:x}.");
            }
        }

        uint Load(uint offset) => offset switch
        {
            0 => number,
            4 => architecture,
            _ => (uint)(arguments.ElementAtOrDefault((int)(offset - 16) / 8) >> (offset % 8 == 0 ? 0 : 32)),
        };
    }
}
