using System.Collections.Frozen;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Other names of commands, as Windows PowerShell 5.1 has them.</summary>
internal static class PsAliases
{
    private static readonly string[] Commands =
    [
        "Invoke-Expression", "Invoke-WebRequest", "Invoke-RestMethod", "Invoke-Command", "Invoke-Item", "New-Object", "Start-Process", "Start-BitsTransfer", "Start-Job", "Start-Sleep",
        "Get-Command", "Get-Variable", "Set-Variable", "New-Variable", "Get-Item", "Get-ChildItem", "Get-Content", "Set-Content", "Add-Content", "Out-File", "Out-String", "Out-Null", "Write-Output", "Write-Host",
        "ForEach-Object", "Where-Object", "Select-Object", "Sort-Object", "Get-Alias", "Set-Alias", "Add-Type", "Get-WmiObject", "Get-CimInstance", "Invoke-WmiMethod", "Invoke-CimMethod", "Get-Member", "Set-Item", "Get-Process",
    ];

    private static readonly FrozenDictionary<string, string> Names = Load(
        "% foreach-object, foreach foreach-object, ? where-object, where where-object, iex invoke-expression, icm invoke-command, ii invoke-item, iwr invoke-webrequest, curl invoke-webrequest, wget invoke-webrequest, irm invoke-restmethod, "
        + "saps start-process, start start-process, sajb start-job, sleep start-sleep, gv get-variable, sv set-variable, set set-variable, nv new-variable, gi get-item, si set-item, gci get-childitem, ls get-childitem, dir get-childitem, "
        + "gc get-content, cat get-content, type get-content, sc set-content, ac add-content, echo write-output, write write-output, gcm get-command, gal get-alias, sal set-alias, nal new-alias, select select-object, sort sort-object, "
        + "gwmi get-wmiobject, gcim get-ciminstance, iwmi invoke-wmimethod, icim invoke-cimmethod, rwmi remove-wmiobject, rcim remove-ciminstance, cp copy-item, copy copy-item, cpi copy-item, mv move-item, move move-item, mi move-item, "
        + "ren rename-item, rni rename-item, rm remove-item, del remove-item, erase remove-item, ri remove-item, rd remove-item, rmdir remove-item, ni new-item, md new-item, mkdir new-item, sp set-itemproperty, gp get-itemproperty, "
        + "gm get-member, measure measure-object, group group-object, ft format-table, fl format-list, oh out-host, tee tee-object, gps get-process, ps get-process, spps stop-process, kill stop-process, gsv get-service, spsv stop-service, sasv start-service, "
        + "gcb get-clipboard, scb set-clipboard, cd set-location, sl set-location, chdir set-location, pwd get-location, gl get-location, cls clear-host, clear clear-host, ipmo import-module, h get-history, gmo get-module, epcsv export-csv, ipcsv import-csv");

    public static string Resolve(string name)
    {
        var plain = name.ToLowerInvariant();
        var slash = plain.LastIndexOf('\\');
        if (slash > 0 && plain[..slash].StartsWith("microsoft.powershell", StringComparison.Ordinal))
            plain = plain[(slash + 1)..];
        return Names.GetValueOrDefault(plain, plain);
    }

    /// <summary>Commands that a pattern finds.</summary>
    public static IEnumerable<string> Matching(string pattern) =>
        pattern.ContainsAny('*', '?') ? Commands.Where(command => PsPatterns.IsLike(command, pattern)) : [Commands.FirstOrDefault(command => command.Equals(Resolve(pattern), StringComparison.OrdinalIgnoreCase)) ?? pattern];

    /// <summary>Aliases that a pattern finds, or whose command is so called.</summary>
    public static IEnumerable<string> AliasesMatching(string pattern) => Names.Keys.Where(name => PsPatterns.IsLike(name, pattern)).Order(StringComparer.Ordinal);

    private static FrozenDictionary<string, string> Load(string list) =>
        list.Split(", ").Select(pair => pair.Split(' ')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static bool ContainsAny(this string text, char a, char b) => text.AsSpan().ContainsAny(a, b);
}
