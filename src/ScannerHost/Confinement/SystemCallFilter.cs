using System.Runtime.InteropServices;

namespace Platform.ScannerHost.Confinement;

/// <summary>
/// seccomp(2): a small program in classic BPF that the kernel runs before every system call of every thread.
/// A refused call answers EPERM as if a file or socket had said no. The calls are in <see cref="RefusedCalls"/>.
/// </summary>
internal static unsafe class SystemCallFilter
{
    private const int SetModeFilter = 1;
    private const int AllThreads = 1;

    private const uint ArchitectureX64 = 0xC000003E;
    private const uint ArchitectureArm64 = 0xC00000B7;
    private const uint X32Bit = 0x40000000;

    private const uint Allow = 0x7FFF0000;
    private const uint KillProcess = 0x80000000;
    private const uint Errno = 0x00050000;

    // Offsets in struct seccomp_data.
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ArgumentsOffset = 16;

    private const ushort Load = 0x20;
    private const ushort JumpEqual = 0x15;
    private const ushort JumpGreaterOrEqual = 0x35;
    private const ushort JumpAnySet = 0x45;
    private const ushort Return = 0x06;

    public static void Install(List<string> missing)
    {
        var x64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        var program = Assemble(x64, (uint)Libc.getpid());
        var number = x64 ? 317 : 277;
        fixed (Instruction* first = program)
        {
            var header = new ProgramHeader { Length = (ushort)program.Length, First = first };
            if (Libc.syscall(number, SetModeFilter, AllThreads, (nint)(&header), 0, 0) != 0)
                missing.Add($"system call filter (errno {Marshal.GetLastPInvokeError()})");
        }
    }

    internal static Instruction[] Assemble(bool x64, uint self)
    {
        List<Instruction> code =
        [
            new(Load, 0, 0, ArchitectureOffset),
            new(JumpEqual, 1, 0, x64 ? ArchitectureX64 : ArchitectureArm64),
            new(Return, 0, 0, KillProcess),
            new(Load, 0, 0, NumberOffset),
        ];
        if (x64)
        {
            // The x32 numbering would be a way round every number below.
            code.Add(new(JumpGreaterOrEqual, 0, 1, X32Bit));
            code.Add(new(Return, 0, 0, Errno | Libc.EPERM));
        }

        foreach (var call in RefusedCalls.All)
        {
            if ((x64 ? call.X64 : call.Arm64) is not { } number)
                continue;
            var body = Body(call.Rule, self);
            code.Add(new(JumpEqual, 0, (byte)body.Length, (uint)number));
            code.AddRange(body);
        }

        code.Add(new(Return, 0, 0, Allow));
        return [.. code];
    }

    /// <summary>What follows when the number matched. Every path returns, so the next test still finds the number loaded.</summary>
    private static Instruction[] Body(Refusal rule, uint self) => rule switch
    {
        Refusal.Always => [Refuse(Libc.EPERM)],
        Refusal.AsUnknown => [Refuse(Libc.ENOSYS)],
        Refusal.UnlessThread => [Argument(0), new(JumpAnySet, 1, 0, RefusedCalls.CloneThread), Refuse(Libc.EPERM), Pass()],
        Refusal.WhenOpenedToWrite1 => [Argument(1), new(JumpAnySet, 0, 1, RefusedCalls.WritingFlags), Refuse(Libc.EPERM), Pass()],
        Refusal.WhenOpenedToWrite2 => [Argument(2), new(JumpAnySet, 0, 1, RefusedCalls.WritingFlags), Refuse(Libc.EPERM), Pass()],
        Refusal.UnlessToSelf => [Argument(0), new(JumpEqual, 1, 0, self), Refuse(Libc.EPERM), Pass()],
        Refusal.WhenSettingLimit =>
        [
            Argument(2), new(JumpEqual, 0, 2, 0), ArgumentHigh(2), new(JumpEqual, 1, 0, 0), Refuse(Libc.EPERM), Pass(),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "not a rule"),
    };

    private static Instruction Argument(uint index) => new(Load, 0, 0, ArgumentsOffset + (8 * index));

    private static Instruction ArgumentHigh(uint index) => new(Load, 0, 0, ArgumentsOffset + (8 * index) + 4);

    private static Instruction Refuse(int errno) => new(Return, 0, 0, Errno | (uint)errno);

    private static Instruction Pass() => new(Return, 0, 0, Allow);

    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);

    [StructLayout(LayoutKind.Sequential)]
    private struct ProgramHeader
    {
        public ushort Length;
        public Instruction* First;
    }
}
