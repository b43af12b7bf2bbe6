namespace Platform.Smtp.Messages;

/// <summary>How a line broke the line rule: CR and LF occur only together, as the end of a line (RFC 5321, 2.3.8).</summary>
internal enum LineFault
{
    None,
    BareCr,
    BareLf,
    Nul,
    TooLong,
}
