namespace Platform.Benchmarks.Detection.Samples.Scripts;

/// <summary>PowerShell files: every aim, hidden anew; and scripts of administrators as texts to read.</summary>
internal sealed class PowerShellScripts : ISampleKind
{
    public string Name => "powershell";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var aim in ScriptAim.All)
            yield return Sample.Hostile($"ps1 that {aim.Name}", ScriptFiles.Mail(random, "ps1", new PowerShellCode(random).Hostile(aim)), [aim.Type], aim.Reasons);
        for (var count = 0; count < 4; count++)
            yield return Sample.Benign("text of a PowerShell report", ScriptFiles.Read(random, new PowerShellCode(random).Harmless()));
    }
}

/// <summary>Batch files.</summary>
internal sealed class BatchScripts : ISampleKind
{
    public string Name => "batch";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var aim in ScriptAim.All)
            yield return Sample.Hostile($"bat that {aim.Name}", ScriptFiles.Mail(random, random.Next(2) == 0 ? "bat" : "cmd", new BatchCode(random).Hostile(aim)), [aim.Type], aim.Reasons);
        for (var count = 0; count < 4; count++)
            yield return Sample.Benign("text of a batch file", ScriptFiles.Read(random, new BatchCode(random).Harmless()));
    }
}

/// <summary>VBScript files.</summary>
internal sealed class VisualBasicScripts : ISampleKind
{
    public string Name => "vbscript";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var aim in ScriptAim.All)
            yield return Sample.Hostile($"vbs that {aim.Name}", ScriptFiles.Mail(random, "vbs", new BasicCode(random, isVba: false).Hostile(aim)), [aim.Type], aim.Reasons);
        for (var count = 0; count < 4; count++)
            yield return Sample.Benign("text of a VBScript file", ScriptFiles.Read(random, new BasicCode(random, isVba: false).Harmless()));
    }
}
