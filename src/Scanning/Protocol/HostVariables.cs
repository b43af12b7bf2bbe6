namespace Platform.Scanning.Protocol;

/// <summary>All that a scanner process is told beside its frames: environment variables, and exit codes back.</summary>
internal static class HostVariables
{
    public const string Stage = "SCANNER_STAGE";
    public const string Missing = "SCANNER_MISSING";
    public const string ParentProcess = "SCANNER_PARENT";
    public const string MaxMessageBytes = "SCANNER_MAX_MESSAGE";
    public const string DataLimit = "SCANNER_DATA_LIMIT";
    public const string NetworkData = "SCANNER_NETWORK_DATA";
    public const string PublicSuffixList = "SCANNER_PUBLIC_SUFFIX_LIST";
    public const string Model = "SCANNER_MODEL";
    public const string YaraRules = "SCANNER_YARA_RULES";
    public const string Dns = "SCANNER_DNS";
    public const string Poison = "SCANNER_POISON";
    public const string SelfTest = "SCANNER_SELF_TEST";

    public const int ExitError = 70;
    public const int ExitOutOfMemory = 86;
}
