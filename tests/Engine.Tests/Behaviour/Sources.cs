using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour;

/// <summary>Texts made of the pieces of a language, in any order.</summary>
internal static class Sources
{
    /// <summary>Fails when a run throws; what is seen must be bounded and the same twice.</summary>
    public static void Check(ScriptLanguage language, string[] pieces, string start = "")
    {
        var sources = Gen.Elements(pieces).ListOf().Select(parts => start + string.Concat(parts));
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(sources.ToArbitrary(), source =>
        {
            var report = Emulated.Run(language, source);
            return report.Behaviours.Count <= 12_000 && report.Lines().SequenceEqual(Emulated.Run(language, source).Lines());
        }));
    }
}
