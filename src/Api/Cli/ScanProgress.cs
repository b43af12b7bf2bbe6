using System.Globalization;

namespace Platform.Api.Cli;

/// <summary>A line of progress for a person who waits longer than two seconds.</summary>
internal sealed class ScanProgress(ScanConsole console, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private readonly long _started = time.GetTimestamp();
    private TimeSpan _shown = TimeSpan.Zero;
    private bool _visible;
    private int _count;

    public void Count()
    {
        _count++;
        var elapsed = time.GetElapsedTime(_started);
        if (!console.ShowProgress || elapsed < Patience || elapsed - _shown < Refresh)
            return;
        _shown = elapsed;
        _visible = true;
        var rate = _count / elapsed.TotalSeconds;
        console.Error.Write(console.Culture.TwoLetterISOLanguageName == "ja"
            ? string.Create(CultureInfo.InvariantCulture, $"\r{_count:N0} 件を検査しました({rate:F0} 件/秒)\u001b[K")
            : string.Create(CultureInfo.InvariantCulture, $"\r{_count:N0} mails scanned ({rate:F0}/s)\u001b[K"));
        console.Error.Flush();
    }

    /// <summary>Takes the line away before something else is printed.</summary>
    public void Clear()
    {
        if (!_visible)
            return;
        console.Error.Write("\r\u001b[K");
        console.Error.Flush();
        _visible = false;
    }
}
