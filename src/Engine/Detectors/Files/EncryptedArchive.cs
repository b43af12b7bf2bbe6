namespace Platform.Engine.Detectors.Files;

/// <summary>An archive that no filter can open but the reader can: the password stands in the mail.</summary>
internal sealed class EncryptedArchive : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("encrypted-archive-with-password", "An encrypted file, with its password in the same mail.", "ATT&CK T1027.013", "file", "words"),
        new("encrypted-archive", "A file that could not be read for want of a password.", "ATT&CK T1027.013", "file"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Message.Attachments.FirstOrDefault(file => file.Encrypted) is not { } encrypted)
            yield break;
        // "The password follows in another mail" speaks of one and holds none.
        var words = input.Text.Find("password-in-text");
        if (words.Count > 0 && !input.Text.Has("password-elsewhere"))
            yield return new Sign("encrypted-archive-with-password", Seen.File(encrypted, words[0].Seen), ("file", encrypted.FileName), ("words", words[0].Phrase));
        else
            yield return new Sign("encrypted-archive", Seen.File(encrypted), ("file", encrypted.FileName));
    }
}
