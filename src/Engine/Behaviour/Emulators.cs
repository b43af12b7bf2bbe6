using Platform.Engine.Behaviour.Basic;
using Platform.Engine.Behaviour.Batch;
using Platform.Engine.Behaviour.ExcelMacro;
using Platform.Engine.Behaviour.PowerShell;

namespace Platform.Engine.Behaviour;

/// <summary>Every emulator, in the order in which they are asked.</summary>
internal static class Emulators
{
    public static IReadOnlyList<IEmulator> All { get; } =
    [
        new BatchEmulator(),
        new PowerShellEmulator(),
        new BasicEmulator(),
        new ExcelMacroEmulator(),
    ];
}
