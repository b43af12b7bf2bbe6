namespace Platform.ScannerHost; internal static class Program { public static int Main() => 0; }
