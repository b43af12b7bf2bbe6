using Platform.Api.Cli;
using Platform.Engine.Learning;

namespace Platform.Api.Tests.Cli;

public sealed class TrainVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("train-").FullName;

    [Fact]
    public async Task A_corpus_makes_the_same_model_each_time()
    {
        await WriteCorpusAsync();

        var (code, output, _) = await RunAsync("--seed", "3", "--corpus", _folder, "--out", Path.Combine(_folder, "a.bin"));
        await RunAsync("--seed", "3", "--corpus", _folder, "--out", Path.Combine(_folder, "b.bin"));

        Assert.Equal(0, code);
        Assert.Contains("with seed 3", output, StringComparison.Ordinal);
        Assert.Equal(await ReadAsync("a.bin"), await ReadAsync("b.bin"));
        Assert.Equal(3, ModelFile.Open(Path.Combine(_folder, "a.bin")).Origin.Seed);
    }

    [Fact]
    public async Task A_folder_without_a_manifest_is_told()
    {
        var (code, _, error) = await RunAsync("--corpus", _folder, "--out", Path.Combine(_folder, "a.bin"));

        Assert.Equal(2, code);
        Assert.Contains(LabelledCorpus.Manifest, error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task WriteCorpusAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "1.eml"), "From: a@b.example\r\nSubject: Confirm your password\r\n\r\nConfirm it now.\r\n", Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, "2.eml"), "From: c@d.example\r\nSubject: Minutes\r\n\r\nHere they are.\r\n", Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, LabelledCorpus.Manifest), "file\tlabel\tcategory\tlang\tyear\tsource\n1.eml\tmalicious\tcredential-phishing\ten\t2026\tx\n2.eml\tham\tbusiness\ten\t2026\tx\n", Cancel);
    }

    private Task<byte[]> ReadAsync(string name) => File.ReadAllBytesAsync(Path.Combine(_folder, name), Cancel);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await TrainVerb.Create(output, error).Parse(args).InvokeAsync(new(), Cancel);
        return (code, output.ToString(), error.ToString());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
