using System.Globalization;
using Platform.Engine.Language;

namespace Platform.Engine.Tracking;

/// <summary>Why an open has its grade, in words for people.</summary>
public static class OpenText
{
    /// <param name="reason">One of <see cref="OpenReasons.All"/>.</param>
    public static string Reason(string reason, CultureInfo culture) => Texts.Of(culture).Get($"open-reason.{reason}");

    /// <summary>The line in a tracked mail that tells its reader of it.</summary>
    public static string Notice(CultureInfo culture) => Texts.Of(culture).Get("open-notice");
}
