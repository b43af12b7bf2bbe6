namespace Platform.Engine.Behaviour;

/// <summary>Every emulator, in the order in which they are asked.</summary>
internal static class Emulators
{
    public static IReadOnlyList<IEmulator> All { get; } = [];
}
